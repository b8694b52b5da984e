using System.Globalization;
using System.Text.Json;
using QualityGate.Gates;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>A calibration for machines, <c>qualitygate.calibration/1</c>: the same run gives the same bytes.</summary>
public static class CalibrationJson
{
    /// <summary>Value of <c>schema</c>.</summary>
    public const string Schema = "qualitygate.calibration/1";

    /// <summary>Writes it.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="writer">Where to; not closed.</param>
    public static void Write(CalibrationResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        JsonText.Write(writer, json => WriteResult(json, result));
    }

    private static void WriteResult(Utf8JsonWriter json, CalibrationResult result)
    {
        json.WriteString("schema", Schema);
        JsonText.WriteTool(json, result.Options.Tool);
        json.WriteString("spec", result.SpecFile);
        json.WriteNumber("seed", result.Options.Seed);
        json.WriteNumber("repetitions", result.Options.Repetitions);
        json.WriteNumber("confidence", result.Confidence);
        json.WriteString("on_inconclusive", JsonText.NameOf(result.OnInconclusive));
        json.WriteStartObject("wanted");
        json.WriteNumber("false_alarms", result.Options.FalseAlarms);
        json.WriteNumber("inconclusive", result.Options.Inconclusive);
        json.WriteEndObject();
        WriteSet(json, "reference", result.Reference);
        WriteSet(json, "candidate", result.Candidate);
        if (result.Extractor is { } extractor)
        {
            json.WriteStartObject("extractor");
            json.WriteString("name", extractor.Name);
            json.WriteString("fingerprint", extractor.Fingerprint);
            json.WriteEndObject();
        }

        JsonText.WriteArray(json, "nulls", result.Nulls, n => WriteNull(json, n));
        JsonText.WriteArray(json, "gates", result.Gates, g => WriteGate(json, g));
        JsonText.WriteArray(json, "history", result.History, h => WriteHistory(json, h));
        JsonText.WriteArray(json, "proposed", result.Proposals, p => WriteProposal(json, p));
        JsonText.WriteTexts(json, "notes", result.Notes);
    }

    private static void WriteSet(Utf8JsonWriter json, string name, SetInfo? set)
    {
        if (set is not null)
        {
            json.WriteStartObject(name);
            json.WriteString("source", set.Source);
            json.WriteNumber("count", set.Count);
            json.WriteString("fingerprint", set.Fingerprint);
            json.WriteEndObject();
        }
    }

    private static void WriteNull(Utf8JsonWriter json, NullResult drawn)
    {
        json.WriteString("name", drawn.Plan.Name);
        json.WriteString("drawn", drawn.Plan.Text);
        json.WriteNumber("reference_count", drawn.Plan.ReferenceCount);
        json.WriteNumber("run_count", drawn.Plan.RunCount);
        json.WriteNumber("scale", drawn.Plan.Scale);
        json.WriteNumber("draws", drawn.Draws);
        json.WriteNumber("runs_failed", drawn.RunsFailed);
        json.WriteNumber("runs_inconclusive", drawn.RunsInconclusive);
        JsonText.WriteArray(json, "metrics", drawn.Metrics, m =>
        {
            json.WriteString("metric", m.Metric);
            WriteSpread(json, "value", m.Value);
            WriteSpread(json, "change", m.Change);
            JsonText.WriteNumber(json, "standard_error", m.Error);
        });
        JsonText.WriteArray(json, "gates", drawn.Gates, g =>
        {
            JsonText.WriteLimit(json, g.Limit);
            json.WriteNumber("false_alarms", g.Breached);
            json.WriteNumber("inconclusive", g.Inconclusive);
        });
    }

    private static void WriteSpread(Utf8JsonWriter json, string name, Spread? spread)
    {
        if (spread is not null)
        {
            json.WriteStartObject(name);
            json.WriteNumber("mean", spread.Mean);
            json.WriteNumber("deviation", spread.Deviation);
            json.WriteStartObject("quantiles");
            foreach ((double level, double value) in Spread.Levels.Zip(spread.Quantiles))
            {
                json.WriteNumber(level.ToString(CultureInfo.InvariantCulture), value);
            }

            json.WriteEndObject();
            json.WriteEndObject();
        }
    }

    private static void WriteGate(Utf8JsonWriter json, GateSensitivity gate)
    {
        JsonText.WriteLimit(json, gate.Limit);
        JsonText.WriteNumber(json, "smallest_change", gate.SmallestChange);
        JsonText.WriteText(json, "class", gate.Class);
        JsonText.WriteText(json, "reason", gate.Reason);
    }

    private static void WriteHistory(Utf8JsonWriter json, HistorySpread history)
    {
        json.WriteString("metric", history.Metric);
        json.WriteNumber("accepted", history.Accepted);
        WriteSpread(json, "value", history.Values);
        WriteSpread(json, "change", history.Change);
        JsonText.WriteNumber(json, "standard_error", history.Error);
    }

    private static void WriteProposal(Utf8JsonWriter json, ProposedGate gate)
    {
        json.WriteString("metric", gate.Metric);
        json.WriteString("rule", GateRules.NameOf(gate.Rule));
        json.WriteNumber("limit", gate.Limit);
        json.WriteNumber("smallest_change", gate.SmallestChange);
    }
}
