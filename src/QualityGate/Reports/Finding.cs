using System.Security.Cryptography;
using System.Text;
using QualityGate.Errors;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>One thing that a build system shows at a line: a gate that did not pass, or why there is no verdict.</summary>
/// <param name="IsError">Whether it fails the run; else it warns.</param>
/// <param name="Code">Its code.</param>
/// <param name="Message">One line of plain text.</param>
/// <param name="Location">Where, or null.</param>
/// <param name="Key">The same for the same gate in every run.</param>
internal sealed record Finding(bool IsError, ErrorCode Code, string Message, SourceLocation? Location, string Key)
{
    /// <summary>Gates in their order, then problems.</summary>
    public static IReadOnlyList<Finding> Of(RunResult result)
    {
        // Where the spec makes inconclusive gates fail the run, they are the errors.
        bool isFailedByPolicy = result.Verdict == Verdict.Fail && !result.Gates.Any(g => g.Verdict == Verdict.Fail);
        IEnumerable<Finding> gates = result.Gates.Where(g => g.Verdict != Verdict.Pass).Select(g => new Finding(
            g.Verdict == Verdict.Fail || (isFailedByPolicy && g.Verdict == Verdict.Inconclusive),
            g.Code,
            PlainText.OneLine(g.Message),
            g.Limit.Location,
            KeyOf(result, $"{g.Limit.Metric}|{GateRules.NameOf(g.Limit.Rule)}|{g.Limit.Level}|{g.Class}")));
        IEnumerable<Finding> problems = result.Problems.Select(p => new Finding(
            true, p.Code, PlainText.OneLine(p.Message), p.Location, KeyOf(result, $"{p.Code.Id}|{p.Location?.Line}|{p.Location?.Column}|{p.Message}")));
        return [.. gates, .. problems];
    }

    /// <summary>The file it is shown in: its own, else the spec.</summary>
    public string? FileIn(RunResult result) => Location?.File ?? result.SpecFile;

    private static string KeyOf(RunResult result, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{result.SpecFile}|{text}")))[..32];
}
