using System.Xml.Linq;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tests.Reports;

public sealed class ClassReportTests
{
    [Theory]
    [InlineData("console")]
    [InlineData("markdown")]
    public void Many_classes_are_shown_as_approved(string format) => Snapshots.Match(ReportTests.Render(Many(60), format), $"many.{format}");

    [Fact]
    public void A_few_classes_are_all_shown_in_their_order()
    {
        string[] lines = ReportTests.Render(Many(20), "console").Split('\n');
        int first = Array.FindIndex(lines, l => l.StartsWith("class ", StringComparison.Ordinal));
        Assert.Equal([.. Enumerable.Range(10, 20).Select(i => $"c{i}")], lines.Skip(first + 1).Take(20).Select(l => l.Split(' ')[0]));
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    public void Columns_that_do_not_fit_stand_below(int width)
    {
        var writer = new StringWriter();
        new ConsoleReport(new ConsoleStyle(UseColor: false, width)).Write(Wide(), writer);
        string[] lines = writer.ToString().Split('\n');
        Assert.All(lines, l => Assert.InRange(l.Length, 0, width));
        Assert.All(Enumerable.Range(0, 12), i => Assert.Contains(lines, l => l.Contains($"metric_number_{i}", StringComparison.Ordinal)));
    }

    [Fact]
    public void Junit_has_a_case_for_each_class()
    {
        XElement suite = XDocument.Parse(ReportTests.Render(Many(3), "junit")).Descendants("testsuite").Single();
        Assert.Equal(
            ["measured", "coverage min (class c10) 0.3", "coverage min (class c11) 0.3", "coverage min (class c12) 0.3"],
            suite.Elements("testcase").Select(c => c.Attribute("name")!.Value));
    }

    [Fact]
    public void Results_of_classes_come_back()
    {
        RunResult run = Many(60);
        foreach (string format in ReportFormats.Names)
            Assert.Equal(ReportTests.Render(run, format), ReportTests.Render(Read(run), format));
        Assert.Equal(run.Gates, Read(run).Gates);
    }

    [Fact]
    public void Ten_thousand_classes_fit_into_a_result_that_is_read()
    {
        RunResult run = Many(3);
        run = run with { Classes = [.. Enumerable.Range(0, 10_000).Select(i => run.Classes[0] with { Name = $"class {i}" })] };
        Assert.Equal(10_000, Read(run).Classes.Count);
    }

    private static RunResult Read(RunResult run) => ResultReader.Parse(System.Text.Encoding.UTF8.GetBytes(ReportTests.Render(run, "json")), "r.json");

    private static RunResult Many(int count)
    {
        ClassReport[] classes = [.. Enumerable.Range(0, count).Select(i => Class(
            $"c{i + 10}", ("coverage", (i % 29 / 29.0) + 0.25), ("fid", i == 7 ? null : i)))];
        GateLimit limit = new("coverage", GateRule.Min, 0.3, IsRelative: false, GateLevel.Error, null) { Scope = GateScope.EachClass };
        IReadOnlyList<GateResult> gates = GateJudge.Judge(
            [limit],
            new Dictionary<string, MetricValue>(),
            null,
            [.. classes.Select(c => new ClassValues(c.Name, c.Metrics.ToDictionary(m => m.Value.Name, m => m.Value), null))]);
        return ExampleRuns.Measured() with { Classes = classes, Gates = gates, Verdict = GateJudge.Overall(gates, OnInconclusive.Warn) };
    }

    private static RunResult Wide() => ExampleRuns.Measured() with
    {
        Reference = new SetInfo("r", 1, "sha256:00", 0),
        Classes = [Class("boot", [.. Enumerable.Range(0, 12).Select(i => ($"metric_number_{i}", (double?)i))])],
    };

    private static ClassReport Class(string name, params (string Name, double? Value)[] metrics) => new(name, 40, 41, [.. metrics.Select(m => new MetricReport(
        new MetricValue
        {
            Name = m.Name,
            Value = m.Value,
            Error = m.Value is null ? "needs 2 images" : null,
            Direction = m.Name == "fid" ? MetricDirection.Lower : MetricDirection.Higher,
            Convention = "prdc",
        },
        null))]);
}
