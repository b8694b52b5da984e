using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Tables of numbers in the markdown report.</summary>
internal static class MarkdownTables
{
    private const int MostRows = 50;
    private const int MostClasses = 200;

    /// <summary>The tables that people want to see, each with its caption.</summary>
    public static IEnumerable<string> Shown(RunResult result)
    {
        bool isFirst = true;
        foreach (MetricTable table in result.Tables.Where(t => t.IsShown))
        {
            if (!isFirst)
                yield return string.Empty;
            isFirst = false;
            yield return MarkdownText.Prose(table.Caption.Length > 0 ? table.Caption : table.Name) + "\n";
            foreach (string line in Lines(ReportTable.Of(table).Take(MostRows)))
                yield return line;
            if (table.Rows.Count > MostRows)
                yield return $"\nand {table.Rows.Count - MostRows} more rows";
        }
    }

    /// <summary>The classes, folded.</summary>
    public static IEnumerable<string> Classes(RunResult result)
    {
        if (result.Classes.Count == 0)
            yield break;
        (IReadOnlyList<ClassReport> shown, string? by) = ClassText.Worst(result, MostClasses);
        string which = by is null ? string.Empty : $", the {shown.Count} worst by {MarkdownText.Code(by)}";
        yield return $"<details><summary>Per class ({result.Classes.Count} {(result.Classes.Count == 1 ? "class" : "classes")}{which})</summary>\n";
        foreach (string line in ClassLines(result))
            yield return line;
        yield return "\n</details>";
    }

    /// <summary>The worst classes as a table, and why some have no values.</summary>
    public static IEnumerable<string> ClassLines(RunResult result)
    {
        if (result.Classes.Count == 0)
            yield break;
        foreach (string line in Lines(ReportTable.Of(ClassText.Worst(result, MostClasses).Classes)))
            yield return line;
        string before = "\n";
        foreach (string failure in ClassText.Failures(result))
        {
            yield return $"{before}- {MarkdownText.Prose(failure)}";
            before = string.Empty;
        }
    }

    /// <summary>A table. Cells are taken as they stand: numbers and words of our own.</summary>
    public static IEnumerable<string> Lines(ReportTable table)
    {
        yield return Row(table.Columns.Select(MarkdownText.Code).Prepend(table.Heading.Length > 0 ? MarkdownText.Code(table.Heading) : " "));
        yield return $"|---|{string.Concat(table.Columns.Select(_ => "--:|"))}";
        foreach (ReportRow row in table.Rows)
            yield return Row(row.Cells.Prepend(MarkdownText.Code(row.Name)));
    }

    private static string Row(IEnumerable<string> cells) => $"| {string.Join(" | ", cells)} |";
}
