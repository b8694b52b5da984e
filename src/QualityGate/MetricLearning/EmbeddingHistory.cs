using System.Globalization;
using System.Text.Json;
using QualityGate.Numerics.Engine;

namespace QualityGate.MetricLearning;

/// <summary><c>training.json</c>: what was trained, how, and what came of it. It holds no times, so that equal trainings give equal bytes.</summary>
internal static class EmbeddingHistory
{
    private const string Schema = "qualitygate.embedding-training/1";

    public static byte[] Write(EmbeddingData data, ClassSplit split, EmbeddingOptions options, EmbeddingReport report, int steps, string tool)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("schema", Schema);
            json.WriteStartObject("options");
            foreach ((string name, string value) in options.Identity) WriteOption(json, name, value);
            json.WriteNumber("epochs", options.Epochs);
            json.WriteNumber("patience", options.Patience);
            json.WriteEndObject();
            WriteData(json, data, split);
            json.WriteStartObject("versions");
            json.WriteString("qualitygate", tool);
            json.WriteString("onnxruntime", OnnxRuntimeInfo.Version);
            json.WriteEndObject();
            json.WriteNumber("starting_shrinkage", report.Shrinkage);
            json.WriteNumber("steps", steps);
            WriteRecall(json, "raw_features", report.Raw);
            WriteEpoch(json, "untrained", report.Untrained);
            WriteEpoch(json, "exported", report.Exported);
            WriteGain(json, report.Gain);
            WriteEpoch(json, "last", report.Last);
            json.WriteStartArray("epochs");
            foreach (EmbeddingEpoch epoch in report.Epochs) WriteEpoch(json, null, epoch);
            json.WriteEndArray();
            json.WriteEndObject();
        }

        stream.WriteByte((byte)'\n');
        return stream.ToArray();
    }

    private static void WriteData(Utf8JsonWriter json, EmbeddingData data, ClassSplit split)
    {
        json.WriteStartObject("images");
        json.WriteNumber("count", data.Labels.Count);
        json.WriteNumber("trained", split.TrainRows.Length);
        json.WriteNumber("validation", split.Validation.Length);
        json.WriteNumber("test", split.Test.Length);
        json.WriteString("sha256", data.Fingerprint);
        json.WriteString("extractor", data.Set.ExtractorName);
        json.WriteString("extractor_sha256", data.Set.ExtractorFingerprint);
        json.WriteString("masking", data.Masking);
        json.WriteEndObject();
        json.WriteStartObject("classes");
        WriteNames(json, "train", split.TrainedClasses);
        WriteNames(json, "test", split.TestedClasses);
        json.WriteEndObject();
    }

    private static void WriteNames(Utf8JsonWriter json, string name, string[] classes)
    {
        json.WriteStartArray(name);
        foreach (string label in classes) json.WriteStringValue(label);
        json.WriteEndArray();
    }

    private static void WriteOption(Utf8JsonWriter json, string name, string value)
    {
        if (name == "train-classes") json.WriteString(name, value);
        else if (long.TryParse(value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long whole)) json.WriteNumber(name, whole);
        else if (double.TryParse(value, CultureInfo.InvariantCulture, out double real)) json.WriteNumber(name, real);
        else json.WriteString(name, value);
    }

    private static void WriteGain(Utf8JsonWriter json, EmbeddingGain? gain)
    {
        if (gain is null) return;
        json.WriteStartObject("exported_against_features");
        json.WriteNumber("gained", gain.Gained);
        json.WriteNumber("lost", gain.Lost);
        json.WriteNumber("p", gain.P);
        json.WriteEndObject();
    }

    private static void WriteEpoch(Utf8JsonWriter json, string? name, EmbeddingEpoch epoch)
    {
        if (name is null) json.WriteStartObject();
        else json.WriteStartObject(name);
        json.WriteNumber("epoch", epoch.Number);
        if (epoch.Loss is { } loss) json.WriteNumber("loss", loss);
        else json.WriteNull("loss");
        WriteRecall(json, "recall", epoch.Recall);
        json.WriteEndObject();
    }

    private static void WriteRecall(Utf8JsonWriter json, string name, EmbeddingRecall? recall)
    {
        if (recall is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        WriteNumbers(json, "validation", recall.Validation);
        WriteNumbers(json, "test", recall.Test);
        json.WriteEndObject();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, RecallNumbers? numbers)
    {
        if (numbers is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        foreach ((int k, double value) in numbers.All) json.WriteNumber(string.Create(CultureInfo.InvariantCulture, $"recall_at_{k}"), value);
        json.WriteNumber("map_at_r", numbers.MeanPrecision);
        json.WriteEndObject();
    }
}
