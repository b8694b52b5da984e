using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports.Html;

/// <summary>Each metric over the acceptances that the baseline remembers, and this run.</summary>
internal sealed class TrendSection : IPageSection
{
    private const int MostMetrics = 12;

    public string Id => "trends";

    public PageText Title => PageTexts.Trends;

    public void Write(Page page, HtmlWriter html)
    {
        // Without evidence only the baseline's last acceptance is known.
        MetricReport[] metrics =
        [
            .. page.Result.Metrics.Where(m => m.Value.Value is not null && Points(page, m).Count > 1)
                .OrderByDescending(m => page.Result.Gates.Any(g => g.Limit.Metric == m.Value.Name)).Take(MostMetrics),
        ];
        if (metrics.Length == 0)
        {
            return;
        }

        html.Add($"<p class=\"lead\">{page.Say(PageTexts.TrendsLead)}</p><div class=\"small-plots\">");
        for (int i = 0; i < metrics.Length; i++)
        {
            Write(page, html, metrics[i], Points(page, metrics[i]), $"trend-{i}");
        }

        html.Add($"</div>");
    }

    private static void Write(Page page, HtmlWriter html, MetricReport metric, IReadOnlyList<TrendPoint> points, string id)
    {
        string name = metric.Value.Name;
        string summary = page.Say(
            PageTexts.TrendSummary, name, points.Count - 1, NumberText.Format(points.Min(p => p.Value)), NumberText.Format(points.Max(p => p.Value)));
        Figure.Write(
            page, html, id, $"{name} {(metric.Value.Direction == MetricDirection.Lower ? "↓" : "↑")}", summary,
            [page.Say(PageTexts.When), page.Say(PageTexts.Commit), page.Say(PageTexts.Value)],
            [.. points.Select(p => (IReadOnlyList<string>)[p.When, p.Commit ?? string.Empty, NumberText.Format(p.Value)])]);
        double?[] limits = [.. page.Result.Gates.Where(g => g.Class is null && g.Limit.Metric == name).Select(GateDrawing.LimitOf)];
        page.Charts.Add(id, "trend", json =>
        {
            json.WriteStartArray("points");
            foreach (TrendPoint point in points)
            {
                json.WriteStartObject();
                json.WriteString("when", point.When);
                json.WriteString("commit", PlainText.OneLine(point.Commit ?? string.Empty));
                ChartData.Number(json, "value", point.Value);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteStartArray("limits");
            foreach (double? limit in limits.Where(l => l is { } known && double.IsFinite(known)))
            {
                ChartData.Number(json, limit);
            }

            json.WriteEndArray();
        });
    }

    private static List<TrendPoint> Points(Page page, MetricReport metric)
    {
        List<TrendPoint> points = [];
        foreach (BaselineHistoryEntry entry in page.Evidence?.History ?? [])
        {
            double[] value = [.. entry.Values.Where(v => v.Key == metric.Value.Name).Select(v => v.Value)];
            if (value.Length > 0)
            {
                points.Add(new TrendPoint(entry.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Short(entry.Commit), value[0]));
            }
        }

        if (points.Count == 0 && metric.Baseline is { } accepted && page.Result.Baseline is { } baseline)
        {
            points.Add(new TrendPoint(baseline.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), Short(baseline.Commit), accepted));
        }

        points.Add(new TrendPoint(page.Say(PageTexts.ThisRun), null, metric.Value.Value!.Value));
        return points;
    }

    private static string? Short(string? commit) => commit is { Length: > 10 } ? commit[..10] : commit;

    private sealed record TrendPoint(string When, string? Commit, double Value);
}
