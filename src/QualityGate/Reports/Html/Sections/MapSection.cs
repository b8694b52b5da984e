using System.Globalization;
using System.Text.Json;
using QualityGate.Gates;

namespace QualityGate.Reports.Html;

/// <summary>Both sets in two dimensions.</summary>
internal sealed class MapSection : IPageSection
{
    private const string Chart = "map-chart";
    private const int MostClasses = 20;

    public string Id => "map";

    public PageText Title => PageTexts.Map;

    public void Write(Page page, HtmlWriter html)
    {
        if (page.Evidence?.Map is not { } map)
        {
            return;
        }

        bool hasClasses = map.Points.Any(p => p.Label is not null);
        html.Add($"<p class=\"lead\">{page.Say(PageTexts.MapLead)}</p><div class=\"controls\" data-for=\"{Chart}\">");
        if (map.HasNeighbours)
        {
            Choice(html, page.Say(PageTexts.MapProjection), "projection", ("pca", page.Say(PageTexts.MapComponents)), ("tsne", page.Say(PageTexts.MapNeighbours)));
        }

        if (hasClasses)
        {
            Choice(html, page.Say(PageTexts.MapColour), "colour", ("set", page.Say(PageTexts.MapBySet)), ("class", page.Say(PageTexts.MapByClass)));
        }

        html.Add($"</div>");
        Figure.Write(page, html, Chart, null, Summary(page, map),
            [page.Say(PageTexts.Group), page.Say(PageTexts.Points), page.Say(PageTexts.CentreFirst), page.Say(PageTexts.CentreSecond)], [.. Groups(page, map)]);
        html.Add($"<p class=\"hint\">{Page.Join(page.Say(PageTexts.MapClick), map.HasNeighbours ? page.Say(PageTexts.MapNeighboursNote) : null)}</p>");
        page.Charts.Add(Chart, "map", json => Write(json, map));
    }

    private static void Choice(HtmlWriter html, string legend, string name, params (string Value, string Text)[] choices)
    {
        html.Add($"<fieldset><legend>{legend}</legend>");
        for (int i = 0; i < choices.Length; i++)
        {
            html.Add($"<label><input type=\"radio\" name=\"{name}\" value=\"{choices[i].Value}\"{Markup.If(i == 0, " checked")}><span>{choices[i].Text}</span></label>");
        }

        html.Add($"</fieldset>");
    }

    private static string Summary(Page page, EvidenceMap map)
    {
        int reference = map.Points.Count(p => p.Role == EvidenceRole.Reference), candidate = map.Points.Count - reference;
        string summary = page.Say(PageTexts.MapSummary, reference, candidate, NumberText.Percent(Math.Round(map.Shares.First + map.Shares.Second, 3)));
        return map.Points.Count < map.ReferenceCount + map.CandidateCount
            ? $"{summary} {page.Say(PageTexts.MapSample, map.ReferenceCount, map.CandidateCount)}"
            : summary;
    }

    private static IEnumerable<IReadOnlyList<string>> Groups(Page page, EvidenceMap map) => map.Points
        .GroupBy(p => (p.Role, p.Label)).Take(2 * MostClasses)
        .Select(g => (IReadOnlyList<string>)
        [
            g.Key.Label is { } label ? $"{page.Role(g.Key.Role)}, {label}" : page.Role(g.Key.Role), g.Count().ToString(CultureInfo.InvariantCulture),
            NumberText.Format(g.Average(p => p.Component1)), NumberText.Format(g.Average(p => p.Component2)),
        ]);

    // Classes beyond what colours can tell apart share one.
    private static void Write(Utf8JsonWriter json, EvidenceMap map)
    {
        string[] classes = [.. map.Points.Select(p => p.Label).OfType<string>().GroupBy(l => l, StringComparer.Ordinal).OrderByDescending(g => g.Count()).Take(MostClasses).Select(g => g.Key).Order(StringComparer.Ordinal)];
        json.WriteStartArray("classes");
        foreach (string name in classes)
        {
            json.WriteStringValue(PlainText.OneLine(name));
        }

        json.WriteEndArray();
        json.WriteStartArray("points");
        foreach (MapPoint point in map.Points)
        {
            json.WriteStartArray();
            json.WriteNumberValue(point.Role == EvidenceRole.Reference ? 0 : 1);
            ChartData.Number(json, point.Component1);
            ChartData.Number(json, point.Component2);
            ChartData.Number(json, point.NeighbourX);
            ChartData.Number(json, point.NeighbourY);
            json.WriteNumberValue(point.Label is { } label ? Array.IndexOf(classes, label) : -1);
            json.WriteNumberValue(point.Image ?? -1);
            json.WriteStringValue(PlainText.OneLine(point.Id));
            json.WriteEndArray();
        }

        json.WriteEndArray();
    }
}
