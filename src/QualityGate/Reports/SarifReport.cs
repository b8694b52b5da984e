using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using QualityGate.Errors;

namespace QualityGate.Reports;

/// <summary>SARIF 2.1.0 (OASIS): each gate that did not pass is a result at its line of the spec, each code a rule.</summary>
public sealed partial class SarifReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "sarif";

    // GitHub takes 25,000 results a run and shows 5,000 of them.
    private const int MostResults = 5_000;

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        Finding[] findings = [.. Finding.Of(result).OrderByDescending(f => f.IsError).Take(MostResults)];
        ErrorCode[] rules = [.. findings.Select(f => f.Code).Distinct().OrderBy(c => c.Id, StringComparer.Ordinal)];
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer, new JsonWriterOptions { Indented = true, NewLine = "\n" }))
        {
            json.WriteStartObject();
            json.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
            json.WriteString("version", "2.1.0");
            json.WriteStartArray("runs");
            json.WriteStartObject();
            WriteTool(json, result, rules);
            json.WriteStartArray("invocations");
            json.WriteStartObject();
            json.WriteBoolean("executionSuccessful", result.Problems.Count == 0);
            json.WriteEndObject();
            json.WriteEndArray();
            if (result.Baseline is { } baseline)
            {
                json.WriteStartObject("properties");
                json.WriteString("baseline", PlainText.OneLine($"{baseline.Path}: {ResultText.BaselineSource(baseline)}, accepted {ResultText.Acceptance(baseline)}"));
                json.WriteEndObject();
            }

            json.WriteString("columnKind", "utf16CodeUnits");
            json.WriteStartArray("results");
            foreach (Finding finding in findings)
                WriteResult(json, result, finding, Array.IndexOf(rules, finding.Code));
            json.WriteEndArray();
            json.WriteEndObject();
            json.WriteEndArray();
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }

    private static void WriteTool(Utf8JsonWriter json, RunResult result, ErrorCode[] rules)
    {
        json.WriteStartObject("tool");
        json.WriteStartObject("driver");
        json.WriteString("name", "QualityGate");
        string version = PlainText.OneLine(result.Tool.Version);
        json.WriteString("version", version);
        if (SemanticVersion().IsMatch(version))
            json.WriteString("semanticVersion", version);
        json.WriteStartArray("rules");
        foreach (ErrorCode rule in rules)
        {
            json.WriteStartObject();
            json.WriteString("id", rule.Id);
            json.WriteString("name", NameOf(rule));
            WriteText(json, "shortDescription", rule.Title);
            WriteText(json, "fullDescription", rule.Title);
            WriteText(json, "help", rule.Advice);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter json, RunResult result, Finding finding, int rule)
    {
        json.WriteStartObject();
        json.WriteString("ruleId", finding.Code.Id);
        json.WriteNumber("ruleIndex", rule);
        json.WriteString("level", finding.IsError ? "error" : "warning");
        WriteText(json, "message", finding.Message);
        if (finding.FileIn(result) is { Length: > 0 } file)
        {
            json.WriteStartArray("locations");
            json.WriteStartObject();
            json.WriteStartObject("physicalLocation");
            json.WriteStartObject("artifactLocation");
            json.WriteString("uri", UriOf(file));
            json.WriteEndObject();
            json.WriteStartObject("region");
            json.WriteNumber("startLine", Math.Max(1, finding.Location?.Line ?? 1));
            json.WriteNumber("startColumn", Math.Max(1, finding.Location?.Column ?? 1));
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndObject();
            json.WriteEndArray();
        }

        json.WriteStartObject("partialFingerprints");
        json.WriteString("qualitygate/v1", finding.Key);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WriteText(Utf8JsonWriter json, string name, string text)
    {
        json.WriteStartObject(name);
        json.WriteString("text", text);
        json.WriteEndObject();
    }

    // Readers expect the name of a rule as one word: ValueBelowItsLimit.
    private static string NameOf(ErrorCode rule) => string.Concat(Words().Matches(rule.Title).Select(m => char.ToUpperInvariant(m.Value[0]) + m.Value[1..]));

    [GeneratedRegex(@"[A-Za-z0-9]+")]
    private static partial Regex Words();

    // As semver.org defines it, but for leading zeros.
    [GeneratedRegex(@"^[0-9]+\.[0-9]+\.[0-9]+(-[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?(\+[0-9A-Za-z-]+(\.[0-9A-Za-z-]+)*)?\z")]
    private static partial Regex SemanticVersion();

    // A relative reference, whose first part must not look like a scheme; an absolute path becomes a file address.
    private static string UriOf(string path)
    {
        string plain = PlainText.OneLine(path).Replace('\\', '/');
        string escaped = string.Join('/', plain.Split('/').Where(part => part != ".").Select(Uri.EscapeDataString));
        return plain.StartsWith('/') ? "file://" + escaped : plain.Length > 1 && plain[1] == ':' ? "file:///" + escaped : escaped;
    }
}
