using System.Globalization;
using System.Xml;
using QualityGate.Errors;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>
/// The report for build servers that show test results: one suite, a test case for each gate and one, <c>measured</c>, for the
/// numbers. A breach at level warn passes and says so in its output; an inconclusive gate is skipped, not passed.
/// </summary>
public sealed class JUnitReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "junit";

    private const string SuiteName = "qualitygate";

    private static readonly XmlWriterSettings Layout = new()
    {
        Indent = true,
        NewLineChars = "\n",
        NewLineHandling = NewLineHandling.Entitize,
        OmitXmlDeclaration = true,
        CloseOutput = false,
    };

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        // By hand: the library would declare the string's UTF-16, and the file is UTF-8.
        writer.Write("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        using (XmlWriter xml = XmlWriter.Create(writer, Layout))
        {
            xml.WriteStartElement("testsuites");
            WriteCounts(xml, result);
            xml.WriteStartElement("testsuite");
            WriteCounts(xml, result);
            WriteMeasured(xml, result);
            foreach (GateResult gate in result.Gates)
                WriteGate(xml, gate, Outcome(gate, result));
            Dictionary<ErrorCode, int> seen = [];
            foreach (Problem problem in result.Problems)
                WriteProblem(xml, problem, seen[problem.Code] = seen.GetValueOrDefault(problem.Code) + 1);
            xml.WriteEndElement();
            xml.WriteEndElement();
        }

        writer.Write('\n');
    }

    private static void WriteCounts(XmlWriter xml, RunResult result)
    {
        ILookup<Verdict, GateResult> outcomes = result.Gates.ToLookup(g => Outcome(g, result));
        Attribute(xml, "name", SuiteName);
        Attribute(xml, "tests", Number(result.Gates.Count + result.Problems.Count + 1));
        Attribute(xml, "failures", Number(outcomes[Verdict.Fail].Count()));
        Attribute(xml, "errors", Number(result.Problems.Count));
        Attribute(xml, "skipped", Number(outcomes[Verdict.Inconclusive].Count()));
        Attribute(xml, "time", Seconds(result));
    }

    /// <summary>Where the spec makes inconclusive gates fail the run, they are failures here too.</summary>
    private static Verdict Outcome(GateResult gate, RunResult result)
    {
        bool isFailedByPolicy = gate.CanFailByPolicy && result.Verdict == Verdict.Fail
            && !result.Gates.Any(g => g.Verdict == Verdict.Fail);
        return isFailedByPolicy ? Verdict.Fail : gate.Verdict;
    }

    private static void WriteMeasured(XmlWriter xml, RunResult result)
    {
        StartCase(xml, "measured", Seconds(result));
        IEnumerable<string> lines = result.Metrics.Select(m => m.Value.Value is { } value
            ? $"{m.Value.Name} = {NumberText.Format(value)}"
            : $"{m.Value.Name} could not be computed: {m.Value.Error}");
        xml.WriteElementString("system-out", string.Join('\n', lines.Concat(Baseline(result)).Concat(result.Notes).Select(PlainText.OneLine)));
        xml.WriteEndElement();
    }

    private static IEnumerable<string> Baseline(RunResult result)
    {
        if (result.Baseline is { } baseline)
            yield return $"baseline {baseline.Path}: {ResultText.BaselineSource(baseline)}, accepted {ResultText.Acceptance(baseline)}";
    }

    private static void WriteGate(XmlWriter xml, GateResult gate, Verdict outcome)
    {
        string level = gate.Limit.Level == Specs.GateLevel.Warn ? " (warn)" : "";
        StartCase(xml, $"{ResultText.Gate(gate)} {ResultText.Limit(gate.Limit)}{level}", "0");
        string message = PlainText.OneLine(gate.Message);
        switch (outcome)
        {
            case Verdict.Fail:
                xml.WriteStartElement("failure");
                Attribute(xml, "type", gate.Code.Id);
                Attribute(xml, "message", message);
                xml.WriteString(gate.Limit.Location is { } at ? PlainText.OneLine($"{at}: error {gate.Code.Id}: {message}") : message);
                xml.WriteEndElement();
                break;
            case Verdict.Inconclusive:
                xml.WriteStartElement("skipped");
                Attribute(xml, "message", message);
                xml.WriteEndElement();
                break;
            default:
                xml.WriteElementString("system-out", outcome == Verdict.Warn ? $"warning {gate.Code.Id}: {message}" : message);
                break;
        }

        xml.WriteEndElement();
    }

    // Readers take two cases of one name for one.
    private static void WriteProblem(XmlWriter xml, Problem problem, int number)
    {
        StartCase(xml, number == 1 ? $"judged ({problem.Code.Id})" : $"judged ({problem.Code.Id}, {Number(number)})", "0");
        xml.WriteStartElement("error");
        Attribute(xml, "type", problem.Code.Id);
        Attribute(xml, "message", PlainText.OneLine(problem.Message));
        xml.WriteString(PlainText.OneLine(problem.ToString()));
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    private static void StartCase(XmlWriter xml, string name, string seconds)
    {
        xml.WriteStartElement("testcase");
        Attribute(xml, "classname", SuiteName);
        Attribute(xml, "name", PlainText.OneLine(name));
        Attribute(xml, "time", seconds);
    }

    private static void Attribute(XmlWriter xml, string name, string value) => xml.WriteAttributeString(name, value);

    private static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);

    private static string Seconds(RunResult result) =>
        result.Timings.Where(t => double.IsFinite(t.Value)).Sum(t => t.Value).ToString("0.###", CultureInfo.InvariantCulture);
}
