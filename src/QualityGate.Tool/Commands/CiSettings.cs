using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Tool.GitHub;

namespace QualityGate.Tool.Commands;

/// <summary><c>--ci</c>: what a build server is told beside the report.</summary>
internal sealed class CiSettings
{
    private const string GitLabFile = "gl-code-quality-report.json";

    private readonly Option<CiSystem> _ci = Choice.Of(
        CiSystem.Auto, "The build server to speak to; its commands go to standard error. auto: the one whose variables are set.", firstLetters: false, "--ci");

    /// <summary>Adds the option to a command.</summary>
    public static CiSettings AddTo(Command command)
    {
        CiSettings settings = new();
        command.Options.Add(settings._ci);
        return settings;
    }

    /// <summary>Tells the build server.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="result">The run.</param>
    /// <param name="resultPath">Its file; others are written beside it.</param>
    /// <param name="exitCode">What the process will answer.</param>
    /// <param name="shown">The format that standard output has shown already.</param>
    public void Tell(ParseResult parsed, RunResult result, string resultPath, int exitCode, string shown)
    {
        CiSystem asked = parsed.GetValue(_ci), system = asked == CiSystem.Auto ? CiDetection.Of(Environment.GetEnvironmentVariable) : asked;
        switch (system)
        {
            case CiSystem.GitHub:
                Commands(GitHubReport.Name, FromWorkspace(result), shown);
                new ActionsFiles(Environment.GetEnvironmentVariable, Console.Error).Write(result, resultPath, exitCode);
                break;
            case CiSystem.Azure:
                Commands(AzureReport.Name, result, shown);
                break;
            case CiSystem.TeamCity:
                Commands(TeamCityReport.Name, result, shown);
                break;
            case CiSystem.GitLab:
                ReportSettings.WriteFile(GitLabReport.Name, Path.Combine(Path.GetDirectoryName(Path.GetFullPath(resultPath))!, GitLabFile), result);
                break;
        }
    }

    private static void Commands(string format, RunResult result, string shown)
    {
        if (format != shown)
        {
            ReportFormats.Create(format).Write(result, Console.Error);
        }
    }

    // GitHub looks for annotated files from the root of the checkout, wherever the command runs.
    private static RunResult FromWorkspace(RunResult result)
    {
        if (Environment.GetEnvironmentVariable("GITHUB_WORKSPACE") is not { Length: > 0 } root)
        {
            return result;
        }

        string? Moved(string? file)
        {
            string relative = file is null ? ".." : Path.GetRelativePath(root, Path.GetFullPath(file));
            return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative;
        }

        SourceLocation? At(SourceLocation? place) => place is null ? null : place with { File = Moved(place.File)! };
        return result with
        {
            SpecFile = Moved(result.SpecFile),
            Gates = [.. result.Gates.Select(g => g with { Limit = g.Limit with { Location = At(g.Limit.Location) } })],
            Problems = [.. result.Problems.Select(p => p with { Location = At(p.Location) })],
        };
    }
}
