using System.Text.Json;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <content>The images to blame.</content>
public sealed partial class JsonReport
{
    private static void WriteBlame(Utf8JsonWriter json, IReadOnlyList<Blame> all)
    {
        if (all.Count == 0)
            return;
        json.WriteStartObject("blame");
        foreach (Blame blame in all)
        {
            json.WriteStartObject(blame.Metric);
            json.WriteString("direction", blame.Direction == MetricDirection.Lower ? "lower" : "higher");
            WriteSide(json, "reference", blame.Reference);
            WriteSide(json, "candidate", blame.Candidate);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteSide(Utf8JsonWriter json, string name, BlamedSide side)
    {
        json.WriteStartObject(name);
        json.WriteNumber("count", side.Count);
        json.WriteNumber("total", side.Total);
        json.WriteStartArray("images");
        foreach (BlamedImage image in side.Images.Take(Blame.MostImages))
        {
            json.WriteStartObject();
            json.WriteNumber("index", image.Index);
            if (image.Id is { } id)
                json.WriteString("id", id);
            json.WriteNumber("contribution", image.Contribution);
            json.WriteNumber("share", image.Share);
            if (image.IsNew is { } isNew)
                json.WriteBoolean("new", isNew);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteUncovered(Utf8JsonWriter json, UncoveredModes? uncovered)
    {
        if (uncovered is null)
            return;
        json.WriteStartObject("uncovered");
        json.WriteNumber("count", uncovered.Count);
        json.WriteNumber("reference_count", uncovered.ReferenceCount);
        json.WriteStartArray("modes");
        foreach (UncoveredMode mode in uncovered.Modes)
            WriteMode(json, mode);
        json.WriteEndArray();
        json.WriteStartArray("classes");
        foreach (UncoveredClass missing in uncovered.Classes)
        {
            json.WriteStartObject();
            json.WriteString("name", missing.Name);
            json.WriteNumber("count", missing.Count);
            json.WriteNumber("reference_count", missing.ReferenceCount);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteMode(Utf8JsonWriter json, UncoveredMode mode)
    {
        json.WriteStartObject();
        json.WriteNumber("count", mode.Count);
        json.WriteNumber("share", mode.Share);
        json.WriteNumber("index", mode.Index);
        if (mode.Id is { } id)
            json.WriteString("id", id);
        if (mode.Class is { } name)
        {
            json.WriteString("class", name);
            json.WriteNumber("of_class", mode.OfClass);
        }

        JsonText.WriteTexts(json, "examples", mode.Examples);
        json.WriteEndObject();
    }
}
