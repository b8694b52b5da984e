using System.Globalization;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>A table of numbers as text, rows with names. Not escaped.</summary>
/// <param name="Heading">What the rows are.</param>
/// <param name="Columns">Headings of the numbers.</param>
/// <param name="Rows">Name and numbers of each row.</param>
internal sealed record ReportTable(string Heading, IReadOnlyList<string> Columns, IReadOnlyList<ReportRow> Rows)
{
    /// <summary>A family's table. Without names of rows the first column says which row it is.</summary>
    public static ReportTable Of(MetricTable table)
    {
        bool isNamed = table.RowNames.Count == table.Rows.Count && table.Rows.Count > 0;
        int first = isNamed ? 0 : 1;
        return new ReportTable(
            isNamed ? string.Empty : table.Columns.Count > 0 ? table.Columns[0] : string.Empty,
            [.. table.Columns.Skip(first)],
            [.. table.Rows.Select((row, i) => new ReportRow(
                isNamed ? table.RowNames[i] : ResultText.Number(row.Count > 0 ? row[0] : null), [.. row.Skip(first).Select(ResultText.Number)]))]);
    }

    /// <summary>Classes, a row each: images and metrics.</summary>
    public static ReportTable Of(IReadOnlyList<ClassReport> classes)
    {
        string[] metrics = [.. classes.SelectMany(c => c.Metrics).Select(m => m.Value.Name).Distinct(StringComparer.Ordinal)];
        return new ReportTable("class", ["reference", "candidate", .. metrics], [.. classes.Select(c => RowOf(c, metrics))]);
    }

    /// <summary>The first rows.</summary>
    public ReportTable Take(int most) => this with { Rows = [.. Rows.Take(most)] };

    private static ReportRow RowOf(ClassReport report, string[] metrics)
    {
        Dictionary<string, double?> values = report.Metrics.ToDictionary(m => m.Value.Name, m => m.Value.Value, StringComparer.Ordinal);
        return new ReportRow(
            report.Name,
            [
                report.ReferenceCount.ToString(CultureInfo.InvariantCulture),
                report.CandidateCount.ToString(CultureInfo.InvariantCulture),
                .. metrics.Select(m => ResultText.Number(values.GetValueOrDefault(m))),
            ]);
    }
}

/// <summary>A row of a table.</summary>
/// <param name="Name">Which row it is.</param>
/// <param name="Cells">Its numbers, <c>-</c> where there is none.</param>
internal sealed record ReportRow(string Name, IReadOnlyList<string> Cells);
