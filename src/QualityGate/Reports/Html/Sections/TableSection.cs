using QualityGate.Metrics;

namespace QualityGate.Reports.Html;

/// <summary>Every table that a family wants people to see.</summary>
internal sealed class TableSection : IPageSection
{
    private const int MostRows = 50;

    public string Id => "tables";

    public PageText Title => PageTexts.Tables;

    public void Write(Page page, HtmlWriter html)
    {
        foreach (MetricTable table in page.Result.Tables.Where(t => t.IsShown))
        {
            ReportTable text = ReportTable.Of(table);
            html.Add($"<h3><code>{table.Name}</code></h3>");
            if (table.Caption.Length > 0)
            {
                html.Add($"<p class=\"meaning\" lang=\"en\">{table.Caption}</p>");
            }

            Figure.Table(page, html, table.Name, [text.Heading, .. text.Columns], [.. text.Rows.Select(r => (IReadOnlyList<string>)[r.Name, .. r.Cells])], MostRows);
        }
    }
}
