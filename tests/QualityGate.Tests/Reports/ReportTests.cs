using System.Text;
using System.Xml.Linq;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Reports.Html;

namespace QualityGate.Tests.Reports;

public sealed class ReportTests
{
    private const string Hostile =
        "a|b`c`<img src=x onerror=alert(1)></code></details> @octocat #1 [l](javascript:x) ![i](http://e.org/p.png) https://e.org www.e.org **b** _i_ ~~s~~ \\ &amp; \" ' \e[31m \r\n\r\n# heading\u202Egnp.exe\u0000\uD800\uFFFE <!-- ]]> ::error::x ##vso[task.setvariable variable=a]b ##[add-matcher]c ##teamcity[buildStop]";

    public static TheoryData<string> Formats => [.. ReportFormats.Names];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_failed_run_is_shown_as_approved(string format) =>
        Snapshots.Match(Shown(ExampleRuns.Failed(), format), $"failed.{format}");

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_passed_run_is_shown_as_approved(string format) =>
        Snapshots.Match(Shown(ExampleRuns.Passed(), format), $"passed.{format}");

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_measured_run_is_shown_as_approved(string format) =>
        Snapshots.Match(Shown(ExampleRuns.Measured(), format), $"measured.{format}");

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_run_with_problems_is_shown_as_approved(string format) =>
        Snapshots.Match(Shown(ExampleRuns.Unmeasured(), format), $"unmeasured.{format}");

    [Theory]
    [MemberData(nameof(Formats))]
    public void The_same_run_gives_the_same_text(string format) =>
        Assert.Equal(Render(ExampleRuns.Failed(), format), Render(ExampleRuns.Failed(), format));

    [Theory]
    [MemberData(nameof(Formats))]
    public void Lines_end_with_a_line_feed_on_every_system(string format)
    {
        string text = Render(ExampleRuns.Failed(), format);
        Assert.DoesNotContain('\r', text);
        Assert.EndsWith("\n", text, StringComparison.Ordinal);
        Assert.False(text.EndsWith("\n\n", StringComparison.Ordinal));
    }

    [Fact]
    public void An_unknown_format_names_the_nearest()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ReportFormats.Create("jnuit"));
        Assert.Equal("unknown report format `jnuit`; did you mean `junit`?", error.Message);
    }

    [Theory]
    [InlineData(Verdict.Inconclusive, "INCONCLUSIVE: 1 of 1 gate undecided")]
    [InlineData(Verdict.Pass, "PASS: 1 gate, 1 inconclusive")]
    [InlineData(Verdict.Fail, "FAIL: 1 of 1 gate inconclusive, which this spec counts as a failure")]
    public void The_last_line_says_what_the_policy_made_of_an_inconclusive_gate(Verdict overall, string expected) =>
        Assert.Equal(expected, Render(ExampleRuns.Inconclusive(overall), "console").Split('\n')[^2]);

    [Theory]
    [InlineData(40)]
    [InlineData(60)]
    [InlineData(80)]
    public void A_narrow_terminal_cuts_tables_to_its_width(int width)
    {
        var writer = new StringWriter();
        new ConsoleReport(new ConsoleStyle(UseColor: false, width)).Write(ExampleRuns.Failed(), writer);
        string[] lines = writer.ToString().Split('\n');
        Assert.All(lines.Where(l => !l.StartsWith("QG", StringComparison.Ordinal) && !l.StartsWith("note", StringComparison.Ordinal)
            && !l.StartsWith("    ", StringComparison.Ordinal) && !l.Contains("could not", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, width));
    }

    [Fact]
    public void Colours_are_written_only_when_asked_for()
    {
        var writer = new StringWriter();
        new ConsoleReport(new ConsoleStyle(UseColor: true, Width: 100)).Write(ExampleRuns.Failed(), writer);
        string colored = writer.ToString();
        Assert.Contains("\e[1;31mFAIL: 2 of 6 gates breached, 1 warned\e[0m", colored, StringComparison.Ordinal);
        string plain = System.Text.RegularExpressions.Regex.Replace(colored, "\e\\[[0-9;]+m", "");
        new ConsoleReport(new ConsoleStyle(UseColor: false, Width: 100)).Write(ExampleRuns.Failed(), writer = new StringWriter());
        Assert.Equal(Trimmed(writer.ToString()), Trimmed(plain));
        Assert.DoesNotContain('\e', writer.ToString());
    }

    [Fact]
    public void A_file_name_cannot_drive_the_terminal() =>
        Assert.DoesNotContain(Render(ExampleRuns.Holding(Hostile), "console"), c => char.IsControl(c) && c != '\n');

    [Fact]
    public void A_file_name_cannot_add_markup_to_the_markdown()
    {
        string written = Render(ExampleRuns.Holding(Hostile), "markdown");
        string text = System.Text.RegularExpressions.Regex.Replace(written, @"\\.", "");
        foreach (string markup in new[] { "<img", "</code></", "<!--", "@octocat", "://", "www.", "](", "**b", "~~", "\n# ", "[31m", "\u202E" })
            Assert.DoesNotContain(markup, text, StringComparison.Ordinal);
        Assert.Equal(3, text.Split("</details>").Length - 1);
        Assert.Equal(3, text.Split("<details>").Length - 1);
        Assert.Equal(Render(ExampleRuns.Holding("x"), "markdown").Split('\n').Length, text.Split('\n').Length);
        foreach (string row in text.Split('\n').Where(l => l.StartsWith('|')))
            Assert.Contains(row.Count(c => c == '|'), new[] { 4, 6, 7, 8 });
    }

    [Fact]
    public void Junit_is_well_formed_whatever_the_names_are()
    {
        XDocument document = XDocument.Parse(Render(ExampleRuns.Holding(Hostile), "junit"));
        Assert.Equal(7, document.Descendants("testcase").Count());
    }

    [Fact]
    public void Junit_counts_agree_with_its_cases()
    {
        XElement suite = XDocument.Parse(Render(ExampleRuns.Failed(), "junit")).Descendants("testsuite").Single();
        Assert.Equal(suite.Elements("testcase").Count(), (int)suite.Attribute("tests")!);
        Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!);
        Assert.Equal(["QG2003", "QG2002"], suite.Descendants("failure").Select(f => f.Attribute("type")!.Value));
        Assert.Equal(7, suite.Elements("testcase").Select(c => c.Attribute("name")!.Value).Distinct().Count());
    }

    [Theory]
    [InlineData(Verdict.Inconclusive, "skipped", 0)]
    [InlineData(Verdict.Fail, "failure", 1)]
    public void Junit_never_passes_an_inconclusive_gate_silently(Verdict overall, string element, int failures)
    {
        XElement suite = XDocument.Parse(Render(ExampleRuns.Inconclusive(overall), "junit")).Descendants("testsuite").Single();
        Assert.Single(suite.Descendants(element));
        Assert.Equal(failures, (int)suite.Attribute("failures")!);
    }

    [Fact]
    public void Texts_in_other_scripts_stay_readable()
    {
        RunResult run = ExampleRuns.Passed() with { Notes = ["\u00e9t\u00e9 \u753b\u50cf \U0001F600"] };
        Assert.All(["console", "markdown", "junit"], f => Assert.Contains("\u00e9t\u00e9 \u753b\u50cf \U0001F600", Render(run, f), StringComparison.Ordinal));
    }

    // What a page says, without the style and the scripts that every page has.
    private static string Shown(RunResult run, string format) =>
        format == HtmlReport.Name ? Html.PageParts.WithoutAssets(Render(run, format)) : Render(run, format);

    internal static string Render(RunResult run, string format)
    {
        var text = new StringBuilder();
        using var writer = new StringWriter(text);
        ReportFormats.Create(format).Write(run, writer);
        return text.ToString();
    }

    private static string Trimmed(string text) => string.Join('\n', text.Split('\n').Select(l => l.TrimEnd()));
}
