using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Unicode;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Reports;

/// <summary>The result for machines, <c>qualitygate.result/1</c>: the same run gives the same bytes. <see cref="ResultReader"/> reads it back.</summary>
public sealed partial class JsonReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "json";

    /// <summary>Value of <c>schema</c>. It changes when a reader of this one could misunderstand the file.</summary>
    public const string Schema = "qualitygate.result/1";

    private static readonly JsonWriterOptions Layout = new()
    {
        Indented = true,
        NewLine = "\n",

        // Keeps letters of all languages; <, > and & stay escaped, so that the text can stand inside a page.
        Encoder = JavaScriptEncoder.Create(UnicodeRanges.All),
    };

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Layout))
            WriteResult(json, result);

        // Two of these begin a command in the logs of some build servers; inside a JSON text the escape means the same.
        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("##", "#\\u0023", StringComparison.Ordinal));
        writer.Write('\n');
    }

    private static void WriteResult(Utf8JsonWriter json, RunResult result)
    {
        json.WriteStartObject();
        json.WriteString("schema", Schema);
        JsonText.WriteTool(json, result.Tool);
        json.WriteString("verdict", VerdictNames.NameOf(result.Verdict));
        if (result.SpecFile is { } spec)
            json.WriteString("spec", spec);
        WriteSet(json, "reference", result.Reference);
        WriteSet(json, "candidate", result.Candidate);
        WriteSources(json, result);
        json.WriteStartObject("metrics");
        foreach (MetricReport metric in result.Metrics)
            WriteMetric(json, metric);
        json.WriteEndObject();
        WriteClasses(json, result.Classes);
        WriteTables(json, result.Tables);
        WriteBlame(json, result.Blame);
        WriteUncovered(json, result.Uncovered);
        json.WriteStartArray("gates");
        foreach (GateResult gate in result.Gates)
            WriteGate(json, gate);
        json.WriteEndArray();
        json.WriteStartArray("problems");
        foreach (Problem problem in result.Problems)
            WriteProblem(json, problem);
        json.WriteEndArray();
        JsonText.WriteTexts(json, "notes", result.Notes);
        json.WriteStartObject("timings");
        foreach (KeyValuePair<string, double> stage in result.Timings)
            JsonText.WriteNumber(json, stage.Key, stage.Value);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, string name, SetInfo set)
    {
        json.WriteStartObject(name);
        json.WriteString("source", set.Source);
        json.WriteNumber("count", set.Count);
        json.WriteString("fingerprint", set.Fingerprint);
        json.WriteNumber("skipped", set.Skipped);
        if (set.SampledFrom is { } total)
            json.WriteNumber("sampled_from", total);
        json.WriteEndObject();
    }

    private static void WriteSources(Utf8JsonWriter json, RunResult result)
    {
        if (result.Extractor is { } extractor)
        {
            json.WriteStartObject("extractor");
            json.WriteString("name", extractor.Name);
            json.WriteString("fingerprint", extractor.Fingerprint);
            json.WriteEndObject();
        }

        if (result.Baseline is { } baseline)
        {
            json.WriteStartObject("baseline");
            json.WriteString("path", baseline.Path);
            json.WriteString("created", Time(baseline.Created));
            if (baseline.Commit is { } commit)
                json.WriteString("commit", commit);
            json.WriteNumber("candidate_count", baseline.CandidateCount);
            json.WriteString("source", baseline.Source);
            json.WriteString("features", VerdictNames.NameOf(baseline.Features));
            json.WriteNumber("age_days", baseline.AgeDays);
            json.WriteEndObject();
        }

        JsonText.WriteTexts(json, "baseline_lookup", result.BaselineLookup);
        WriteHistory(json, result.History);
    }

    private static void WriteMetric(Utf8JsonWriter json, MetricReport metric)
    {
        MetricValue value = metric.Value;
        json.WriteStartObject(value.Name);
        if (value.Value is { } number && double.IsFinite(number))
            json.WriteNumber("value", number);
        else
            json.WriteString("error", value.Error ?? "the value is not a finite number");
        JsonText.WriteNumber(json, "standard_error", value.StandardError);
        if (value.Interval is { } interval && double.IsFinite(interval.Low) && double.IsFinite(interval.High))
        {
            json.WriteStartArray("interval");
            json.WriteNumberValue(interval.Low);
            json.WriteNumberValue(interval.High);
            json.WriteEndArray();
        }

        json.WriteString("direction", value.Direction == MetricDirection.Lower ? "lower" : "higher");
        json.WriteString("convention", value.Convention);
        json.WriteStartObject("parameters");
        foreach (KeyValuePair<string, object> parameter in value.Parameters)
            WriteParameter(json, parameter);
        json.WriteEndObject();
        JsonText.WriteNumber(json, "baseline", metric.Baseline);
        JsonText.WriteNumber(json, "change", metric.Change);
        json.WriteEndObject();
    }

    private static void WriteParameter(Utf8JsonWriter json, KeyValuePair<string, object> parameter)
    {
        switch (parameter.Value)
        {
            case int or long:
                json.WriteNumber(parameter.Key, Convert.ToInt64(parameter.Value, CultureInfo.InvariantCulture));
                break;
            case double number when double.IsFinite(number):
                json.WriteNumber(parameter.Key, number);
                break;
            default:
                json.WriteString(parameter.Key, Convert.ToString(parameter.Value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static void WriteGate(Utf8JsonWriter json, GateResult gate)
    {
        GateLimit limit = gate.Limit;
        json.WriteStartObject();
        json.WriteString("metric", limit.Metric);
        if (gate.Class is { } inClass)
        {
            json.WriteString("per_class", GateRules.NameOf(limit.Scope));
            json.WriteString("class", inClass);
        }

        json.WriteString("level", limit.Level == GateLevel.Warn ? "warn" : "error");
        json.WriteString("verdict", VerdictNames.NameOf(gate.Verdict));
        json.WriteString("code", gate.Code.Id);
        json.WriteString("rule", GateRules.NameOf(limit.Rule));
        json.WriteNumber("limit", limit.Limit);
        json.WriteBoolean("relative", limit.IsRelative);
        json.WriteNumber("observed", gate.Observed);
        JsonText.WriteNumber(json, "baseline", gate.Baseline);
        if (gate.Change is { } change)
            WriteChange(json, change);
        if (gate.Waiver is { } waiver)
            WriteWaiver(json, waiver);
        json.WriteString("message", gate.Message);
        WriteLocation(json, limit.Location);
        json.WriteEndObject();
    }

    private static void WriteChange(Utf8JsonWriter json, GateChange change)
    {
        json.WriteStartObject("change");
        JsonText.WriteNumber(json, "value", change.Value);
        JsonText.WriteNumber(json, "standard_error", change.StandardError);
        json.WriteStartArray("interval");
        json.WriteNumberValue(change.Interval.Low);
        json.WriteNumberValue(change.Interval.High);
        json.WriteEndArray();
        JsonText.WriteNumber(json, "confidence", change.Confidence);
        if (change.SharedImages is { } shared)
            json.WriteNumber("shared_images", shared);
        if (change.IsSameImages)
            json.WriteBoolean("same_images", true);
        JsonText.WriteNumber(json, "more_images", change.MoreImages);
        json.WriteEndObject();
    }

    private static void WriteWaiver(Utf8JsonWriter json, GateWaiver waiver)
    {
        json.WriteStartObject("waiver");
        json.WriteString("until", waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
        json.WriteString("author", waiver.Author);
        json.WriteString("reason", waiver.Reason);
        json.WriteBoolean("expired", waiver.IsExpired);
        json.WriteEndObject();
    }

    // Left out without a baseline.
    private static void WriteHistory(Utf8JsonWriter json, IReadOnlyList<BaselineHistoryEntry> history)
    {
        if (history.Count == 0)
            return;
        json.WriteStartArray("history");
        foreach (BaselineHistoryEntry entry in history)
        {
            json.WriteStartObject();
            json.WriteString("created", Time(entry.Created));
            if (entry.Commit is { } commit)
                json.WriteString("commit", commit);
            WriteNumbers(json, "values", entry.Values);
            WriteNumbers(json, "standard_errors", entry.Errors);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteNumbers(Utf8JsonWriter json, string name, IReadOnlyList<KeyValuePair<string, double>> numbers)
    {
        json.WriteStartObject(name);
        foreach (KeyValuePair<string, double> number in numbers)
            JsonText.WriteNumber(json, number.Key, number.Value);
        json.WriteEndObject();
    }

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    private static void WriteProblem(Utf8JsonWriter json, Problem problem)
    {
        json.WriteStartObject();
        json.WriteString("code", problem.Code.Id);
        json.WriteString("message", problem.Message);
        WriteLocation(json, problem.Location);
        json.WriteEndObject();
    }

    private static void WriteLocation(Utf8JsonWriter json, SourceLocation? location)
    {
        if (location is null)
            return;
        json.WriteStartObject("location");
        json.WriteString("file", location.File);
        json.WriteNumber("line", location.Line);
        json.WriteNumber("column", location.Column);
        json.WriteEndObject();
    }
}
