using System.Globalization;
using System.Text;
using System.Text.Json;
using QualityGate.Metrics;

namespace QualityGate.Baselines;

/// <summary>The JSON document in a baseline's metadata, both ways.</summary>
internal static class BaselineJson
{
    private const string ErrorsName = "standard_errors";

    /// <summary>Writes the document, one line.</summary>
    public static string Write(Baseline baseline)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            WriteAccepted(json, baseline);
            json.WriteStartArray("history");
            foreach (BaselineHistoryEntry entry in baseline.History)
            {
                WriteHistory(json, entry);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>Writes what was accepted, and from what, as properties of the object that is open.</summary>
    public static void WriteAccepted(Utf8JsonWriter json, Baseline baseline)
    {
        json.WriteStartArray("metrics");
        foreach (AcceptedMetric metric in baseline.Metrics)
        {
            WriteMetric(json, metric);
        }

        json.WriteEndArray();
        WriteClasses(json, baseline.Classes);
        WriteProvenance(json, baseline.Provenance);
    }

    /// <summary>Reads a document.</summary>
    /// <exception cref="FormatException">Something is missing or is not what it should be; also other exceptions of JSON.</exception>
    public static Baseline Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = 8, AllowDuplicateProperties = false });
        return ReadAccepted(document.RootElement) with { History = [.. Get(document.RootElement, "history").EnumerateArray().Select(ReadHistory)] };
    }

    /// <summary>Reads what <see cref="WriteAccepted"/> wrote; the history is its only acceptance.</summary>
    /// <exception cref="FormatException">As <see cref="Read"/>.</exception>
    public static Baseline ReadAccepted(JsonElement root)
    {
        AcceptedMetric[] metrics = [.. Get(root, "metrics").EnumerateArray().Select(ReadMetric)];
        BaselineProvenance provenance = ReadProvenance(Get(root, "provenance"));
        return new Baseline
        {
            Metrics = metrics.DistinctBy(m => m.Name, StringComparer.Ordinal).Count() == metrics.Length ? metrics : throw new FormatException("a metric is given twice"),
            Classes = root.TryGetProperty("classes", out JsonElement classes) ? ReadClasses(classes) : [],
            Provenance = provenance,
            History = [BaselineHistory.EntryOf(provenance, metrics)],
        };
    }

    private static void WriteMetric(Utf8JsonWriter json, AcceptedMetric metric)
    {
        json.WriteStartObject();
        json.WriteString("name", metric.Name);
        json.WriteNumber("value", metric.Value);
        if (metric.StandardError is double error)
        {
            json.WriteNumber("standard_error", error);
        }

        if (metric.CandidateError is double own)
        {
            json.WriteNumber("candidate_error", own);
        }

        json.WriteString("direction", metric.Direction == MetricDirection.Lower ? "lower" : "higher");
        json.WriteString("convention", metric.Convention);

        // A list of pairs and not an object, since their order belongs to them.
        json.WriteStartArray("parameters");
        foreach (KeyValuePair<string, object> parameter in metric.Parameters)
        {
            json.WriteStartArray();
            json.WriteStringValue(parameter.Key);
            WriteParameter(json, parameter.Value);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case double number when double.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case float number when float.IsFinite(number):
                json.WriteNumberValue(number);
                break;
            case sbyte or byte or short or ushort or int or uint or long:
                json.WriteNumberValue(Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteProvenance(Utf8JsonWriter json, BaselineProvenance provenance)
    {
        json.WriteStartObject("provenance");
        json.WriteString("reference_source", provenance.ReferenceSource);
        json.WriteNumber("reference_count", provenance.ReferenceCount);
        json.WriteString("reference_fingerprint", provenance.ReferenceFingerprint);
        json.WriteString("reference_images", provenance.ReferenceImages);
        json.WriteString("candidate_source", provenance.CandidateSource);
        json.WriteNumber("candidate_count", provenance.CandidateCount);
        json.WriteString("candidate_fingerprint", provenance.CandidateFingerprint);
        json.WriteString("extractor", provenance.ExtractorName);
        json.WriteString("extractor_fingerprint", provenance.ExtractorFingerprint);
        json.WriteString("created", Time(provenance.Created));
        json.WriteString("commit", provenance.Commit);
        json.WriteString("tool_version", provenance.ToolVersion);
        WriteText(json, "reason", provenance.Reason);
        json.WriteEndObject();
    }

    // Left out without labels, so that such a baseline stays as earlier versions wrote it.
    private static void WriteClasses(Utf8JsonWriter json, IReadOnlyList<AcceptedClass> classes)
    {
        if (classes.Count == 0)
        {
            return;
        }

        json.WriteStartArray("classes");
        foreach (AcceptedClass accepted in classes)
        {
            json.WriteStartObject();
            json.WriteString("name", accepted.Name);
            json.WriteNumber("reference_count", accepted.ReferenceCount);
            json.WriteNumber("candidate_count", accepted.CandidateCount);
            WriteValues(json, "values", accepted.Values);
            WriteErrors(json, accepted.Errors);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // Left out when there are none, as earlier versions wrote it.
    private static void WriteErrors(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, double>> errors)
    {
        if (errors.Count > 0)
        {
            WriteValues(json, ErrorsName, errors);
        }
    }

    private static void WriteValues(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, double>> values)
    {
        json.WriteStartObject(name);
        foreach (KeyValuePair<string, double> value in values)
        {
            json.WriteNumber(value.Key, value.Value);
        }

        json.WriteEndObject();
    }

    private static void WriteHistory(Utf8JsonWriter json, BaselineHistoryEntry entry)
    {
        json.WriteStartObject();
        json.WriteString("created", Time(entry.Created));
        json.WriteString("commit", entry.Commit);
        WriteValues(json, "values", entry.Values);
        WriteErrors(json, entry.Errors);
        if (entry.Definitions.Count > 0)
        {
            json.WriteStartObject("definitions");
            foreach (KeyValuePair<string, string> definition in entry.Definitions)
            {
                json.WriteString(definition.Key, definition.Value);
            }

            json.WriteEndObject();
        }

        if (entry.CandidateSource is { } source)
        {
            json.WriteString("candidate_source", source);
            json.WriteNumber("candidate_count", entry.CandidateCount);
            json.WriteString("candidate_fingerprint", entry.CandidateFingerprint);
        }

        WriteText(json, "reason", entry.Reason);
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    private static AcceptedMetric ReadMetric(JsonElement element) => new()
    {
        Name = Text(element, "name"),
        Value = Finite(Get(element, "value")),
        StandardError = element.TryGetProperty("standard_error", out JsonElement error) ? Finite(error) : null,
        CandidateError = element.TryGetProperty("candidate_error", out JsonElement own) ? Finite(own) : null,
        Direction = Text(element, "direction") switch
        {
            "lower" => MetricDirection.Lower,
            "higher" => MetricDirection.Higher,
            string other => throw new FormatException($"the direction '{other}' is unknown"),
        },
        Convention = Text(element, "convention"),
        Parameters = [.. Get(element, "parameters").EnumerateArray().Select(pair =>
            KeyValuePair.Create(pair[0].GetString() ?? throw new FormatException("a parameter has no name"), Parameter(pair[1])))],
    };

    private static object Parameter(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.Number => element.TryGetInt64(out long whole) ? (object)whole : Finite(element),
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.String => element.GetString()!,
        _ => throw new FormatException($"a parameter is {element.ValueKind}"),
    };

    private static BaselineProvenance ReadProvenance(JsonElement element) => new()
    {
        ReferenceSource = Text(element, "reference_source"),
        ReferenceCount = Count(element, "reference_count"),
        ReferenceFingerprint = Text(element, "reference_fingerprint"),
        ReferenceImages = OptionalText(element, "reference_images"),
        CandidateSource = Text(element, "candidate_source"),
        CandidateCount = Count(element, "candidate_count"),
        CandidateFingerprint = Text(element, "candidate_fingerprint"),
        ExtractorName = OptionalText(element, "extractor"),
        ExtractorFingerprint = OptionalText(element, "extractor_fingerprint"),
        Created = Get(element, "created").GetDateTimeOffset().ToUniversalTime(),
        Commit = OptionalText(element, "commit"),
        ToolVersion = Text(element, "tool_version"),
        Reason = TextIfAny(element, "reason"),
    };

    private static BaselineHistoryEntry ReadHistory(JsonElement element) => new(
        Get(element, "created").GetDateTimeOffset().ToUniversalTime(),
        OptionalText(element, "commit"),
        Values(element))
    {
        Errors = ErrorsOf(element),
        Definitions = element.TryGetProperty("definitions", out JsonElement definitions)
            ? [.. definitions.EnumerateObject().Select(d => KeyValuePair.Create(d.Name, d.Value.GetString() ?? throw new FormatException("a definition is null")))]
            : [],
        CandidateSource = TextIfAny(element, "candidate_source"),
        CandidateCount = element.TryGetProperty("candidate_count", out _) ? Count(element, "candidate_count") : 0,
        CandidateFingerprint = TextIfAny(element, "candidate_fingerprint"),
        Reason = TextIfAny(element, "reason"),
    };

    private static AcceptedClass[] ReadClasses(JsonElement element)
    {
        AcceptedClass[] classes =
        [
            .. element.EnumerateArray().Select(c => new AcceptedClass(Text(c, "name"), Count(c, "reference_count"), Count(c, "candidate_count"), Values(c)) { Errors = ErrorsOf(c) }),
        ];
        return classes.DistinctBy(c => c.Name, StringComparer.Ordinal).Count() == classes.Length
            ? classes
            : throw new FormatException("a class is given twice");
    }

    private static KeyValuePair<string, double>[] ErrorsOf(JsonElement element) => element.TryGetProperty(ErrorsName, out JsonElement errors) ? Numbers(errors) : [];

    private static KeyValuePair<string, double>[] Values(JsonElement element) => Numbers(Get(element, "values"));

    private static KeyValuePair<string, double>[] Numbers(JsonElement element) =>
        [.. element.EnumerateObject().Select(value => KeyValuePair.Create(value.Name, Finite(value.Value)))];

    private static JsonElement Get(JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) ? value : throw new FormatException($"'{name}' is missing");

    private static string Text(JsonElement element, string name) =>
        Get(element, name).GetString() ?? throw new FormatException($"'{name}' is null");

    private static string? TextIfAny(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement text) ? text.GetString() : null;

    private static string? OptionalText(JsonElement element, string name) => Get(element, name).GetString();

    private static int Count(JsonElement element, string name) =>
        Get(element, name).GetInt32() is >= 0 and int count ? count : throw new FormatException($"'{name}' is negative");

    private static double Finite(JsonElement element) =>
        element.GetDouble() is double value && double.IsFinite(value) ? value : throw new FormatException("a value is not finite");

    private static string Time(DateTimeOffset time) =>
        time.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture);
}
