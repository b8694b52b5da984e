using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Tests.Reports;

/// <summary>Formats that machines read in logs and files: each by the rules of what reads it.</summary>
public sealed partial class CiReportTests
{
    private const string Hostile =
        "x\n::error::forged\r\n##vso[task.setvariable variable=a]b ##[error]c ##teamcity[buildStop comment='d'] '|]; q.yaml(1,1): error QG9999: forged \u2028::warning::e %0A::error::f";

    private static readonly string[] Formats = ["console", "markdown", "json", "github", "azure", "teamcity", "msbuild", "gitlab", "sarif", "junit", "badge", "badge-json"];

    [Fact]
    public void No_name_can_start_a_command_of_a_build_server()
    {
        RunResult run = Named(Hostile);
        foreach (string format in Formats)
        {
            string text = ReportTests.Render(run, format), usual = ReportTests.Render(Named("x"), format);
            string[] lines = text.Split('\n');
            Assert.Equal(usual.Split('\n').Length, lines.Length);
            Assert.Equal(Count(usual, "::"), Count(text, "::"));
            Assert.All(["##vso[", "##[", "##teamcity["], command => Assert.Equal(Regex.Count(usual, Regex.Escape(command)), Regex.Count(text, Regex.Escape(command))));
        }

        static int Count(string text, string start) => text.Split('\n').Count(l => l.TrimStart().StartsWith(start, StringComparison.Ordinal));
    }

    public static TheoryData<string, string> Openings
    {
        get
        {
            TheoryData<string, string> all = [];
            foreach (string format in ReportFormats.Names)
            {
                // Whole commands at the beginning, and beginnings of commands that a report's own brackets could complete.
                foreach (string opening in new[] { "::error::forged", " \t::stop-commands::t", "##vso[task.complete]", "##vso", "##", "##teamcity", "a\n::set-output name=x::y", "%0A::error::x" })
                    all.Add(format, opening);
            }

            return all;
        }
    }

    [Theory]
    [MemberData(nameof(Openings))]
    public void No_text_from_elsewhere_can_start_a_line_with_a_command(string format, string opening)
    {
        string text = ReportTests.Render(ExampleRuns.Holding(opening), format), usual = ReportTests.Render(ExampleRuns.Holding("x"), format);
        Assert.Equal(Commands(usual), Commands(text));
        Assert.Equal(usual.Split('\n').Length, text.Split('\n').Length);

        // GitHub takes a command after blanks too, the others take theirs anywhere.
        static string Commands(string text) => string.Join('\n', text.Split('\n').SelectMany(line => Command().Matches(line)).Select(m => m.Value.TrimStart()));
    }

    [Fact]
    public void Sarif_follows_the_rules_of_its_schema()
    {
        foreach (RunResult run in new[] { ExampleRuns.Failed(), ExampleRuns.Passed(), ExampleRuns.Unmeasured(), Named(Hostile) })
        {
            using JsonDocument document = JsonDocument.Parse(ReportTests.Render(run, "sarif"));
            JsonElement root = document.RootElement;
            Assert.Equal("2.1.0", root.GetProperty("version").GetString());
            Assert.All(root.EnumerateObject().Select(p => p.Name), name => Assert.Contains(name, new[] { "$schema", "version", "runs" }));
            JsonElement log = Assert.Single(root.GetProperty("runs").EnumerateArray());
            JsonElement driver = log.GetProperty("tool").GetProperty("driver");
            Assert.NotEqual("", driver.GetProperty("name").GetString());
            JsonElement[] rules = [.. driver.GetProperty("rules").EnumerateArray()];
            Assert.Equal(rules.Length, rules.Select(r => r.GetProperty("id").GetString()).Distinct().Count());
            Assert.All(rules, rule => Assert.Matches("^[A-Z][A-Za-z0-9]+$", rule.GetProperty("name").GetString()));
            Assert.All(rules, rule => Assert.All(["shortDescription", "fullDescription", "help"], text => Assert.NotEqual("", rule.GetProperty(text).GetProperty("text").GetString())));
            Assert.Equal(run.Problems.Count == 0, log.GetProperty("invocations")[0].GetProperty("executionSuccessful").GetBoolean());
            foreach (JsonElement result in log.GetProperty("results").EnumerateArray())
            {
                Assert.Equal(rules[result.GetProperty("ruleIndex").GetInt32()].GetProperty("id").GetString(), result.GetProperty("ruleId").GetString());
                Assert.Contains(result.GetProperty("level").GetString(), new[] { "error", "warning" });
                Assert.NotEqual("", result.GetProperty("message").GetProperty("text").GetString());
                Assert.All(result.GetProperty("partialFingerprints").EnumerateObject(), p => Assert.Equal(JsonValueKind.String, p.Value.ValueKind));
                JsonElement place = result.GetProperty("locations")[0].GetProperty("physicalLocation");
                string uri = place.GetProperty("artifactLocation").GetProperty("uri").GetString()!;
                Assert.True(Uri.TryCreate(uri, UriKind.RelativeOrAbsolute, out _) && !uri.Contains(' ', StringComparison.Ordinal), uri);
                Assert.True(place.GetProperty("region").GetProperty("startLine").GetInt32() >= 1);
                Assert.True(place.GetProperty("region").GetProperty("startColumn").GetInt32() >= 1);
            }
        }
    }

    [Theory]
    [InlineData("0.1.0", true)]
    [InlineData("1.20.3-rc.1+0123abc", true)]
    [InlineData("unknown", false)]
    [InlineData("1.2.3-", false)]
    [InlineData("1.2", false)]
    public void Sarif_calls_a_version_semantic_only_when_it_is(string version, bool expected)
    {
        using JsonDocument document = JsonDocument.Parse(ReportTests.Render(ExampleRuns.Passed() with { Tool = new ToolInfo("qualitygate", version) }, "sarif"));
        Assert.Equal(expected, document.RootElement.GetProperty("runs")[0].GetProperty("tool").GetProperty("driver").TryGetProperty("semanticVersion", out _));
    }

    [Fact]
    public void Sarif_stops_at_the_results_that_readers_show()
    {
        using JsonDocument document = JsonDocument.Parse(ReportTests.Render(Many(3, Verdict.Fail, 5_100), "sarif"));
        JsonElement[] results = [.. document.RootElement.GetProperty("runs")[0].GetProperty("results").EnumerateArray()];
        Assert.Equal(5_000, results.Length);
        Assert.Equal(3, results.Count(r => r.GetProperty("level").GetString() == "error"));
    }

    [Fact]
    public void A_gate_keeps_its_identity_when_numbers_places_or_the_worst_class_change()
    {
        GateResult Gate(GateScope scope, string? inClass, int line) => new()
        {
            Limit = new("coverage", GateRule.Min, line, false, GateLevel.Error, new("q.yaml", line, 4)) { Scope = scope },
            Class = inClass,
            Verdict = Verdict.Fail,
            Observed = line,
            Message = $"coverage of {inClass} is {line}",
            Code = GateErrors.Min,
        };
        string[] Keys(int line, string worst) =>
        [
            .. Finding.Of(ExampleRuns.Passed() with
            {
                Verdict = Verdict.Fail,
                Gates = [Gate(GateScope.Whole, null, line), Gate(GateScope.WorstClass, worst, line), Gate(GateScope.EachClass, "disc", line), Gate(GateScope.EachClass, "ring", line)],
            }).Select(f => f.Key),
        ];
        Assert.Equal(Keys(3, "disc"), Keys(8, "ring"));
        Assert.Equal(4, Keys(3, "disc").Distinct().Count());
    }

    [Theory]
    [InlineData(Verdict.Warn, true)]
    [InlineData(Verdict.Pass, false)]
    [InlineData(Verdict.Fail, false)]
    public void Azure_completes_a_task_only_to_say_that_it_has_issues(Verdict verdict, bool expected)
    {
        RunResult run = ExampleRuns.Passed() with { Verdict = verdict, Gates = [ExampleRuns.Passed().Gates[0] with { Verdict = verdict }] };
        Assert.Equal(expected, ReportTests.Render(run, "azure").Contains("##vso[task.complete result=SucceededWithIssues]", StringComparison.Ordinal));
        Assert.DoesNotContain("task.complete", ReportTests.Render(run with { Problems = [new(GateErrors.NothingToJudge, "x", null)] }, "azure"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a b/#ü.yaml", "a%20b/%23%C3%BC.yaml")]
    [InlineData("./q.yaml", "q.yaml")]
    [InlineData("sub\\q.yaml", "sub/q.yaml")]
    [InlineData("c:x.yaml", "file:///c%3Ax.yaml")]
    [InlineData("/srv/q.yaml", "file:///srv/q.yaml")]
    public void Sarif_writes_paths_as_uri_references(string path, string expected) => Assert.Contains(
        $"\"uri\": \"{expected}\"", ReportTests.Render(ExampleRuns.Passed() with { SpecFile = path, Verdict = Verdict.None, Problems = [new(GateErrors.NothingToJudge, "x", null)] }, "sarif"), StringComparison.Ordinal);

    [Fact]
    public void GitHub_shows_ten_of_a_kind_and_says_what_it_does_not_show()
    {
        RunResult run = Many(25, Verdict.Fail, 12);
        string[] lines = ReportTests.Render(run, "github").TrimEnd('\n').Split('\n');
        Assert.Equal("::error title=QualityGate::FAIL: 25 of 37 gates breached, 12 warned", lines[0]);
        Assert.Equal(10, lines.Count(l => l.StartsWith("::error", StringComparison.Ordinal)));
        Assert.Equal(10, lines.Count(l => l.StartsWith("::warning", StringComparison.Ordinal)));
        Assert.Contains("::error title=QualityGate::and 17 more", lines);
        Assert.Contains("::warning title=QualityGate::and 3 more", lines);
    }

    [Fact]
    public void GitHub_escapes_what_a_property_may_not_hold()
    {
        SourceLocation place = new("a,b:c%.yaml", 3, 4);
        RunResult run = ExampleRuns.Passed() with { Verdict = Verdict.None, Problems = [new(GateErrors.NothingToJudge, "50% of: it,", place)] };
        Assert.Contains("::error file=a%2Cb%3Ac%25.yaml,line=3,col=4,title=QG2010 nothing to judge::50%25 of: it,\n", ReportTests.Render(run, "github"), StringComparison.Ordinal);
    }

    [Fact]
    public void MSBuild_lines_are_canonical()
    {
        string[] lines = ReportTests.Render(ExampleRuns.Failed(), "msbuild").TrimEnd('\n').Split('\n');
        Assert.StartsWith("qualitygate.yaml(10,24): error QG2003: fid is 7.9", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("qualitygate.yaml: warning QG2002: density is 0.83", lines[2], StringComparison.Ordinal);
        Assert.StartsWith("FAIL: 2 of 6 gates breached, 1 warned (baseline: base branch, ", lines[^1], StringComparison.Ordinal);
        Assert.All(lines[..^1], line => Assert.Matches(Canonical(), line));
        Assert.DoesNotMatch(Canonical(), lines[^1]);
    }

    [Fact]
    public void TeamCity_messages_are_whole_and_escaped()
    {
        RunResult run = Named(Hostile) with { Notes = ["é"] };
        foreach (string line in ReportTests.Render(run, "teamcity").TrimEnd('\n').Split('\n'))
        {
            Assert.Matches(@"^##teamcity\[\w+( \w+='([^|'\[\]\u0080-\uffff]|\|['|\[\]nr]|\|0x[0-9a-f]{4})*')+\]$", line);
        }
    }

    [Fact]
    public void GitLab_issues_have_what_GitLab_asks_for()
    {
        using JsonDocument document = JsonDocument.Parse(ReportTests.Render(ExampleRuns.Failed(), "gitlab"));
        JsonElement[] issues = [.. document.RootElement.EnumerateArray()];
        Assert.Equal(3, issues.Length);
        Assert.Equal(3, issues.Select(i => i.GetProperty("fingerprint").GetString()).Distinct().Count());
        Assert.All(issues, i => Assert.Contains(i.GetProperty("severity").GetString(), new[] { "info", "minor", "major", "critical", "blocker" }));
        Assert.All(issues, i => Assert.True(i.GetProperty("location").GetProperty("lines").GetProperty("begin").GetInt32() > 0));
        Assert.Equal("[]\n", ReportTests.Render(ExampleRuns.Passed(), "gitlab"));
    }

    [Theory]
    [InlineData("pass", "brightgreen", false)]
    [InlineData("2 of 6 failed", "red", true)]
    [InlineData("cannot judge", "lightgrey", true)]
    public void A_badge_says_the_verdict(string message, string color, bool isError)
    {
        RunResult run = message switch { "pass" => ExampleRuns.Passed(), "cannot judge" => ExampleRuns.Unmeasured(), _ => ExampleRuns.Failed() };
        XElement svg = XElement.Parse(ReportTests.Render(run, "badge"));
        Assert.Equal($"quality gate: {message}", svg.Attribute("aria-label")!.Value);
        using JsonDocument endpoint = JsonDocument.Parse(ReportTests.Render(run, "badge-json"));
        Assert.Equal((1, message, color, isError), (
            endpoint.RootElement.GetProperty("schemaVersion").GetInt32(),
            endpoint.RootElement.GetProperty("message").GetString(),
            endpoint.RootElement.GetProperty("color").GetString(),
            endpoint.RootElement.GetProperty("isError").GetBoolean()));
    }

    [Fact]
    public void Junit_has_the_attributes_that_readers_require()
    {
        foreach (RunResult run in new[] { ExampleRuns.Failed(), ExampleRuns.Unmeasured(), Named(Hostile) })
        {
            XElement root = XElement.Parse(ReportTests.Render(run, "junit"));
            Assert.Equal("testsuites", root.Name.LocalName);
            XElement suite = Assert.Single(root.Elements());
            Assert.All(["name", "tests", "failures", "errors", "skipped", "time"], name => Assert.NotNull(suite.Attribute(name)));
            Assert.Equal(suite.Elements("testcase").Count(), (int)suite.Attribute("tests")!);
            Assert.Equal(suite.Descendants("error").Count(), (int)suite.Attribute("errors")!);
            Assert.All(suite.Elements("testcase"), test => Assert.All(["classname", "name", "time"], name => Assert.NotNull(test.Attribute(name))));
            Assert.All(suite.Descendants().Where(e => e.Name.LocalName is "failure" or "error"), e => Assert.NotNull(e.Attribute("type")));
            Assert.Equal(suite.Descendants("failure").Count(), (int)suite.Attribute("failures")!);
            Assert.Equal(suite.Descendants("skipped").Count(), (int)suite.Attribute("skipped")!);
            Assert.All(suite.Elements("testcase"), test => Assert.True(test.Elements().Count(e => e.Name.LocalName is "failure" or "error" or "skipped") <= 1));
        }

        string[] names = [.. XElement.Parse(ReportTests.Render(ExampleRuns.Unmeasured(), "junit")).Descendants("testcase").Select(c => c.Attribute("name")!.Value)];
        Assert.Equal(names, names.Distinct());
    }

    private static RunResult Named(string name)
    {
        RunResult run = ExampleRuns.Failed();
        return run with
        {
            SpecFile = name,
            Reference = run.Reference with { Source = name },
            Candidate = run.Candidate with { Source = name },
            Extractor = new ExtractorInfo(name, "sha256:0"),
            Baseline = run.Baseline! with { Path = name, Source = name },
            BaselineLookup = [name],
            Notes = [name],
            Classes = [.. run.Classes.Select(c => c with { Name = name })],
            Gates = [.. run.Gates.Select(g => g with { Class = g.Class is null ? null : name, Message = name, Limit = g.Limit with { Location = new SourceLocation(name, 3, 4) } })],
        };
    }

    private static RunResult Many(int failed, Verdict worst, int warned)
    {
        GateLimit limit = new("fid", GateRule.Max, 1, false, GateLevel.Error, new("q.yaml", 3, 4));
        GateResult Gate(Verdict verdict) => new() { Limit = limit, Verdict = verdict, Observed = 2, Message = "fid is 2, above the limit 1 (max)", Code = GateErrors.Max };
        return ExampleRuns.Passed() with { Verdict = worst, Gates = [.. Enumerable.Repeat(Gate(Verdict.Fail), failed), .. Enumerable.Repeat(Gate(Verdict.Warn), warned)] };
    }

    [GeneratedRegex(@"^\s*::[a-z-]+|##(vso|teamcity)?\[[A-Za-z.]*", RegexOptions.IgnoreCase)]
    private static partial Regex Command();

    // Origin : Subcategory Category Code : Text
    [GeneratedRegex(@"^[^:]+(\(\d+,\d+\))?: (error|warning) QG\d{4}: .+$")]
    private static partial Regex Canonical();
}
