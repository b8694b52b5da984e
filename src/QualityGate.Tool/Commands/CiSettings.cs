using System.CommandLine;
using QualityGate.Reports;
using QualityGate.Tool.GitHub;

namespace QualityGate.Tool.Commands;

/// <summary><c>--ci</c>: what a build server is told beside the report.</summary>
internal sealed class CiSettings
{
    private const string GitLabFile = "gl-code-quality-report.json";

    private readonly Option<CiSystem> _ci;

    private CiSettings(CiSystem preset) => _ci = Choice.Of(
        preset, "The build server to speak to; its commands go to standard error. auto: the one whose variables are set.", firstLetters: false, "--ci");

    /// <summary>Adds the option to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="preset">What holds when it is not given.</param>
    public static CiSettings AddTo(Command command, CiSystem preset)
    {
        CiSettings settings = new(preset);
        command.Options.Add(settings._ci);
        return settings;
    }

    /// <summary>Tells the build server.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="result">The run.</param>
    /// <param name="resultPath">Its file; others are written beside it.</param>
    /// <param name="exitCode">What the run answers; null when it is only shown again, which writes no summary and no outputs of the step.</param>
    /// <param name="shown">The format that standard output has shown already.</param>
    public void Tell(ParseResult parsed, RunResult result, string resultPath, int? exitCode, string shown)
    {
        CiSystem asked = parsed.GetValue(_ci), system = asked == CiSystem.Auto ? CiDetection.Of(Environment.GetEnvironmentVariable) : asked;
        switch (system)
        {
            case CiSystem.GitHub:
                Commands(GitHubReport.Name, result, shown);
                if (exitCode is { } answered)
                {
                    new ActionsFiles(Environment.GetEnvironmentVariable, Console.Error).Write(result, resultPath, answered);
                }

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
            ReportFormats.Create(format).Write(CheckoutPaths.For(result, format, Environment.GetEnvironmentVariable), Console.Error);
        }
    }
}
