using QualityGate.Baselines;

namespace QualityGate.Tool.Commands;

/// <summary>The branches that a run is about, as CI systems tell them, else as git does.</summary>
/// <param name="Current">The branch that is checked, or null.</param>
/// <param name="Base">The branch that it is to be merged into, or null.</param>
internal sealed record Branches(string? Current, string? Base)
{
    // On pull requests the first of each; GITHUB_REF_NAME is then "7/merge".
    private static readonly string[] CurrentNames =
        ["GITHUB_HEAD_REF", "GITHUB_REF_NAME", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_COMMIT_REF_NAME", "SYSTEM_PULLREQUEST_SOURCEBRANCH", "BUILD_SOURCEBRANCH"];

    private static readonly string[] BaseNames = ["GITHUB_BASE_REF", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "SYSTEM_PULLREQUEST_TARGETBRANCH"];

    /// <summary>Looks at the environment, then at the repository.</summary>
    /// <param name="environment">A variable by name.</param>
    /// <param name="folder">A folder of the repository.</param>
    public static Branches Of(Func<string, string?> environment, string folder) =>
        new(First(CurrentNames, environment) ?? GitCommit.TryReadBranch(folder), First(BaseNames, environment));

    private static string? First(string[] names, Func<string, string?> environment)
    {
        const string prefix = "refs/heads/";
        string? value = names.Select(environment).FirstOrDefault(v => !string.IsNullOrWhiteSpace(v));
        return value?.StartsWith(prefix, StringComparison.Ordinal) == true ? value[prefix.Length..] : value;
    }
}
