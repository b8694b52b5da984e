using System.Text;
using System.Text.Json;
using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Reports;

namespace QualityGate.Tests.Reports;

public sealed class BlameReportTests
{
    private const string Hostile = "a|b`](http://evil.example)<img src=x>@someone\n## \u001b[31m.png";

    [Fact]
    public void A_result_with_blame_comes_back_as_it_was()
    {
        RunResult run = Blamed("x.png"), read = ResultReader.Parse(Encoding.UTF8.GetBytes(ReportTests.Render(run, "json")), "result.json");
        Assert.Equal(JsonSerializer.Serialize(run.Blame), JsonSerializer.Serialize(read.Blame));
        Assert.Equal(JsonSerializer.Serialize(run.Uncovered), JsonSerializer.Serialize(read.Uncovered));
        foreach (string format in ReportFormats.Names)
            Assert.Equal(ReportTests.Render(run, format), ReportTests.Render(read, format));
        foreach (string format in ExplanationReport.Formats)
            Assert.Equal(Explained(run, format), Explained(read, format));
    }

    [Theory]
    [InlineData("markdown")]
    [InlineData("console")]
    public void A_report_of_a_failed_gate_names_the_images(string format)
    {
        string text = ReportTests.Render(Blamed("x.png"), format);
        Assert.Contains("reference/", text.Replace("data/real/", "reference/", StringComparison.Ordinal), StringComparison.Ordinal);
        Assert.Contains("x.png", text, StringComparison.Ordinal);
        Assert.Contains("31 of 50 boot", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Hostile_names_are_only_text()
    {
        RunResult run = Blamed(Hostile);
        foreach (string text in new[] { ReportTests.Render(run, "markdown"), Explained(run, "markdown"), PullRequestComment.Render(run, new CommentContext()) })
        {
            Assert.DoesNotContain("<img", text, StringComparison.Ordinal);
            Assert.DoesNotContain("](http", text, StringComparison.Ordinal);
            Assert.DoesNotContain("@someone", text.Replace("&#64;", "", StringComparison.Ordinal), StringComparison.Ordinal);
            Assert.DoesNotContain('\u001b', text);
        }

        foreach (string text in new[] { ReportTests.Render(run, "console"), Explained(run, "console") })
        {
            Assert.DoesNotContain('\u001b', text);
            Assert.DoesNotContain("\n## ", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_comment_without_room_drops_blame_before_the_metrics()
    {
        RunResult run = Blamed(new string('x', 150));
        string whole = PullRequestComment.Render(run, new CommentContext());
        Assert.Contains("Who is to blame", whole, StringComparison.Ordinal);
        int metrics = Encoding.UTF8.GetByteCount(ReportTests.Render(run with { Blame = [], Uncovered = null }, "markdown"));
        string small = PullRequestComment.Render(run, new CommentContext(), Encoding.UTF8.GetByteCount(whole) - 2000);
        Assert.Contains("All metrics", small, StringComparison.Ordinal);
        Assert.True(metrics > 0 && Encoding.UTF8.GetByteCount(small) < Encoding.UTF8.GetByteCount(whole));
    }

    [Theory]
    [InlineData("\"images\": [\n", "images")]
    [InlineData("\"modes\": [", "modes")]
    [InlineData("\"classes\": [\n      {", "classes")]
    public void Lists_longer_than_a_run_writes_are_refused(string list, string name)
    {
        string text = ReportTests.Render(Blamed("x.png"), "json");
        int start = text.LastIndexOf(list, StringComparison.Ordinal), open = text.IndexOf('{', start), close = text.IndexOf('}', open) + 1;
        string item = text[open..close];
        text = text[..open] + string.Join(',', Enumerable.Repeat(item, 30)) + text[close..];
        UserErrorException error = Assert.Throws<UserErrorException>(() => ResultReader.Parse(Encoding.UTF8.GetBytes(text), "result.json"));
        Assert.Contains(name, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_metric_that_nobody_blames_anyone_for_cannot_be_explained() =>
        Assert.Equal("QG1021", Assert.Throws<UserErrorException>(() => Explanation.Of(Blamed("x.png"), ["fidd"], 5)).Code.Id);

    [Fact]
    public void When_all_is_well_an_explanation_says_so()
    {
        using StringWriter writer = new();
        ExplanationReport.Write(Explanation.Of(ExampleRuns.Passed() with { Blame = Blamed("x.png").Blame }, [], 5), "console", writer);
        Assert.Contains("No gate failed", writer.ToString(), StringComparison.Ordinal);
    }

    private static string Explained(RunResult run, string format)
    {
        using StringWriter writer = new();
        ExplanationReport.Write(Explanation.Of(run, [], 5), format, writer);
        return writer.ToString();
    }

    private static RunResult Blamed(string id) => ExampleRuns.Failed() with
    {
        Blame =
        [
            new Blame("fid", MetricDirection.Lower, BlamedSide.None, new BlamedSide(2, 0.5, [new BlamedImage(7, id, 0.3, 0.6) { IsNew = true }, new BlamedImage(9, null, 0.2, 0.4)])),
            new Blame("coverage", MetricDirection.Higher, new BlamedSide(1, -0.1, [new BlamedImage(3, id, -0.1, 1)]), BlamedSide.None),
        ],
        Uncovered = new UncoveredModes(
            31, 500, [new UncoveredMode(31, 0.062, 3, id) { Class = "boot", OfClass = 31, Examples = ["e.png"] }], [new UncoveredClass("boot", 31, 50)]),
    };
}
