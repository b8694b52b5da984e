using QualityGate.Baselines;
using QualityGate.Reports;

namespace QualityGate.Tool.Commands;

/// <summary>Two baselines beside each other, for a terminal and for a pull request.</summary>
internal static class BaselineDiffText
{
    public static void WriteConsole(BaselineDifference difference, string before, string after, TextWriter writer)
    {
        var table = new TextTable("metric", before, after, "change", "std error", "meaning");
        foreach (MetricDifference metric in difference.Metrics)
        {
            table.Add(Cells(metric));
        }

        foreach (string line in table.Lines(int.MaxValue, (_, _, text) => text))
        {
            writer.WriteLine(line.TrimEnd());
        }

        foreach (string remark in difference.Remarks)
        {
            writer.WriteLine(PlainText.OneLine(remark));
        }
    }

    public static void WriteMarkdown(BaselineDifference difference, string before, string after, TextWriter writer)
    {
        writer.Write($"| metric | {MarkdownText.Prose(before)} | {MarkdownText.Prose(after)} | change | std error | meaning |\n|---|--:|--:|--:|--:|---|\n");
        foreach (MetricDifference metric in difference.Metrics)
        {
            string[] cells = Cells(metric);
            writer.Write($"| {MarkdownText.Code(cells[0])} | {string.Join(" | ", cells.Skip(1))} |\n");
        }

        writer.Write('\n');
        foreach (string remark in difference.Remarks)
        {
            writer.Write($"{MarkdownText.Prose(remark)}\n");
        }
    }

    private static string[] Cells(MetricDifference metric)
    {
        double? change = metric.Kind == DifferenceKind.Incomparable ? null : metric.After?.Value - metric.Before?.Value;
        double? error = metric.Before?.StandardError is { } a && metric.After?.StandardError is { } b && change is not null ? Math.Sqrt((a * a) + (b * b)) : null;
        return
        [
            metric.Metric, ResultText.Number(metric.Before?.Value), ResultText.Number(metric.After?.Value), ResultText.Change(change), ResultText.Number(error),
            Meaning(metric),
        ];
    }

    private static string Meaning(MetricDifference metric) => metric.Kind switch
    {
        DifferenceKind.Same => "the same",
        DifferenceKind.Better => "better",
        DifferenceKind.Worse => "worse",
        DifferenceKind.Noise => "within the noise of both",
        DifferenceKind.OneSided => metric.Before is null ? "new" : "gone",
        DifferenceKind.Incomparable => "cannot be compared",
        _ => throw new ArgumentOutOfRangeException(nameof(metric), metric.Kind, null),
    };
}
