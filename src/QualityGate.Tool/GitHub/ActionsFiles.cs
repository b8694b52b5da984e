using System.Globalization;
using System.Text;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.GitHub;
using QualityGate.Reports;

namespace QualityGate.Tool.GitHub;

/// <summary>What a run leaves for GitHub Actions: the step's summary, the step's outputs, and which pull request it was for.</summary>
/// <param name="environment">A variable by name.</param>
/// <param name="error">Hears what could not be written; that is never more than a warning.</param>
internal sealed class ActionsFiles(Func<string, string?> environment, TextWriter error)
{
    // GitHub takes up to 1 MiB a step, and other commands of the step may have written too.
    private const int SummaryLimit = 900 << 10;

    /// <summary>Writes all of it.</summary>
    /// <param name="result">The run.</param>
    /// <param name="resultPath">Its file.</param>
    /// <param name="exitCode">What the process will answer.</param>
    public void Write(RunResult result, string resultPath, int exitCode)
    {
        try
        {
            GitHubContext? context = Context();
            Append("GITHUB_STEP_SUMMARY", () => Summary(result, context));
            AppendOutputs(Outputs(result, resultPath, exitCode));
            if (context is { EventName: not null, PullRequestNumber: { } number })
            {
                PullRequestClaim.Write(resultPath, number);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"warning: not all of the step's files could be written: {PlainText.OneLine(exception.Message)}");
        }
    }

    /// <summary>Writes outputs of the step, when this is one.</summary>
    public void WriteOutputs(IReadOnlyList<(string Name, string Value)> outputs)
    {
        try
        {
            AppendOutputs(outputs);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"warning: the step's outputs could not be written: {PlainText.OneLine(exception.Message)}");
        }
    }

    private static string Summary(RunResult result, GitHubContext? context) =>
        PullRequestComment.Render(result, new CommentContext { RunUrl = context?.RunLink, Commit = context?.HeadSha }, SummaryLimit) + "\n";

    private static (string Name, string Value)[] Outputs(RunResult result, string resultPath, int exitCode) =>
        [
            ("verdict", VerdictNames.NameOf(result.Verdict)),
            ("exit-code", Text(exitCode)),
            ("failed-gates", Text(result.Gates.Count(g => g.Verdict == Verdict.Fail))),
            ("warned-gates", Text(result.Gates.Count(g => g.Verdict == Verdict.Warn))),
            ("inconclusive-gates", Text(result.Gates.Count(g => g.Verdict == Verdict.Inconclusive))),
            ("result", resultPath),
            ("baseline-source", result.Baseline?.Source ?? "none"),
            ("baseline-commit", result.Baseline?.Commit ?? string.Empty),
        ];

    // A value on one line cannot become a second output.
    private void AppendOutputs(IReadOnlyList<(string Name, string Value)> outputs) =>
        Append("GITHUB_OUTPUT", () => string.Concat(outputs.Select(o => $"{o.Name}={PlainText.OneLine(o.Value)}\n")));

    private GitHubContext? Context()
    {
        try
        {
            return GitHubContext.Read(environment);
        }
        catch (UserErrorException mistake)
        {
            error.WriteLine($"warning: {PlainText.OneLine(mistake.Message)}");
            return null;
        }
    }

    // Others in the step may have written before.
    private void Append(string variable, Func<string> text)
    {
        if (environment(variable) is { Length: > 0 } path)
        {
            File.AppendAllText(path, text(), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
