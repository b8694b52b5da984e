using QualityGate.Anomaly;
using QualityGate.Metrics;

namespace QualityGate;

/// <summary>Anomaly scores among the other metrics of a run.</summary>
internal static class AnomalyNumbers
{
    /// <summary>The report's numbers by metric.</summary>
    public static IReadOnlyDictionary<string, MetricNumber> Of(AnomalyReport report) => report.Values.ToDictionary(
        value => value.Name, value => value.Value is { } number ? number : MetricNumber.Unavailable(value.Error ?? "it was not measured"), StringComparer.Ordinal);

    /// <summary>Adds what only the report knows: standard errors, parameters, tables, notes.</summary>
    public static MeasuredMetrics Complete(MeasuredMetrics metrics, AnomalyMeasurement measured, string? folder)
    {
        Dictionary<string, MetricValue> known = measured.Report.Values.ToDictionary(value => value.Name, StringComparer.Ordinal);
        IEnumerable<string> notes = [.. measured.Notes, .. measured.Report.Notes];
        if (folder is not null) notes = notes.Append($"Anomaly scores of each image, curves and pictures are in {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}/ beside the result.");
        return metrics with
        {
            Values = [.. metrics.Values.Select(value => known.GetValueOrDefault(value.Name) ?? value)],
            Tables = [.. metrics.Tables, .. measured.Report.Tables, .. Classes(measured.Report)],
            Notes = [.. metrics.Notes, .. notes],
        };
    }

    private static IEnumerable<MetricTable> Classes(AnomalyReport report)
    {
        if (report.Detection is not { ByClass: { Count: > 0 } classes }) yield break;
        yield return new MetricTable(
            "anomaly.by_class", ["images", "auroc", "low", "high", "mean_score"],
            [.. classes.Select(c => (IReadOnlyList<double?>)[c.Area.AnomalousCount, c.Area.Value, c.Area.Interval.Low, c.Area.Interval.High, c.MeanScore])])
        {
            RowNames = [.. classes.Select(c => c.Name)],
            IsShown = true,
            Caption = "Each kind of anomaly against the normal images: area under the ROC curve with its interval, the worst found first.",
        };
    }
}
