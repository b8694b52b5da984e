using System.Buffers;
using System.Text;
using System.Text.Json;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <content>Explanations.</content>
public sealed partial class JsonReport
{
    /// <summary>Value of <c>schema</c> of an explanation.</summary>
    public const string ExplanationSchema = "qualitygate.explanation/1";

    internal static void Write(Explanation explanation, TextWriter writer)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer, Layout))
        {
            json.WriteStartObject();
            json.WriteString("schema", ExplanationSchema);
            json.WriteString("verdict", VerdictNames.NameOf(explanation.Result.Verdict));
            json.WriteStartArray("metrics");
            foreach (Blame blame in explanation.Blamed)
                WriteExplained(json, explanation, blame);
            json.WriteEndArray();
            WriteUncovered(json, explanation.Result.Uncovered);
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.WrittenSpan).Replace("##", "#\\u0023", StringComparison.Ordinal));
        writer.Write('\n');
    }

    private static void WriteExplained(Utf8JsonWriter json, Explanation explanation, Blame blame)
    {
        RunResult result = explanation.Result;
        MetricReport? metric = result.Metrics.FirstOrDefault(m => m.Value.Name == blame.Metric);
        json.WriteStartObject();
        json.WriteString("metric", blame.Metric);
        JsonText.WriteNumber(json, "value", metric?.Value.Value);
        JsonText.WriteNumber(json, "baseline", metric?.Baseline);
        json.WriteString("direction", blame.Direction == MetricDirection.Lower ? "lower" : "higher");
        JsonText.WriteTexts(json, "gates", [.. result.Gates.Where(gate => gate.Limit.Metric == blame.Metric && gate.Verdict != Verdict.Pass).Select(gate => gate.Message)]);
        json.WriteString("hint", BlameText.Hint(blame));
        WriteSide(json, "reference", blame.Reference with { Images = [.. blame.Reference.Images.Take(explanation.Top)] });
        WriteSide(json, "candidate", blame.Candidate with { Images = [.. blame.Candidate.Images.Take(explanation.Top)] });
        if (explanation.WhatIf.FirstOrDefault(what => what.Metric == blame.Metric) is { } whatIf)
        {
            json.WriteStartObject("what_if");
            json.WriteNumber("dropped", whatIf.Dropped);
            json.WriteNumber("before", whatIf.Before);
            json.WriteNumber("predicted", whatIf.Predicted);
            json.WriteNumber("measured", whatIf.Measured);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }
}
