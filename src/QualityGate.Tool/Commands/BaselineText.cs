using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Reports;

namespace QualityGate.Tool.Commands;

/// <summary>A baseline for people.</summary>
internal static class BaselineText
{
    private const int MostHistory = 10;
    private const int MostClasses = 20;

    public static void Write(Baseline baseline, TextWriter writer)
    {
        BaselineProvenance from = baseline.Provenance;
        Line(writer, "reference", $"{from.ReferenceSource} ({from.ReferenceCount} images, {from.ReferenceFingerprint})");
        Line(writer, "candidate", $"{from.CandidateSource} ({from.CandidateCount} images, {from.CandidateFingerprint})");
        Line(writer, "extractor", from.ExtractorName is null ? "unknown" : $"{from.ExtractorName} ({from.ExtractorFingerprint})");
        Line(writer, "accepted", $"{Date(from.Created)}, commit {from.Commit ?? "unknown"}, qualitygate {from.ToolVersion}");
        if (from.Reason is { } reason)
        {
            Line(writer, "reason", PlainText.OneLine(reason));
        }

        foreach (AcceptedMetric metric in baseline.Metrics)
        {
            string parameters = string.Concat(metric.Parameters.Select(p => string.Create(CultureInfo.InvariantCulture, $", {p.Key} {p.Value}")));
            Line(writer, metric.Name, $"{Number(metric.Value)}  ({metric.Convention}{parameters})");
        }

        foreach (AcceptedClass accepted in baseline.Classes.Take(MostClasses))
        {
            string values = string.Join(", ", accepted.Values.Select(v => $"{v.Key} {Number(v.Value)}"));
            Line(writer, "class", PlainText.OneLine($"{accepted.Name}: {values}  ({accepted.ReferenceCount} and {accepted.CandidateCount} images)"));
        }

        if (baseline.Classes.Count > MostClasses)
        {
            Line(writer, "class", $"and {baseline.Classes.Count - MostClasses} more");
        }

        foreach (BaselineHistoryEntry entry in baseline.History.SkipLast(1).TakeLast(MostHistory))
        {
            Line(writer, "before", $"{Date(entry.Created)}: {string.Join(", ", entry.Values.Select(v => $"{v.Key} {Number(v.Value)}"))}");
        }
    }

    /// <summary>Limits that were tightened.</summary>
    public static void WriteRatchet(IReadOnlyList<string> tightened, TextWriter writer)
    {
        foreach (string line in tightened)
        {
            Line(writer, "ratchet", PlainText.OneLine(line));
        }
    }

    private static void Line(TextWriter writer, string name, string text) => writer.WriteLine($"{name,-20}{text}");

    private static string Number(double value) => value.ToString("G6", CultureInfo.InvariantCulture);

    private static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
}
