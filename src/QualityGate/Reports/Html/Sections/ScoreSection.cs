using System.Globalization;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports.Html;

/// <summary>How scores of single images are spread: from the images where they are known, else from the result's tables.</summary>
internal sealed class ScoreSection : IPageSection
{
    private const string Ending = ".histogram";

    public string Id => "scores";

    public PageText Title => PageTexts.Scores;

    public void Write(Page page, HtmlWriter html)
    {
        EvidenceHistogram[] histograms = [.. page.Evidence?.Histograms ?? []];
        EvidenceHistogram[] tables = [.. page.Result.Tables.Where(IsHistogram).Select(OfTable).Where(h => h.Bins.Count > 0 && histograms.All(known => known.Score != h.Score))];
        if (histograms.Length + tables.Length == 0)
        {
            return;
        }

        html.Add($"<p class=\"lead\">{page.Say(PageTexts.ScoresLead)}</p><div class=\"plots\">");
        int number = 0;
        foreach (EvidenceHistogram histogram in histograms.Concat(tables))
        {
            Write(page, html, histogram, $"histogram-{number++}");
        }

        html.Add($"</div>");
    }

    private static bool IsHistogram(MetricTable table) =>
        table.Name.EndsWith(Ending, StringComparison.Ordinal) && table.Columns.SequenceEqual(["from", "to", "count"], StringComparer.Ordinal);

    private static EvidenceHistogram OfTable(MetricTable table) => new(
        table.Name[..^Ending.Length],
        [.. table.Rows.Where(r => r.Count == 3 && r.All(c => c is not null)).Select(r => (r[0]!.Value, r[1]!.Value, (int)r[2]!.Value))], 0);

    private static void Write(Page page, HtmlWriter html, EvidenceHistogram histogram, string id)
    {
        (string title, string meaning) = histogram.Score switch
        {
            "realism" => (page.Say(PageTexts.RealismTitle), page.Say(PageTexts.RealismMeaning)),
            "rarity" => (page.Say(PageTexts.RarityTitle), page.Say(PageTexts.RarityMeaning)),
            string other => (other, page.Meaning(other)),
        };
        (double from, double to, _) = histogram.Bins.MaxBy(b => b.Count);
        string summary = page.Say(
            PageTexts.HistogramSummary, histogram.Bins.Sum(b => b.Count), NumberText.Format(histogram.Bins[0].From), NumberText.Format(histogram.Bins[^1].To), NumberText.Format((from + to) / 2));
        Figure.Write(
            page, html, id, title, Page.Join(meaning, summary, histogram.Without > 0 ? page.Say(PageTexts.HistogramWithout, histogram.Without) : null), [page.Say(PageTexts.From), page.Say(PageTexts.To), page.Say(PageTexts.Images)],
            [.. histogram.Bins.Select(b => (IReadOnlyList<string>)[NumberText.Format(b.From), NumberText.Format(b.To), b.Count.ToString(CultureInfo.InvariantCulture)])]);
        page.Charts.Add(id, "histogram", json =>
        {
            json.WriteString("score", title);
            ChartData.Number(json, "border", histogram.Score == "realism" ? 1 : null);
            json.WriteStartArray("bins");
            foreach ((double low, double high, int count) in histogram.Bins)
            {
                json.WriteStartArray();
                ChartData.Number(json, low);
                ChartData.Number(json, high);
                json.WriteNumberValue(count);
                json.WriteEndArray();
            }

            json.WriteEndArray();
        });
    }
}
