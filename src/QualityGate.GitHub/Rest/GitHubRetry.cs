namespace QualityGate.GitHub;

/// <summary>How long and how often a request is tried.</summary>
internal sealed record GitHubRetry
{
    /// <summary>Attempts in all, the first included.</summary>
    public int MaximumAttempts { get; init; } = 5;

    /// <summary>No attempt begins later than this after the first.</summary>
    public TimeSpan MaximumTime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The wait after the first failure, before jitter; it doubles with each.</summary>
    public TimeSpan FirstWait { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The longest wait of our own choice. What GitHub asks for is not cut.</summary>
    public TimeSpan LongestWait { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One attempt, up to its headers for downloads and whole for all else.</summary>
    public TimeSpan AttemptTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The longest silence inside a download.</summary>
    public TimeSpan IdleTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>One whole download.</summary>
    public TimeSpan DownloadTime { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>Of the jitter. By default another one in each process, so that jobs that failed together do not come back together.</summary>
    public int Seed { get; init; } = Random.Shared.Next();
}
