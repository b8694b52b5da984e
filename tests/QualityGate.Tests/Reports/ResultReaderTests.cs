using System.Text;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests.Reports;

public sealed class ResultReaderTests
{
    public static TheoryData<string> Formats => [.. ReportFormats.Names];

    [Theory]
    [MemberData(nameof(Formats))]
    public void A_saved_result_is_rendered_as_the_run_itself(string format)
    {
        foreach (RunResult run in new[] { ExampleRuns.Failed(), ExampleRuns.Passed(), ExampleRuns.Measured(), ExampleRuns.Inconclusive(Verdict.Fail) })
            Assert.Equal(ReportTests.Render(run, format), ReportTests.Render(RoundTrip(run), format));
    }

    [Fact]
    public void Every_field_comes_back()
    {
        RunResult run = ExampleRuns.Failed();
        RunResult read = RoundTrip(run);

        Assert.Equal(
            (run.SpecFile, run.Tool, run.Verdict, run.Reference, run.Candidate, run.Extractor, run.Baseline),
            (read.SpecFile, read.Tool, read.Verdict, read.Reference, read.Candidate, read.Extractor, read.Baseline));
        Assert.Equal(run.Gates, read.Gates);
        Assert.Equal(run.Notes, read.Notes);
        Assert.Equal(run.Timings, read.Timings);
        Assert.Equal(run.Metrics.Select(m => m.Baseline), read.Metrics.Select(m => m.Baseline));
        Assert.Equal(run.Metrics.Select(m => Plain(m.Value)), read.Metrics.Select(m => Plain(m.Value)));
        Assert.Equal(run.Classes.Select(c => (c.Name, c.ReferenceCount, c.CandidateCount)), read.Classes.Select(c => (c.Name, c.ReferenceCount, c.CandidateCount)));
        Assert.Equal(run.Classes.SelectMany(c => c.Metrics).Select(m => Plain(m.Value)), read.Classes.SelectMany(c => c.Metrics).Select(m => Plain(m.Value)));
        Assert.Equal(run.Tables.Select(t => (t.Name, t.Caption, t.IsShown)), read.Tables.Select(t => (t.Name, t.Caption, t.IsShown)));
        Assert.Equal(run.Tables.SelectMany(t => t.Columns.Concat(t.RowNames)), read.Tables.SelectMany(t => t.Columns.Concat(t.RowNames)));
        Assert.Equal(run.Tables.SelectMany(t => t.Rows).SelectMany(r => r), read.Tables.SelectMany(t => t.Rows).SelectMany(r => r));
        Assert.Equal(run.Metrics.SelectMany(m => m.Value.Parameters), read.Metrics.SelectMany(m => m.Value.Parameters));
    }

    [Theory]
    [InlineData(0.1)]
    [InlineData(1.0 / 3)]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(-1e-7)]
    public void Numbers_come_back_bit_for_bit(double value)
    {
        RunResult run = ExampleRuns.Measured();
        run = run with { Metrics = [run.Metrics[0] with { Value = run.Metrics[0].Value with { Value = value } }] };
        Assert.Equal(BitConverter.DoubleToInt64Bits(value), BitConverter.DoubleToInt64Bits(RoundTrip(run).Metrics[0].Value.Value!.Value));
    }

    [Fact]
    public void A_value_that_is_no_number_is_written_as_an_error()
    {
        RunResult run = ExampleRuns.Measured();
        run = run with { Metrics = [run.Metrics[0] with { Value = run.Metrics[0].Value with { Value = double.NaN }, Baseline = double.PositiveInfinity }] };
        string text = ReportTests.Render(run, "json");
        Assert.Contains("\"error\": \"the value is not a finite number\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", text, StringComparison.Ordinal);
        Assert.Null(RoundTrip(run).Metrics[0].Value.Value);
    }

    [Theory]
    [InlineData("\"verdict\": \"fail\"", "\"verdict\": \"maybe\"", "`verdict` must be one of none, pass, warn, inconclusive, fail")]
    [InlineData("\"verdict\": \"fail\",\n  \"spec\"", "\"verdict\": \"pass\",\n  \"spec\"", "`verdict` must be fail, since a gate failed")]
    [InlineData("qualitygate.result/1", "qualitygate.result/2", "`schema` must be `qualitygate.result/1`, the only one that this version reads")]
    [InlineData("\"count\": 500", "\"count\": -1", "`reference.count` must be a whole number of at least 0")]
    [InlineData("\"count\": 500", "\"count\": \"500\"", "`reference.count` must be a whole number of at least 0")]
    [InlineData("\"count\": 500,", "", "`reference.count` is missing")]
    [InlineData("\"count\": 500", "\"count\": 500, \"extra\": 1", "`reference.extra` is not part of qualitygate.result/1")]
    [InlineData("\"value\": 7.9", "\"value\": 1e999", "`metrics.fid.value` must be a finite number")]
    [InlineData("7.29,", "9.29,", "`metrics.fid.interval` must be two numbers, the lower first")]
    [InlineData("8.51", "null", "`metrics.fid.interval` must be a list of 2 finite numbers")]
    [InlineData("8.51", "8.51, 9", "`metrics.fid.interval` must be a list of 2 numbers")]
    [InlineData("\"code\": \"QG2001\"", "\"code\": \"QG2002\"", "`gates[0].code` must be one of QG2001")]
    [InlineData("\"relative\": true", "\"relative\": 1", "`gates[1].relative` must be true or false")]
    [InlineData("\"created\": \"2026-01-31T12:30:00Z\"", "\"created\": \"yesterday\"", "`baseline.created` must be a time such as 2026-01-31T12:00:00Z")]
    [InlineData("\"gates\": [", "\"gates\": [ 5,", "`gates[0]` must be an object")]
    [InlineData("\"features\": 12.345678", "\"features\": null", "`timings.features` must be a finite number")]
    [InlineData("\"source\": \"data/real\"", "\"source\": \"\\ud800\"", "`reference.source` must be a text of whole characters")]
    [InlineData("\"source\": \"data/real\"", "\"source\": \"a\", \"source\": \"b\"", "a property is given twice")]
    [InlineData("\"notes\": [", "\"notes\": [[[[[[[[[", "not valid JSON at line 305")]
    public void A_wrong_file_is_refused_with_the_property(string part, string replacement, string expected)
    {
        string text = ReportTests.Render(ExampleRuns.Failed(), "json");
        Assert.Contains(part, text, StringComparison.Ordinal);
        int at = text.IndexOf(part, StringComparison.Ordinal);
        UserErrorException error = ErrorOf(text[..at] + replacement + text[(at + part.Length)..]);
        Assert.Equal($"`result.json` is not a result: {expected}", error.Message);
        Assert.Equal(GateErrors.UnreadableResult, error.Code);
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("{\"schema\": 1}")]
    [InlineData("\u0000\u0001")]
    public void Something_else_is_refused(string text) => Assert.Equal(GateErrors.UnreadableResult, ErrorOf(text).Code);

    [Fact]
    public void Random_damage_never_crashes_the_reader()
    {
        byte[] good = Encoding.UTF8.GetBytes(ReportTests.Render(ExampleRuns.Failed(), "json"));
        var random = new Random(3);
        for (int i = 0; i < 2000; i++)
        {
            byte[] bytes = [.. good];
            for (int n = random.Next(1, 4); n > 0; n--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ResultReader.Parse(bytes, "result.json");
            }
            catch (UserErrorException e)
            {
                Assert.Equal(GateErrors.UnreadableResult, e.Code);
            }
        }
    }

    [Fact]
    public void A_file_is_read_and_a_large_one_refused()
    {
        using var folder = new TemporaryFolder();
        string good = folder.Write("good.json", ReportTests.Render(ExampleRuns.Passed(), "json"));
        Assert.Equal(Verdict.Pass, ResultReader.Read(good).Verdict);
        string large = folder.Write("large.json", new string(' ', (64 << 20) + 1));
        Assert.EndsWith("is larger than 64 MiB", Assert.Throws<UserErrorException>(() => ResultReader.Read(large)).Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => ResultReader.Read(folder.Path));
        Assert.Throws<UserErrorException>(() => ResultReader.Read(Path.Combine(folder.Path, "none.json")));
    }

    [Fact]
    public void The_documented_example_is_what_a_run_writes()
    {
        string example = Assert.Single(Documentation.Blocks("docs/result.md", "json"));
        Assert.Equal(ReportTests.Render(ExampleRuns.Failed(), "json"), example);
    }

    private static RunResult RoundTrip(RunResult run) =>
        ResultReader.Parse(Encoding.UTF8.GetBytes(ReportTests.Render(run, "json")), "result.json");

    private static UserErrorException ErrorOf(string text) =>
        Assert.Throws<UserErrorException>(() => ResultReader.Parse(Encoding.UTF8.GetBytes(text), "result.json"));

    private static (string Name, double? Value, string? Error, MetricDirection Direction, string Convention, double? StandardError, MetricInterval? Interval) Plain(MetricValue value) =>
        (value.Name, value.Value, value.Error, value.Direction, value.Convention, value.StandardError, value.Interval);
}
