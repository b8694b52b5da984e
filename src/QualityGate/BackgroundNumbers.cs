using System.Globalization;
using QualityGate.Backgrounds;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>The audit of backgrounds among the other metrics of a run.</summary>
internal static class BackgroundNumbers
{
    /// <summary>The audit's numbers by metric.</summary>
    public static IReadOnlyDictionary<string, MetricNumber> Of(BackgroundReport report) => new Dictionary<string, MetricNumber>(StringComparer.Ordinal)
    {
        ["background_gap"] = new(report.Gap, null) { StandardError = report.GapError },
        ["background_flips"] = new(report.Flips, null) { StandardError = report.FlipsError },
        ["biased_classes"] = report.Flagged.Count,
    };

    /// <summary>Numbers that could not be had.</summary>
    public static IReadOnlyDictionary<string, MetricNumber> Unavailable(string reason) =>
        new BackgroundFamily().Metrics.ToDictionary(metric => metric.Name, _ => MetricNumber.Unavailable(reason), StringComparer.Ordinal);

    /// <summary>Adds what the family does not know: the settings, by which a baseline is compared, tables and notes.</summary>
    public static MeasuredMetrics Complete(MeasuredMetrics metrics, BackgroundFindings findings, string? folder)
    {
        ExtractorBackgrounds audited = findings.Extractors[0];
        KeyValuePair<string, object>[] parameters = [.. Parameters(findings.Settings)];
        HashSet<string> own = [.. new BackgroundFamily().Metrics.Select(m => m.Name)];
        IEnumerable<string> notes = [.. findings.Notes, .. audited.Notes];
        if (folder is not null)
            notes = notes.Append($"Examples and charts of the backgrounds are in {Path.GetFileName(Path.TrimEndingDirectorySeparator(folder))}/ beside the result.");
        return metrics with
        {
            Values = [.. metrics.Values.Select(value => own.Contains(value.Name) ? value with { Parameters = parameters } : value)],
            Tables = [.. metrics.Tables, audited.Report.Table(), audited.Report.ClassTable()],
            Notes = [.. metrics.Notes, .. notes],
        };
    }

    private static IEnumerable<KeyValuePair<string, object>> Parameters(BackgroundSpec settings)
    {
        yield return KeyValuePair.Create<string, object>("set", settings.Role);
        yield return KeyValuePair.Create<string, object>("against", settings.Against.ToString());
        yield return KeyValuePair.Create<string, object>("level", settings.Level.ToString("R", CultureInfo.InvariantCulture));
        yield return KeyValuePair.Create<string, object>("correction", settings.Correction == ManyTests.Holm ? "holm" : "benjamini-hochberg");
        yield return KeyValuePair.Create<string, object>("alone", settings.LeavesOutAlone ? "excluded" : "miss");
    }
}
