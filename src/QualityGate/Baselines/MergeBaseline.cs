namespace QualityGate.Baselines;

/// <summary>The baseline as it was where a branch left the one that it is to be merged into: what others accepted since then is not this branch's doing.</summary>
/// <param name="Commit">The merge base.</param>
/// <param name="LockPath">Copy of the lock of that commit; there need not be one.</param>
/// <param name="File">Copy of the baseline file of that commit, or null when git does not hold it.</param>
public sealed record MergeBaseline(string Commit, string LockPath, string? File)
{
    private const int ShortDigits = 10;

    /// <summary>How the commit is shown.</summary>
    public string ShortCommit => Commit.Length > ShortDigits ? Commit[..ShortDigits] : Commit;
}
