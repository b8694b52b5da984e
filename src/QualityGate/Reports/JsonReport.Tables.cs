using System.Globalization;
using System.Text.Json;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <content>Classes and tables.</content>
public sealed partial class JsonReport
{
    private static void WriteClasses(Utf8JsonWriter json, IReadOnlyList<ClassReport> classes)
    {
        json.WriteStartArray("classes");
        foreach (ClassReport report in classes)
        {
            json.WriteStartObject();
            json.WriteString("name", report.Name);
            json.WriteNumber("reference_count", report.ReferenceCount);
            json.WriteNumber("candidate_count", report.CandidateCount);
            json.WriteStartObject("metrics");
            foreach (MetricReport metric in report.Metrics)
                WriteMetric(json, metric);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteTables(Utf8JsonWriter json, IReadOnlyList<MetricTable> tables)
    {
        json.WriteStartObject("tables");
        foreach (MetricTable table in tables)
        {
            json.WriteStartObject(table.Name);
            json.WriteString("caption", table.Caption);
            json.WriteBoolean("shown", table.IsShown);
            JsonText.WriteTexts(json, "columns", table.Columns);
            if (table.RowNames.Count > 0)
                JsonText.WriteTexts(json, "row_names", table.RowNames);
            WriteRows(json, table.Rows);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    // A row on one line, unlike what the writer would make of it: curves have a thousand rows.
    private static void WriteRows(Utf8JsonWriter json, IReadOnlyList<IReadOnlyList<double?>> rows)
    {
        IEnumerable<string> lines = rows.Select(row => $"\n        [{string.Join(", ", row.Select(Cell))}]");
        json.WritePropertyName("rows");
        json.WriteRawValue(rows.Count == 0 ? "[]" : $"[{string.Join(',', lines)}\n      ]");
    }

    private static string Cell(double? cell) =>
        cell is { } number && double.IsFinite(number) ? number.ToString("R", CultureInfo.InvariantCulture) : "null";
}
