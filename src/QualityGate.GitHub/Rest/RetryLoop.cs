using System.Globalization;

namespace QualityGate.GitHub;

/// <summary>
/// Tries again what may succeed later: faults of the server, broken connections, time-outs and rate limits. Waits double and are
/// jittered; where GitHub says how long, that is obeyed.
/// </summary>
internal sealed class RetryLoop(GitHubRetry options, TimeProvider time, Action<string> note)
{
    // GitHub's rule for secondary limits without a Retry-After: a minute at least, and longer each time.
    private static readonly TimeSpan UnsaidLimit = TimeSpan.FromMinutes(1);

    // Limits are reset on whole seconds, and many wait for the same one.
    private static readonly TimeSpan JitterOfLimit = TimeSpan.FromSeconds(1);

    private readonly Random _random = new(options.Seed);

    /// <summary>Attempts and time since the first of them.</summary>
    public sealed class Course(long start)
    {
        /// <summary>When the first attempt began.</summary>
        public long Start { get; } = start;

        /// <summary>Attempts that failed.</summary>
        public int Failed { get; set; }
    }

    /// <summary>Begins to count.</summary>
    public Course Begin() => new(time.GetTimestamp());

    /// <summary>Runs attempts until one succeeds, fails for good, or time or number are used up.</summary>
    /// <param name="attempt">One attempt.</param>
    /// <param name="repeatable">Whether doing it twice is the same as doing it once. If not, it is repeated only when it certainly was not done.</param>
    /// <param name="cancellation">Ends waiting and attempts.</param>
    public async Task<T> RunAsync<T>(Func<CancellationToken, Task<T>> attempt, bool repeatable, CancellationToken cancellation)
    {
        Course course = Begin();
        while (true)
        {
            try
            {
                return await attempt(cancellation).ConfigureAwait(false);
            }
            catch (GitHubException failure) when (failure.IsTransient && (repeatable || !failure.MayHaveHappened))
            {
                await PauseAsync(course, failure, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Waits as long as a failure demands, or throws it when there is no further attempt.</summary>
    public async Task PauseAsync(Course course, GitHubException failure, CancellationToken cancellation)
    {
        course.Failed++;
        TimeSpan wait = WaitAfter(course.Failed, failure);
        if (course.Failed >= options.MaximumAttempts || time.GetElapsedTime(course.Start) + wait > options.MaximumTime)
        {
            throw failure.GivenUp(course.Failed, wait);
        }

        note(string.Create(CultureInfo.InvariantCulture, $"{failure.Message} Trying again in {wait.TotalSeconds:0.0} s."));
        await Task.Delay(wait, time, cancellation).ConfigureAwait(false);
    }

    private TimeSpan WaitAfter(int failed, GitHubException failure)
    {
        double doubled = Math.Pow(2, failed - 1);
        double random = Jitter();
        return failure switch
        {
            { Wait: TimeSpan asked } => asked + (random * JitterOfLimit),
            { Kind: GitHubErrorKind.RateLimited } => (doubled * UnsaidLimit) + (random * JitterOfLimit),
            _ => TimeSpan.FromTicks(Math.Min((long)(doubled * options.FirstWait.Ticks), options.LongestWait.Ticks)) * (0.5 + (0.5 * random)),
        };
    }

    private double Jitter()
    {
        lock (_random)
        {
            return _random.NextDouble();
        }
    }
}
