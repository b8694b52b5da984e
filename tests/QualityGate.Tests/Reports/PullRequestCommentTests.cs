using System.Text;
using System.Text.RegularExpressions;
using Markdig;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tests.Reports;

public sealed class PullRequestCommentTests
{
    private static readonly CommentContext Context = new()
    {
        Id = "qualitygate.yaml",
        RunUrl = new Uri("https://github.example/o/r/actions/runs/12"),
        ReportUrl = new Uri("https://github.example/o/r/actions/runs/12/artifacts/7"),
        Commit = "0123456789abcdef",
        Run = new RunOrder(12, 2),
    };

    [Fact]
    public void A_failed_run_is_shown_as_approved() =>
        Snapshots.Match(
            PullRequestComment.Render(ExampleRuns.Failed(), Context with { Sections = [new("Who is to blame", "- `a.png`", 60)] }), "failed");

    [Fact]
    public void A_passed_run_is_shown_as_approved() => Snapshots.Match(PullRequestComment.Render(ExampleRuns.Passed(), Context), "passed");

    [Fact]
    public void A_step_summary_has_no_marker() =>
        Assert.StartsWith("### ✅ QualityGate: PASS", PullRequestComment.Render(ExampleRuns.Passed(), new CommentContext()), StringComparison.Ordinal);

    [Fact]
    public void The_marker_names_the_spec_and_the_run_and_stands_first()
    {
        string text = PullRequestComment.Render(ExampleRuns.Failed(), Context);
        Assert.StartsWith(CommentMarker.Of("qualitygate.yaml") + "\n", text, StringComparison.Ordinal);
        Assert.Equal(new RunOrder(12, 2), CommentMarker.RunOf(text));
        Assert.NotEqual(CommentMarker.Of("a-b.yaml"), CommentMarker.Of("a_b.yaml"));
        Assert.DoesNotContain("--", CommentMarker.Of("x --> <b>")[4..^3], StringComparison.Ordinal);
        Assert.True(new RunOrder(12, 1) < new RunOrder(12, 2) && new RunOrder(13, 1) > new RunOrder(12, 2));
    }

    [Theory]
    [InlineData(200)]
    [InlineData(1_500)]
    [InlineData(3_000)]
    [InlineData(5_000)]
    [InlineData(60_000)]
    public void Whatever_the_room_the_headline_the_marker_and_the_link_stay(int limit)
    {
        RunResult run = ExampleRuns.Failed();
        string text = PullRequestComment.Render(run, Context, limit);
        Assert.Contains(CommentMarker.Of("qualitygate.yaml"), text, StringComparison.Ordinal);
        Assert.Contains("QualityGate: FAIL: 2 of 6 gates breached", text, StringComparison.Ordinal);
        Assert.Contains("](https://github.example/o/r/actions/runs/12)", text, StringComparison.Ordinal);
        Assert.True(limit < 1_000 || Encoding.UTF8.GetByteCount(text) <= limit, $"{Encoding.UTF8.GetByteCount(text)} bytes");
    }

    [Fact]
    public void The_least_important_section_goes_first_and_the_comment_says_so()
    {
        string whole = PullRequestComment.Render(ExampleRuns.Failed(), Context);
        string shorter = PullRequestComment.Render(ExampleRuns.Failed(), Context, Encoding.UTF8.GetByteCount(whole) + 390);
        Assert.Contains("<summary>Tables</summary>", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("<summary>Tables</summary>", shorter, StringComparison.Ordinal);
        Assert.Contains("<summary>All metrics</summary>", shorter, StringComparison.Ordinal);
        Assert.Contains("Left out, as it does not fit: Tables.", shorter, StringComparison.Ordinal);
    }

    [Fact]
    public void Ten_thousand_failed_classes_with_long_names_still_fit()
    {
        GateLimit limit = new("coverage", GateRule.Min, 0.9, false, GateLevel.Error, new("qualitygate.yaml", 3, 5)) { Scope = GateScope.EachClass };
        GateResult[] gates =
        [
            .. Enumerable.Range(0, 10_000).Select(i => new GateResult
            {
                Limit = limit,
                Class = $"{i} {new string('한', 190)}",
                Verdict = i < 5_000 ? Verdict.Fail : Verdict.Pass,
                Observed = 0.1,
                Message = $"coverage of class {new string('한', 190)} is 0.1, below the limit 0.9 (min)",
                Code = QualityGate.Errors.GateErrors.Min,
            }),
        ];
        string text = PullRequestComment.Render(ExampleRuns.Passed() with { Verdict = Verdict.Fail, Gates = gates }, Context);
        Assert.InRange(Encoding.UTF8.GetByteCount(text), 1_000, PullRequestComment.Limit);
        Assert.InRange(text.Length, 1_000, 65_535);
        Assert.Contains("FAIL: 5000 of 10000 gates breached", text, StringComparison.Ordinal);
        Assert.Contains("4970 more that did not pass, 5000 that did", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_cannot_bring_markup_mentions_or_markers_into_the_comment()
    {
        const string evil = "a|b\n\n<!-- qualitygate:x --> <img src=x onerror=1> @org/team #12 [x](https://evil.example) </details> `code` ![p](//e.example)";
        RunResult run = ExampleRuns.Failed();
        run = run with
        {
            SpecFile = evil,
            Reference = run.Reference with { Source = evil },
            Candidate = run.Candidate with { Source = evil },
            Extractor = new ExtractorInfo(evil, evil),
            Baseline = run.Baseline! with { Path = evil, Source = evil, Commit = evil },
            BaselineLookup = [evil],
            Notes = [evil],
            Classes = [.. run.Classes.Select(c => c with { Name = evil })],
            Gates = [.. run.Gates.Select(g => g with { Class = evil, Message = evil })],
            Tool = new ToolInfo(evil, evil),
        };
        string text = PullRequestComment.Render(run, Context with { Id = evil, Commit = evil });
        string page = Markdown.ToHtml(text, new MarkdownPipelineBuilder().UsePipeTables().UseAutoLinks().Build());

        // Read as HTML, only what the comment itself wrote is there: no picture, no foreign link, as many details as before.
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.All(Regex.Matches(page, "href=\"([^\"]*)\"").Select(m => m.Groups[1].Value), href => Assert.StartsWith("https://github.example/", href, StringComparison.Ordinal));
        Assert.DoesNotContain("<!-- qualitygate:x", page, StringComparison.Ordinal);

        // GitHub looks for no mentions inside code.
        string prose = Regex.Replace(page, "<code>.*?</code>", "");
        Assert.DoesNotContain("@org", prose, StringComparison.Ordinal);
        Assert.DoesNotContain("#12", prose, StringComparison.Ordinal);
        Assert.Equal(4, Regex.Count(page, "<details>"));
        Assert.Equal(4, Regex.Count(page, "</details>"));
        Assert.Equal(7, Regex.Count(page[..page.IndexOf("</table>", StringComparison.Ordinal)], "<tr>"));
    }

    [Fact]
    public void Only_web_links_are_shown()
    {
        string text = PullRequestComment.Render(ExampleRuns.Passed(), Context with { RunUrl = new Uri("javascript:alert(1)"), ReportUrl = new Uri("https://x.example/a)b(c d") });
        Assert.DoesNotContain("javascript", text, StringComparison.Ordinal);
        Assert.Contains("[whole report](https://x.example/a%29b%28c%20d)", text, StringComparison.Ordinal);
    }
}
