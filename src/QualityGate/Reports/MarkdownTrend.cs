using System.Globalization;
using QualityGate.Baselines;

namespace QualityGate.Reports;

/// <summary>How gated metrics moved from acceptance to acceptance and in this run, as Mermaid charts, which GitHub and GitLab draw.</summary>
internal static class MarkdownTrend
{
    private const int MostCharts = 4;
    private const int MostPoints = 12;
    private const int CommitDigits = 7;

    /// <summary>The charts, folded; none when nothing was accepted before the baseline.</summary>
    public static IEnumerable<string> Folded(RunResult result)
    {
        string[] lines = [.. Lines(result)];
        return lines.Length == 0 ? [] : ["<details><summary>Trend</summary>\n", .. lines, "\n</details>"];
    }

    /// <summary>The charts.</summary>
    public static IEnumerable<string> Lines(RunResult result)
    {
        string[] metrics = [.. result.Gates.Where(g => g.Class is null).Select(g => g.Limit.Metric).Distinct(StringComparer.Ordinal)];
        return metrics
            .Select(metric => (Metric: metric, Points: Points(result, metric)))
            .Where(m => m.Points.Count > 2)
            .Take(MostCharts)
            .SelectMany((m, i) => Chart(m.Metric, m.Points).Prepend(i == 0 ? null : string.Empty).OfType<string>());
    }

    /// <summary>Value by value, today's last; those of acceptances without the metric are left out.</summary>
    private static List<(string Label, double Value)> Points(RunResult result, string metric)
    {
        List<(string, double)> points = [];
        foreach (BaselineHistoryEntry entry in result.History)
        {
            int at = entry.Values.ToList().FindIndex(v => v.Key == metric);
            if (at >= 0)
                points.Add((Label(entry), entry.Values[at].Value));
        }

        if (result.Metrics.FirstOrDefault(m => m.Value.Name == metric)?.Value.Value is { } now)
            points.Add(("now", now));
        return [.. points.TakeLast(MostPoints)];
    }

    // Only what cannot end the label: a commit's name comes from a file that may be anyone's.
    private static string Label(BaselineHistoryEntry entry)
    {
        string commit = new([.. (entry.Commit ?? string.Empty).Where(char.IsAsciiLetterOrDigit).Take(CommitDigits)]);
        return commit.Length == 0 ? entry.Created.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) : commit;
    }

    private static IEnumerable<string> Chart(string metric, List<(string Label, double Value)> points)
    {
        string name = new([.. metric.Where(c => char.IsAsciiLetterOrDigit(c) || c == '_')]);
        yield return "```mermaid";
        yield return "xychart-beta";
        yield return $"    title \"{name}\"";
        yield return $"    x-axis [{string.Join(", ", points.Select(p => $"\"{p.Label}\""))}]";
        yield return $"    line [{string.Join(", ", points.Select(p => Plain(p.Value)))}]";
        yield return "```";
    }

    // Mermaid knows no exponents.
    private static string Plain(double value)
    {
        string text = value.ToString("0.##########", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text;
    }
}
