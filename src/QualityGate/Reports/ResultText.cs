using System.Globalization;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>Parts of a result as text, shared by the reports that people read. Not escaped.</summary>
internal static class ResultText
{
    public const string Nothing = "-";

    public static string Gate(GateResult gate) => $"{gate.Limit.Metric} {GateRules.NameOf(gate.Limit.Rule)}";

    public static string Limit(GateLimit limit) => limit.IsRelative ? NumberText.Percent(limit.Limit) : NumberText.Format(limit.Limit);

    public static string Number(double? value) => value is { } known ? NumberText.Format(known) : Nothing;

    public static string Change(double? change) => change is { } known ? NumberText.Signed(known) : Nothing;

    public static string Change(GateResult gate) => Change(gate.Observed - gate.Baseline);

    public static string Verdict(Verdict verdict) => VerdictNames.NameOf(verdict);

    public static string Count(SetInfo set) => string.Create(
        CultureInfo.InvariantCulture, $"{set.Count} {(set.Count == 1 ? "image" : "images")}{(set.Skipped == 0 ? "" : $", {set.Skipped} unreadable left out")}");

    public static string Baseline(BaselineInfo baseline)
    {
        string commit = baseline.Commit is { } id ? $" at {id[..Math.Min(10, id.Length)]}" : "";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"accepted {baseline.Created.UtcDateTime:yyyy-MM-dd}{commit} on {baseline.CandidateCount} {(baseline.CandidateCount == 1 ? "image" : "images")}");
    }

    public static string Seconds(double seconds) => NumberText.Format(seconds) + " s";

    public static string Direction(MetricDirection direction) => direction == MetricDirection.Lower ? "lower" : "higher";

    public static string Parameter(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Metrics that no gate holds.</summary>
    public static IReadOnlyList<MetricReport> Ungated(RunResult result) =>
        [.. result.Metrics.Where(m => !result.Gates.Any(g => g.Limit.Metric == m.Value.Name))];
}
