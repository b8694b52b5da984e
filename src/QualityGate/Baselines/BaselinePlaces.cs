namespace QualityGate.Baselines;

/// <summary>Where a baseline may lie besides the path that the spec names. Looked at in this order: given path, this branch, base branch.</summary>
public sealed record BaselinePlaces
{
    private const int LongestName = 150;

    /// <summary>A path in place of the spec's, or null.</summary>
    public string? Given { get; init; }

    /// <summary>A folder with one sub-folder a branch, such as a cache that is restored before the run; or null.</summary>
    public string? Store { get; init; }

    /// <summary>The branch that is checked, or null.</summary>
    public string? Branch { get; init; }

    /// <summary>The branch that it is to be merged into, or null.</summary>
    public string? BaseBranch { get; init; }

    /// <summary>The baseline of the merge base, in place of the lock beside the spec; or null.</summary>
    public MergeBaseline? MergeBase { get; init; }

    /// <summary>The file of a branch in the store.</summary>
    /// <param name="store">The store.</param>
    /// <param name="branch">Any text: a branch of a fork may be called <c>..</c> or hold slashes.</param>
    /// <param name="file">The baseline's path; its name is taken.</param>
    public static string InStore(string store, string branch, string file)
    {
        string folder = Uri.EscapeDataString(branch).Replace(".", "%2E", StringComparison.Ordinal);
        return Path.Combine(store, folder.Length > LongestName ? folder[..LongestName] : folder, Path.GetFileName(file));
    }
}
