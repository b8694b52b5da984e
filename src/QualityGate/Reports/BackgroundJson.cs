using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityGate.Backgrounds;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>Writes an audit of backgrounds as JSON; its keys are in docs/background.md.</summary>
public static class BackgroundJson
{
    /// <summary>Name and version of the format.</summary>
    public const string Schema = "qualitygate.background/1";

    /// <summary>The whole document.</summary>
    /// <param name="findings">What to write.</param>
    /// <param name="tool">Which tool says so.</param>
    public static string Write(BackgroundFindings findings, ToolInfo tool)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(tool);
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            JsonText.WriteTool(json, tool);
            WriteSet(json, findings.Images);
            WriteSettings(json, findings.Settings);
            json.WriteStartArray("extractors");
            foreach (ExtractorBackgrounds extractor in findings.Extractors)
                WriteExtractor(json, extractor, findings.Images);
            json.WriteEndArray();
            JsonText.WriteTexts(json, "notes", findings.Notes);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray()) + "\n";
    }

    private static void WriteSet(Utf8JsonWriter json, AuditedImages images)
    {
        json.WriteStartObject("set");
        json.WriteString("role", images.Role);
        json.WriteString("source", images.Source);
        json.WriteNumber("count", images.Count);
        json.WriteEndObject();
    }

    private static void WriteSettings(Utf8JsonWriter json, BackgroundSpec settings)
    {
        json.WriteStartObject("settings");
        json.WriteString("against", settings.Against.ToString());
        json.WriteNumber("level", settings.Level);
        json.WriteString("correction", settings.Correction == ManyTests.Holm ? "holm" : "benjamini-hochberg");
        json.WriteString("alone", settings.LeavesOutAlone ? "excluded" : "miss");
        json.WriteEndObject();
    }

    private static void WriteExtractor(Utf8JsonWriter json, ExtractorBackgrounds extractor, AuditedImages images)
    {
        BackgroundReport report = extractor.Report;
        json.WriteStartObject();
        json.WriteString("name", extractor.Name);
        json.WriteString("fingerprint", extractor.Fingerprint);
        WriteNumber(json, "background_gap", report.Gap, report.GapError);
        WriteNumber(json, "background_flips", report.Flips, report.FlipsError);
        json.WriteNumber("biased_classes", report.Flagged.Count);
        json.WriteStartArray("modes");
        foreach (ModeRecall mode in report.Modes)
        {
            json.WriteStartObject();
            json.WriteString("mode", mode.Mode);
            json.WriteStartObject("recall");
            foreach ((int k, double recall) in mode.Recall)
                json.WriteNumber(k.ToString(CultureInfo.InvariantCulture), recall);
            json.WriteEndObject();
            json.WriteNumber("map_at_r", mode.MapAtR);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("comparisons");
        foreach (BackgroundComparison comparison in report.Comparisons)
            WriteComparison(json, comparison, images);
        json.WriteEndArray();
        WriteFidelity(json, extractor.Fidelity);
        JsonText.WriteTexts(json, "notes", extractor.Notes);
        json.WriteEndObject();
    }

    private static void WriteComparison(Utf8JsonWriter json, BackgroundComparison comparison, AuditedImages images)
    {
        json.WriteStartObject();
        json.WriteString("against", comparison.Mode);
        WriteNumber(json, "gap", comparison.Gap, comparison.GapError);
        json.WriteStartArray("classes");
        foreach (ClassBackground kind in comparison.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", kind.Class);
            json.WriteNumber("queries", kind.Queries);
            json.WriteNumber("fails_only_as_is", kind.FailsOnlyPlain);
            json.WriteNumber("fails_only_masked", kind.FailsOnlyMasked);
            json.WriteNumber("p", kind.P);
            json.WriteNumber("adjusted_p", kind.AdjustedP);
            json.WriteString("effect", kind.Effect switch { BackgroundEffect.Disturbs => "disturbs", BackgroundEffect.Helps => "helps", _ => "none" });
            WriteExamples(json, "examples_as_is", kind.Examples, images);
            WriteExamples(json, "examples_masked", kind.Helped, images);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteExamples(Utf8JsonWriter json, string name, IReadOnlyList<BackgroundExample> examples, AuditedImages images)
    {
        json.WriteStartArray(name);
        foreach (BackgroundExample example in examples)
        {
            json.WriteStartObject();
            json.WriteString("query", images.Ids[example.Query]);
            WriteImage(json, "wrong_neighbour", example.WrongNeighbour, images);
            WriteImage(json, "right_neighbour", example.RightNeighbour, images);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteImage(Utf8JsonWriter json, string name, int image, AuditedImages images)
    {
        if (image >= 0)
            json.WriteString(name, images.Ids[image]);
    }

    private static void WriteFidelity(Utf8JsonWriter json, MetricTable? table)
    {
        if (table is null)
            return;
        json.WriteStartObject("fidelity");
        for (int row = 0; row < table.Rows.Count; row++)
        {
            json.WriteStartObject(table.RowNames[row]);
            for (int column = 0; column < table.Columns.Count; column++)
            {
                if (table.Rows[row][column] is { } value)
                    json.WriteNumber(table.Columns[column], value);
                else
                    json.WriteNull(table.Columns[column]);
            }

            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteNumber(Utf8JsonWriter json, string name, double value, double error)
    {
        json.WriteStartObject(name);
        json.WriteNumber("value", value);
        json.WriteNumber("standard_error", error);
        json.WriteEndObject();
    }
}
