namespace QualityGate.GitHub;

/// <summary>How much an archive may hold. The defaults fit baselines with their features; verdicts need far less.</summary>
internal sealed record ArchiveLimits
{
    /// <summary>The zip itself.</summary>
    public long MaximumArchiveBytes { get; init; } = 1L << 30;

    /// <summary>Files and folders in it.</summary>
    public int MaximumEntries { get; init; } = 1000;

    /// <summary>One file, inflated.</summary>
    public long MaximumEntryBytes { get; init; } = 1L << 30;

    /// <summary>All files together, inflated.</summary>
    public long MaximumTotalBytes { get; init; } = 2L << 30;

    /// <summary>How many times larger a file may become by inflating, once it is larger than <see cref="RatioFreeBytes"/>.</summary>
    public int MaximumRatio { get; init; } = 200;

    /// <summary>Small files may compress as well as they like.</summary>
    public long RatioFreeBytes { get; init; } = 1L << 20;

    /// <summary>Folders inside folders.</summary>
    public int MaximumDepth { get; init; } = 8;

    /// <summary>For an artifact that a stranger's pull request may have made: a few small text files.</summary>
    public static ArchiveLimits Untrusted { get; } = new()
    {
        MaximumArchiveBytes = 20L << 20,
        MaximumEntries = 100,
        MaximumEntryBytes = 20L << 20,
        MaximumTotalBytes = 50L << 20,
    };
}
