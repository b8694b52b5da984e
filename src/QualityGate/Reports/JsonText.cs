using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using QualityGate.Gates;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>What documents in JSON have in common.</summary>
internal static class JsonText
{
    private static readonly JsonWriterOptions Layout = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.Create(UnicodeRanges.All) };

    /// <summary>An object and a line feed.</summary>
    public static void Write(TextWriter writer, Action<Utf8JsonWriter> content)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter json = new(buffer, Layout))
        {
            json.WriteStartObject();
            content(json);
            json.WriteEndObject();
        }

        // Two of these begin a command in the logs of some build servers; inside a JSON text the escape means the same.
        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("##", "#\\u0023", StringComparison.Ordinal) + "\n");
    }

    public static void WriteTool(Utf8JsonWriter json, ToolInfo tool)
    {
        json.WriteStartObject("tool");
        json.WriteString("name", tool.Name);
        json.WriteString("version", tool.Version);
        json.WriteEndObject();
    }

    public static void WriteArray<T>(Utf8JsonWriter json, string name, IReadOnlyList<T> items, Action<T> write)
    {
        json.WriteStartArray(name);
        foreach (T item in items)
        {
            json.WriteStartObject();
            write(item);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    public static void WriteTexts(Utf8JsonWriter json, string name, IReadOnlyList<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    public static void WriteLimit(Utf8JsonWriter json, GateLimit limit)
    {
        json.WriteString("metric", limit.Metric);
        json.WriteString("rule", GateRules.NameOf(limit.Rule));
        json.WriteNumber("limit", limit.Limit);
        json.WriteBoolean("relative", limit.IsRelative);
        json.WriteString("level", limit.Level == GateLevel.Warn ? "warn" : "error");
        if (limit.Scope != GateScope.Whole)
        {
            json.WriteString("per_class", GateRules.NameOf(limit.Scope));
        }
    }

    /// <summary>JSON has no infinity; a number that is none is left out.</summary>
    public static void WriteNumber(Utf8JsonWriter json, string name, double? number)
    {
        if (number is { } known && double.IsFinite(known))
        {
            json.WriteNumber(name, known);
        }
    }

    public static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    public static string NameOf(OnInconclusive policy) => policy switch
    {
        OnInconclusive.Pass => "pass",
        OnInconclusive.Warn => "warn",
        _ => "fail",
    };
}
