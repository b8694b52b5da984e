using System.Globalization;
using System.Text;
using QualityGate.Errors;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>Service messages of TeamCity: statistics, an inspection for each gate that did not pass, a build problem when the run fails, the verdict as status.</summary>
public sealed class TeamCityReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "teamcity";

    // TeamCity tells build problems apart by up to 60 characters.
    private const string ProblemIdentity = "qualitygate";

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        foreach (MetricReport metric in result.Metrics)
        {
            if (metric.Value.Value is { } value && double.IsFinite(value))
                Message(writer, "buildStatisticValue", ("key", $"qualitygate.{metric.Value.Name}"), ("value", value.ToString("0.##########", CultureInfo.InvariantCulture)));
        }

        IReadOnlyList<Finding> findings = Finding.Of(result);
        foreach (ErrorCode code in findings.Select(f => f.Code).Distinct())
            Message(writer, "inspectionType", ("id", code.Id), ("name", code.Title), ("category", "QualityGate"), ("description", code.Advice));
        foreach (Finding finding in findings)
        {
            Message(
                writer,
                "inspection",
                ("typeId", finding.Code.Id),
                ("message", finding.Message),
                ("file", finding.FileIn(result) ?? "qualitygate"),
                ("line", (finding.Location?.Line ?? 0).ToString(CultureInfo.InvariantCulture)),
                ("SEVERITY", finding.IsError ? "ERROR" : "WARNING"));
        }

        string verdict = VerdictLine.Write(result) + ResultText.Against(result);
        if (result.Verdict == Verdict.Fail || result.Problems.Count > 0)
            Message(writer, "buildProblem", ("description", $"QualityGate: {verdict}"), ("identity", ProblemIdentity));
        Message(writer, "buildStatus", ("text", $"{{build.status.text}}; QualityGate: {verdict}"));
    }

    private static void Message(TextWriter writer, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        writer.Write($"##teamcity[{name}");
        foreach ((string attribute, string value) in attributes)
            writer.Write($" {attribute}='{Escape(value)}'");
        writer.Write("]\n");
    }

    private static string Escape(string text)
    {
        StringBuilder escaped = new();
        foreach (char c in PlainText.OneLine(text))
        {
            if (c is '|' or '\'' or '[' or ']')
                escaped.Append('|').Append(c);
            else if (char.IsAscii(c))
                escaped.Append(c);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"|0x{(int)c:x4}");
        }

        return escaped.ToString();
    }
}
