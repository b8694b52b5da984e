using QualityGate.Errors;
using QualityGate.Reports;

namespace QualityGate.Tool.Commands;

/// <summary>Paths as build servers and code scanning look for them: from the root of the checkout, wherever the command runs.</summary>
internal static class CheckoutPaths
{
    // GitHub, GitLab, Azure Pipelines. Elsewhere the folder that the command runs in is taken for the root.
    private static readonly string[] RootVariables = ["GITHUB_WORKSPACE", "CI_PROJECT_DIR", "BUILD_SOURCESDIRECTORY"];

    private static readonly string[] Formats = [GitHubReport.Name, GitLabReport.Name, SarifReport.Name];

    /// <summary>The result as a format shows it.</summary>
    /// <param name="result">The run.</param>
    /// <param name="format">The format; those that people read keep the paths as they were given.</param>
    /// <param name="environment">A variable by name.</param>
    public static RunResult For(RunResult result, string format, Func<string, string?> environment)
    {
        if (!Formats.Contains(format, StringComparer.Ordinal))
        {
            return result;
        }

        string root = RootVariables.Select(environment).FirstOrDefault(r => !string.IsNullOrEmpty(r)) ?? Directory.GetCurrentDirectory();
        SourceLocation? At(SourceLocation? place) => place is null ? null : place with { File = Moved(place.File, root) };
        return result with
        {
            SpecFile = result.SpecFile is { } spec ? Moved(spec, root) : null,
            Gates = [.. result.Gates.Select(g => g with { Limit = g.Limit with { Location = At(g.Limit.Location) } })],
            Problems = [.. result.Problems.Select(p => p with { Location = At(p.Location) })],
        };
    }

    // A saved result may name anything, so what is not a path below the root stays as it is.
    private static string Moved(string file, string root)
    {
        if (file.Length == 0 || file.Contains('\0', StringComparison.Ordinal))
        {
            return file;
        }

        string relative = Path.GetRelativePath(root, Path.GetFullPath(file));
        bool isBelow = relative is not ("." or "..") && !Path.IsPathRooted(relative)
            && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
        return isBelow ? relative : file;
    }
}
