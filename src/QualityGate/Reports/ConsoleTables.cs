using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Tables of numbers in the console report. Columns that do not fit beside each other stand below.</summary>
/// <param name="width">Columns a line may take.</param>
/// <param name="dim">Paints headings.</param>
internal sealed class ConsoleTables(int width, Func<string, string> dim)
{
    private const int MostRows = 40;
    private const int MostClasses = 20;
    private const int WidestName = 30;
    private const int Gap = 2;

    /// <summary>The tables that people want to see, each after a blank line but the first.</summary>
    public IEnumerable<string> Shown(RunResult result)
    {
        bool isFirst = true;
        foreach (MetricTable table in result.Tables.Where(t => t.IsShown))
        {
            if (!isFirst)
                yield return string.Empty;
            isFirst = false;
            yield return PlainText.OneLine(table.Caption.Length > 0 ? table.Caption : table.Name);
            foreach (string line in Lines(ReportTable.Of(table).Take(MostRows)))
                yield return line;
            if (table.Rows.Count > MostRows)
                yield return $"and {table.Rows.Count - MostRows} more rows";
        }
    }

    /// <summary>The classes, or the worst of them.</summary>
    public IEnumerable<string> Classes(RunResult result)
    {
        if (result.Classes.Count == 0)
            yield break;
        (IReadOnlyList<ClassReport> shown, string? by) = ClassText.Worst(result, MostClasses);
        if (by is not null)
            yield return PlainText.OneLine($"the {shown.Count} worst of {result.Classes.Count} classes by {by}");
        foreach (string line in Lines(ReportTable.Of(shown)))
            yield return line;
        if (result.Classes.Count > shown.Count)
            yield return $"and {result.Classes.Count - shown.Count} more classes, which --format json shows";
        foreach (string failure in ClassText.Failures(result))
            yield return PlainText.OneLine(failure);
    }

    /// <summary>A table, in parts where it is wider than the line.</summary>
    public IEnumerable<string> Lines(ReportTable table)
    {
        int[] widths = [.. table.Columns.Select((column, i) => table.Rows.Select(r => r.Cells[i].Length).Append(PlainText.OneLine(column).Length).Max())];
        int nameWidth = Math.Min(WidestName, table.Rows.Select(r => r.Name.Length).Append(table.Heading.Length).Max());
        for (int start = 0; start < Math.Max(1, widths.Length);)
        {
            int end = Math.Min(start + 1, widths.Length);
            for (int room = width - nameWidth - Gap - widths.ElementAtOrDefault(start); end < widths.Length && widths[end] + Gap <= room; end++)
                room -= widths[end] + Gap;
            foreach (string line in Part(table, start, end))
                yield return line;
            start = Math.Max(end, start + 1);
        }
    }

    private IEnumerable<string> Part(ReportTable table, int start, int end)
    {
        var text = new TextTable([PlainText.OneLine(table.Heading), .. table.Columns.Take(start..end).Select(PlainText.OneLine)]) { IsNumeric = true };
        foreach (ReportRow row in table.Rows)
            text.Add([row.Name, .. row.Cells.Take(start..end)]);
        return text.Lines(width, (row, _, cell) => row < 0 ? dim(cell) : cell);
    }
}
