using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>Parts of a result as text, shared by the reports that people read. Not escaped.</summary>
internal static class ResultText
{
    public const string Nothing = "-";

    private const int MostPassedClasses = 20;

    public static string Gate(GateResult gate)
    {
        string rule = $"{gate.Limit.Metric} {GateRules.NameOf(gate.Limit.Rule)}";
        return gate.Class is null ? rule : $"{rule} ({(gate.Limit.Scope == GateScope.WorstClass ? "worst class" : "class")} {gate.Class})";
    }

    /// <summary>The gates that are listed. Of a gate on each class, all that did not pass are, but only the first that did.</summary>
    public static IReadOnlyList<GateResult> Listed(RunResult result)
    {
        int passed = 0;
        return [.. result.Gates.Where(g => g.Limit.Scope != GateScope.EachClass || g.Verdict != QualityGate.Gates.Verdict.Pass || ++passed <= MostPassedClasses)];
    }

    /// <summary>How many passed gates are not listed, in words, or null.</summary>
    public static string? Unlisted(RunResult result)
    {
        int more = result.Gates.Count - Listed(result).Count;
        return more == 0 ? null : string.Create(CultureInfo.InvariantCulture, $"and {more} more classes that passed");
    }

    public static string Limit(GateLimit limit) => limit.IsRelative ? NumberText.Percent(limit.Limit) : NumberText.Format(limit.Limit);

    public static string Number(double? value) => value is { } known ? NumberText.Format(known) : Nothing;

    public static string Interval(MetricInterval? interval) =>
        interval is { } known ? $"{NumberText.Format(known.Low)} to {NumberText.Format(known.High)}" : Nothing;

    public static string Change(double? change) => change is { } known ? NumberText.Signed(known) : Nothing;

    public static string Change(GateResult gate) => Change(gate.Observed - gate.Baseline);

    public static string Verdict(Verdict verdict) => VerdictNames.NameOf(verdict);

    public static string Count(SetInfo set) => string.Create(
        CultureInfo.InvariantCulture, $"{(set.SampledFrom is { } total ? $"a sample of {set.Count} of {Images(total)}" : Images(set.Count))}{(set.Skipped == 0 ? "" : $", {set.Skipped} unreadable left out")}");

    /// <summary>Where it was found, and whether its features were checked.</summary>
    public static string BaselineSource(BaselineInfo baseline) => baseline.Source + baseline.Features switch
    {
        BaselineFeatures.Verified => ", verified by the lock",
        BaselineFeatures.Absent => ", numbers alone",
        _ => "",
    };

    /// <summary>When and at which commit it was accepted, and how old it is.</summary>
    public static string Acceptance(BaselineInfo baseline)
    {
        string commit = baseline.Commit is { } id ? $", at {id[..Math.Min(10, id.Length)]}" : "";
        return string.Create(
            CultureInfo.InvariantCulture, $"{baseline.Created.UtcDateTime:yyyy-MM-dd}, {Age(baseline.AgeDays)}{commit}, on {Images(baseline.CandidateCount)}");
    }

    /// <summary>The baseline in a few words, in brackets behind a verdict; empty without one.</summary>
    public static string Against(RunResult result) =>
        result.Baseline is { } baseline ? " " + PlainText.OneLine($"(baseline: {BaselineSource(baseline)}, accepted {Acceptance(baseline)})") : "";

    private static string Images(int count) => string.Create(CultureInfo.InvariantCulture, $"{count} {(count == 1 ? "image" : "images")}");

    private static string Age(int days) => days switch
    {
        0 => "today",
        1 => "1 day ago",
        _ => string.Create(CultureInfo.InvariantCulture, $"{days} days ago"),
    };

    public static string Seconds(double seconds) => NumberText.Format(seconds) + " s";

    public static string Direction(MetricDirection direction) => direction == MetricDirection.Lower ? "lower" : "higher";

    public static string Parameter(object value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>Metrics that no gate holds.</summary>
    public static IReadOnlyList<MetricReport> Ungated(RunResult result) =>
        [.. result.Metrics.Where(m => !result.Gates.Any(g => g.Class is null && g.Limit.Metric == m.Value.Name))];
}
