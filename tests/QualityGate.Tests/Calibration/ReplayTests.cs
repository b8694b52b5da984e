using QualityGate.Baselines;
using QualityGate.Calibration;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tests.Reports;

namespace QualityGate.Tests.Calibration;

public sealed class ReplayTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qualitygate-replay-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void The_spec_of_then_gives_the_verdicts_of_then()
    {
        RunResult failed = ExampleRuns.Failed();
        ReplayedRun run = Assert.Single(Judge([.. failed.Gates.Select(g => g.Limit)], failed).Runs);
        Assert.Equal((failed.Verdict, failed.Verdict), (run.Then, run.Now));
        Assert.Empty(run.Differing);
        Assert.Equal(failed.Gates.Select(g => (Verdict?)g.Verdict), run.Gates.Select(g => g.Now));
    }

    [Fact]
    public void A_looser_spec_passes_what_failed_and_says_which_gates_differ()
    {
        ReplayResult replay = Judge([GaussianPairs.Limit(GateRule.Min, 0.5, "coverage"), GaussianPairs.Limit(GateRule.Max, 30)], ExampleRuns.Failed(), ExampleRuns.Passed());
        Assert.Equal([Verdict.Pass, Verdict.Pass], replay.Runs.Select(r => r.Now));
        Assert.Contains(replay.Runs[0].Differing, g => g is { Limit.Metric: "coverage", Then: Verdict.Fail, Now: Verdict.Pass });
        Assert.Equal("under this spec 0 of 2 past runs would have failed (1 did), 1 not fully measured", replay.Summary);
    }

    [Fact]
    public void The_error_of_a_change_that_a_result_holds_is_judged_by_the_confidence_of_the_spec()
    {
        // 7.9 after 7.1, with an error of 0.1: certain beyond 0.5, open at 0.7, and certain there at a confidence of 60 %.
        Assert.Equal(Verdict.Fail, Change(0.5, 0.95));
        Assert.Equal(Verdict.Inconclusive, Change(0.7, 0.95));
        Assert.Equal(Verdict.Fail, Change(0.7, 0.6));

        Verdict Change(double limit, double confidence) => new Replay(GaussianPairs.Spec(GaussianPairs.Limit(GateRule.MaxIncrease, limit)) with { Confidence = confidence })
            .Of(GaussianPairs.Options().Tool, new PastRuns([PastRun.Of("result.json", ExampleRuns.Failed())], [])).Runs[0].Now;
    }

    [Fact]
    public void A_metric_that_a_result_lacks_is_not_measured_and_never_a_pass()
    {
        ReplayedRun run = Judge([GaussianPairs.Limit(GateRule.Min, 0.1, "recall")], ExampleRuns.Failed()).Runs[0];
        Assert.Equal(Verdict.None, run.Now);
        Assert.Contains(run.Gates, g => g is { Limit.Metric: "recall", Now: null, Reason: "not measured" });
    }

    [Fact]
    public void A_run_without_a_baseline_is_inconclusive_about_changes()
    {
        ReplayedRun run = Judge([GaussianPairs.Limit(GateRule.MaxDecrease, 0.1, "coverage")], ExampleRuns.Passed()).Runs[0];
        Assert.Equal(Verdict.Inconclusive, run.Now);
    }

    [Fact]
    public void The_acceptances_of_a_baseline_are_judged_each_against_the_one_before()
    {
        BaselineHistoryEntry[] history = [Entry(1, 5, 0.1), Entry(2, 5.1, 0.1), Entry(3, 7, 0.1)];
        ReplayResult replay = new Replay(GaussianPairs.Spec(GaussianPairs.Limit(GateRule.MaxIncrease, 0.5))).Of(GaussianPairs.Options().Tool, PastRuns.Of(history));
        Assert.Equal([Verdict.Inconclusive, Verdict.Pass, Verdict.Fail], replay.Runs.Select(r => r.Now));
        Assert.Equal("accepted 2026-01-01 00:00 at 0123456...", replay.Runs[0].Name);
    }

    [Fact]
    public void A_folder_is_read_in_the_order_of_numbers_and_what_is_no_result_is_skipped()
    {
        Save("run-10/result.json", ExampleRuns.Passed());
        Save("run-9/result.json", ExampleRuns.Failed());
        Write("run-9/report.json", """{"version": "2.1.0", "runs": []}""");
        Write("run-9/report.txt", "not looked at");
        PastRuns past = PastRuns.Read([_folder]);
        Assert.Equal([Verdict.Fail, Verdict.Pass], past.Runs.Select(r => r.Then));
        Assert.Contains("report.json", Assert.Single(past.Skipped), StringComparison.Ordinal);
        Assert.Single(PastRuns.Read([Path.Combine(_folder, "*-1?", "result.json")]).Runs);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("""{"schema":"qualitygate.result/2"}""")]
    [InlineData("")]
    [InlineData("\0\0\0\0")]
    public void A_named_file_that_is_no_result_is_an_error(string content)
    {
        Assert.Equal("QG2020", Assert.Throws<UserErrorException>(() => PastRuns.Read([Write("result.json", content)])).Code.Id);
        Assert.Equal("QG2020", Assert.Throws<UserErrorException>(() => PastRuns.Read([_folder])).Code.Id);
    }

    [Fact]
    public void Nothing_there_is_an_error()
    {
        Assert.Equal("QG2020", Assert.Throws<UserErrorException>(() => PastRuns.Read([Path.Combine(_folder, "none.json")])).Code.Id);
        Assert.Equal("QG2020", Assert.Throws<UserErrorException>(() => PastRuns.Read([Path.Combine(_folder, "*.json")])).Code.Id);
        Assert.Equal("QG2010", Assert.Throws<UserErrorException>(() => Judge([], ExampleRuns.Passed())).Code.Id);
    }

    [Fact]
    public void Links_in_folders_are_not_followed()
    {
        if (!OperatingSystem.IsWindows())
        {
            string elsewhere = Directory.CreateTempSubdirectory("qualitygate-elsewhere-").FullName;
            try
            {
                File.WriteAllText(Path.Combine(elsewhere, "result.json"), TextOf(ExampleRuns.Passed()));
                Directory.CreateSymbolicLink(Path.Combine(_folder, "linked"), elsewhere);
                Assert.Throws<UserErrorException>(() => PastRuns.Read([_folder]));
            }
            finally
            {
                Directory.Delete(elsewhere, recursive: true);
            }
        }

        Save("result.json", ExampleRuns.Passed());
        Assert.Single(PastRuns.Read([_folder]).Runs);
    }

    [Fact]
    public void Names_of_files_and_classes_are_escaped_in_markdown()
    {
        ReplayResult replay = new Replay(GaussianPairs.Spec(GaussianPairs.Limit(GateRule.Max, 1))).Of(
            GaussianPairs.Options().Tool, new PastRuns([PastRun.Of("a|<b>@me.json", ExampleRuns.Failed())], ["[x](http://y)"]));
        using StringWriter markdown = new();
        ReplayReports.WriteMarkdown(replay, markdown);
        Assert.DoesNotContain("<b>", markdown.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("a|", markdown.ToString(), StringComparison.Ordinal);
        Assert.Contains("\\[x\\](http\\://y)", markdown.ToString(), StringComparison.Ordinal);
    }

    private static BaselineHistoryEntry Entry(int day, double fid, double error) =>
        new(new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero), "0123456789abcdef", [KeyValuePair.Create("fid", fid)]) { Errors = [KeyValuePair.Create("fid", error)] };

    private static ReplayResult Judge(GateLimit[] gates, params RunResult[] results) =>
        new Replay(GaussianPairs.Spec(gates)).Of(GaussianPairs.Options().Tool, new PastRuns([.. results.Select((r, i) => PastRun.Of($"{i}.json", r))], []));

    private void Save(string name, RunResult result) => Write(name, TextOf(result));

    private static string TextOf(RunResult result)
    {
        using StringWriter text = new();
        new JsonReport().Write(result, text);
        return text.ToString();
    }

    private string Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
        return path;
    }
}
