using System.Globalization;
using System.Text;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>The tables of a calibration as text, the same for terminals and in markdown. Not escaped.</summary>
internal static class CalibrationText
{
    /// <summary>What the columns of the gates count.</summary>
    public const string GatesCaption = "of 100 runs in which nothing changed (with the 95 % interval), and the change for the worse that is seen in 80 % of runs";

    /// <summary>What the table of spreads shows.</summary>
    public const string SpreadsCaption = "what the metrics do when nothing changed: the value, and the change from one run to the next";

    /// <summary>What the history shows.</summary>
    public const string HistoryCaption = "what was accepted so far";

    private const string WholeRun = "the run, by any of them";
    private const double Confidence = 0.95;

    /// <summary>What metrics do when nothing changed.</summary>
    public static ReportTable Spreads(CalibrationResult result) => new(
        "metric",
        ["null", "value", "deviation", "1 %", "99 %", "change: deviation", "99 %", "std error"],
        [.. result.Nulls.SelectMany(n => n.Metrics.Select(m => (n.Plan.Name, Metric: m))).OrderBy(m => Place(result, m.Metric.Metric)).Select(m => RowOf(m.Name, m.Metric))]);

    /// <summary>What the present limits make of it.</summary>
    public static ReportTable Gates(CalibrationResult result) => new(
        "gate",
        ["limit", "sees (80 %)", .. result.Nulls.SelectMany(n => new[] { $"{n.Plan.Name}: fails", "inconclusive" })],
        [
            .. result.Gates.Select(g => new ReportRow(NameOf(g.Limit), [ResultText.Limit(g.Limit), ResultText.Number(g.SmallestChange), .. result.Nulls.SelectMany(n => CellsOf(n, g.Limit))])),
            .. result.Gates.Count == 0 ? [] : new[] { new ReportRow(WholeRun, [ResultText.Nothing, ResultText.Nothing, .. result.Nulls.SelectMany(n => Cells(n.RunsFailed, n.RunsInconclusive, n.Draws))]) },
        ]);

    /// <summary>What was accepted over time.</summary>
    public static ReportTable History(CalibrationResult result) => new(
        "metric",
        ["accepted", "mean", "deviation", "change: deviation", "std error"],
        [
            .. result.History.Select(h => new ReportRow(
                h.Metric,
                [h.Accepted.ToString(CultureInfo.InvariantCulture), ResultText.Number(h.Values.Mean), ResultText.Number(h.Values.Deviation), ResultText.Number(h.Change?.Deviation), ResultText.Number(h.Error)])),
        ]);

    /// <summary>The proposed limits, to be pasted into a spec.</summary>
    public static string Yaml(CalibrationResult result)
    {
        StringBuilder yaml = new();
        yaml.Append(CultureInfo.InvariantCulture, $"# Proposed by qualitygate calibrate: at most {Percent(result.Options.FalseAlarms)} of runs fail by chance,\n");
        yaml.Append(CultureInfo.InvariantCulture, $"# a limit on a change is inconclusive in at most {Percent(result.Options.Inconclusive)}. Behind each: the change that it sees in 80 % of runs.\n");
        yaml.Append("gates:\n");
        foreach (IGrouping<string, ProposedGate> metric in result.Proposals.GroupBy(p => p.Metric))
        {
            yaml.Append(CultureInfo.InvariantCulture, $"  {metric.Key}:\n");
            foreach (ProposedGate gate in metric)
            {
                yaml.Append(CultureInfo.InvariantCulture, $"    {GateRules.NameOf(gate.Rule)}: {Limit(gate.Limit)}  # {NumberText.Format(gate.SmallestChange)}\n");
            }
        }

        return yaml.ToString();
    }

    public static string Percent(double share) => string.Create(CultureInfo.InvariantCulture, $"{share * 100:0.####} %");

    /// <summary>What holds the run's own line.</summary>
    public static string Summary(CalibrationResult result)
    {
        NullResult first = result.Nulls[0];
        return result.Gates.Count == 0
            ? "CALIBRATED: the spec has no gates yet"
            : string.Create(CultureInfo.InvariantCulture, $"CALIBRATED: of 100 runs in which nothing changed, about {first.RunsFailed * 100.0 / first.Draws:0.#} would fail ({Interval(first.RunsFailed, first.Draws)}) and {first.RunsInconclusive * 100.0 / first.Draws:0.#} be inconclusive");
    }

    public static string NameOf(GateLimit limit) =>
        $"{limit.Metric} {GateRules.NameOf(limit.Rule)}" + (limit.Scope == GateScope.Whole ? string.Empty : $" (per class: {GateRules.NameOf(limit.Scope)})") + (limit.Level == GateLevel.Warn ? " (warn)" : string.Empty);

    // Decimal numbers as YAML reads them: never an exponent, never more digits than a double has.
    private static string Limit(double limit) => Math.Abs(limit) is > 1e-15 and < 1e15 ? ((decimal)limit).ToString("0.################", CultureInfo.InvariantCulture) : limit == 0 ? "0" : limit.ToString("R", CultureInfo.InvariantCulture);

    private static int Place(CalibrationResult result, string metric) => result.Nulls[0].Metrics.ToList().FindIndex(m => m.Metric == metric) is >= 0 and var place ? place : int.MaxValue;

    private static ReportRow RowOf(string name, MetricSpread spread) => new(
        spread.Metric,
        [
            name,
            ResultText.Number(spread.Value.Mean),
            ResultText.Number(spread.Value.Deviation),
            ResultText.Number(spread.Value.Quantiles[0]),
            ResultText.Number(spread.Value.Quantiles[^1]),
            ResultText.Number(spread.Change.Deviation),
            ResultText.Number(spread.Change.Quantiles[^1]),
            ResultText.Number(spread.Error),
        ]);

    private static string[] CellsOf(NullResult of, GateLimit limit) => of.Gates.FirstOrDefault(g => g.Limit == limit) is { } counts
        ? Cells(counts.Breached, counts.Inconclusive, of.Draws)
        : [ResultText.Nothing, ResultText.Nothing];

    private static string[] Cells(int failed, int inconclusive, int of) => [$"{PerHundred(failed, of)} ({Interval(failed, of)})", PerHundred(inconclusive, of)];

    private static string Interval(int count, int of)
    {
        WilsonShare share = WilsonShare.From(count, of, Confidence);
        return string.Create(CultureInfo.InvariantCulture, $"{share.Low * 100:0.#} to {share.High * 100:0.#}");
    }

    private static string PerHundred(int count, int of) => string.Create(CultureInfo.InvariantCulture, $"{count * 100.0 / of:0.#}");
}
