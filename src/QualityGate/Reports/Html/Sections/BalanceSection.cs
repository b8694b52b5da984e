using System.Text.Json;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports.Html;

/// <summary>Fidelity against variety: single numbers as points on a plane, and the PRD curve.</summary>
internal sealed class BalanceSection : IPageSection
{
    private const string CurveTable = "prd.curve";
    private const int RowsOfCurve = 51;

    private static readonly (string Fidelity, string Variety)[] Pairs =
    [
        ("precision", "recall"), ("density", "coverage"), ("improved_precision", "improved_recall"), ("clipped_density", "clipped_coverage"), ("prd_f1_8", "prd_f8"),
    ];

    public string Id => "balance";

    public PageText Title => PageTexts.Balance;

    public void Write(Page page, HtmlWriter html)
    {
        List<PlanePoint> points = [.. Pairs.SelectMany(pair => Points(page, pair.Fidelity, pair.Variety))];
        MetricTable? curve = page.Result.Tables.FirstOrDefault(t => t.Name == CurveTable && t.Columns.Contains("precision", StringComparer.Ordinal) && t.Columns.Contains("recall", StringComparer.Ordinal));
        if (points.Count == 0 && curve is null)
        {
            return;
        }

        html.Add($"<p class=\"lead\">{page.Say(PageTexts.BalanceLead)}</p><div class=\"plots\">");
        if (points.Count > 0)
        {
            Plane(page, html, points);
        }

        if (curve is not null)
        {
            Curve(page, html, PointsOf(curve));
        }

        html.Add($"</div>");
    }

    private static (double Precision, double Recall)[] PointsOf(MetricTable curve)
    {
        int precision = IndexOf(curve, "precision"), recall = IndexOf(curve, "recall");
        return [.. curve.Rows.Where(r => r[precision] is not null && r[recall] is not null).Select(r => (r[precision]!.Value, r[recall]!.Value))];
    }

    private static int IndexOf(MetricTable table, string column) => table.Columns.TakeWhile(c => c != column).Count();

    private static IEnumerable<PlanePoint> Points(Page page, string fidelity, string variety)
    {
        MetricReport? y = page.Result.Metrics.FirstOrDefault(m => m.Value.Name == fidelity), x = page.Result.Metrics.FirstOrDefault(m => m.Value.Name == variety);
        if (x?.Value.Value is not { } recall || y?.Value.Value is not { } precision)
        {
            yield break;
        }

        if (x.Baseline is { } oldRecall && y.Baseline is { } oldPrecision)
        {
            yield return new PlanePoint(fidelity, variety, page.Say(PageTexts.Baseline), IsNow: false, oldRecall, oldPrecision);
        }

        yield return new PlanePoint(fidelity, variety, page.Say(PageTexts.ThisRun), IsNow: true, recall, precision);
    }

    private static void Plane(Page page, HtmlWriter html, IReadOnlyList<PlanePoint> points)
    {
        string summary = string.Join(' ', points.Where(p => p.IsNow).Select(
            p => page.Say(PageTexts.PlaneSummary, p.FidelityName, NumberText.Format(p.Fidelity), p.VarietyName, NumberText.Format(p.Variety))));
        Figure.Write(
            page, html, "plane", page.Say(PageTexts.PlaneTitle), summary, [page.Say(PageTexts.Pair), page.Say(PageTexts.Run), page.Say(PageTexts.Fidelity), page.Say(PageTexts.Variety)],
            [.. points.Select(p => (IReadOnlyList<string>)[p.Name, p.Run, NumberText.Format(p.Fidelity), NumberText.Format(p.Variety)])]);
        page.Charts.Add("plane", "plane", json =>
        {
            json.WriteStartArray("points");
            foreach (PlanePoint point in points)
            {
                json.WriteStartObject();
                json.WriteString("pair", point.Name);
                json.WriteString("run", point.Run);
                json.WriteBoolean("now", point.IsNow);
                ChartData.Number(json, "fidelity", point.Fidelity);
                ChartData.Number(json, "variety", point.Variety);
                json.WriteEndObject();
            }

            json.WriteEndArray();
        });
    }

    private static void Curve(Page page, HtmlWriter html, (double Precision, double Recall)[] curve)
    {
        (double precision, double recall) = curve.Length == 0 ? (0, 0) : curve.MaxBy(c => Math.Min(c.Precision, c.Recall));
        int step = Math.Max(1, (curve.Length - 1) / (RowsOfCurve - 1));
        (double Precision, double Recall)[] told = [.. curve.Where((_, i) => i % step == 0)];
        Figure.Write(
            page, html, "prd", page.Say(PageTexts.CurveTitle), page.Say(PageTexts.CurveSummary, curve.Length, NumberText.Format(precision), NumberText.Format(recall)),
            [page.Say(PageTexts.Precision), page.Say(PageTexts.Recall)],
            [.. told.Select(c => (IReadOnlyList<string>)[NumberText.Format(c.Precision), NumberText.Format(c.Recall)])]);
        page.Charts.Add("prd", "prd", json =>
        {
            json.WriteStartArray("points");
            foreach ((double p, double r) in curve)
            {
                WritePair(json, r, p);
            }

            json.WriteEndArray();
        });
    }

    private static void WritePair(Utf8JsonWriter json, double first, double second)
    {
        json.WriteStartArray();
        ChartData.Number(json, first);
        ChartData.Number(json, second);
        json.WriteEndArray();
    }

    private sealed record PlanePoint(string FidelityName, string VarietyName, string Run, bool IsNow, double Variety, double Fidelity)
    {
        public string Name => $"{FidelityName} / {VarietyName}";
    }
}
