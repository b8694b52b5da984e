using System.Security.Cryptography;
using System.Text;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Specs;

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
            g.Verdict == Verdict.Fail || (isFailedByPolicy && g.CanFailByPolicy),
            g.Code,
            PlainText.OneLine(g.Message),
            g.Limit.Location,
            KeyOf(result, GateKey(g))));
        IEnumerable<Finding> problems = result.Problems.Select(p => new Finding(
            true, p.Code, PlainText.OneLine(p.Message), p.Location, KeyOf(result, $"{p.Code.Id}|{p.Location?.Line}|{p.Location?.Column}|{p.Message}")));
        return [.. gates, .. problems];
    }

    /// <summary>The file it is shown in: its own, else the spec.</summary>
    public string? FileIn(RunResult result) => Location?.File ?? result.SpecFile;

    // Which class is the worst differs from run to run, and the gate stays the same.
    private static string GateKey(GateResult gate)
    {
        string limit = $"{gate.Limit.Metric}|{GateRules.NameOf(gate.Limit.Rule)}|{gate.Limit.Level}|";
        return gate.Limit.Scope == GateScope.WorstClass ? $"worst|{limit}" : limit + gate.Class;
    }

    private static string KeyOf(RunResult result, string text) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{result.SpecFile}|{text}")))[..32];
}
