namespace QualityGate.Reports.Html;

/// <summary>A plot: a place that a script draws in, what it shows in a sentence, and its numbers as a table.</summary>
internal static class Figure
{
    private const int MostRows = 200;

    /// <summary>Writes the plot's element.</summary>
    /// <param name="page">The page.</param>
    /// <param name="html">Where to.</param>
    /// <param name="id">Id of the element that is drawn in.</param>
    /// <param name="title">Heading, or null.</param>
    /// <param name="summary">What the plot shows.</param>
    /// <param name="columns">Headings of the table.</param>
    /// <param name="rows">Its rows.</param>
    public static void Write(Page page, HtmlWriter html, string id, string? title, string summary, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        html.Add($"<figure>");
        if (title is not null)
        {
            html.Add($"<h3>{title}</h3>");
        }

        html.Add($"<div class=\"chart\" id=\"{id}\" role=\"img\" aria-label=\"{summary}\"></div><figcaption>{summary}</figcaption>");
        html.Add($"<details><summary>{page.Say(PageTexts.Numbers)}</summary>");
        Table(page, html, title ?? summary, columns, rows, MostRows);
        html.Add($"</details></figure>");
    }

    /// <summary>Writes a table whose first column names the rows.</summary>
    public static void Table(Page page, HtmlWriter html, string name, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows, int most)
    {
        bool[] isNumeric = [.. Enumerable.Range(0, columns.Count).Select(c => c > 0 && rows.All(r => c >= r.Count || IsNumber(r[c])))];
        html.Add($"<div class=\"wide\" role=\"region\" tabindex=\"0\" aria-label=\"{page.Say(PageTexts.Scrollable, name)}\"><table><thead><tr>");
        for (int c = 0; c < columns.Count; c++)
        {
            html.Add($"<th scope=\"col\" class=\"{(isNumeric[c] ? "n" : "")}\">{columns[c]}</th>");
        }

        html.Add($"</tr></thead><tbody>");
        foreach (IReadOnlyList<string> row in rows.Take(most))
        {
            html.Add($"<tr><th scope=\"row\">{(row.Count > 0 ? row[0] : string.Empty)}</th>");
            for (int c = 1; c < row.Count; c++)
            {
                html.Add($"<td class=\"{(c < isNumeric.Length && isNumeric[c] ? "n" : "")}\">{row[c]}</td>");
            }

            html.Add($"</tr>");
        }

        html.Add($"</tbody></table></div>");
        if (rows.Count > most)
        {
            html.Add($"<p>{page.Say(PageTexts.TableRows, most, rows.Count)}</p>");
        }
    }

    private static bool IsNumber(string cell) => cell.Length == 0 || cell == ResultText.Nothing || char.IsAsciiDigit(cell[^1]) && (char.IsAsciiDigit(cell[0]) || cell[0] is '-' or '+');
}
