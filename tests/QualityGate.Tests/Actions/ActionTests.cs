using System.IO.Compression;
using System.Text.Json;
using QualityGate.Tests.GitHub;

namespace QualityGate.Tests.Actions;

public sealed class ActionTests : IAsyncLifetime, IDisposable
{
    private const string ArtifactUrl = "https://github.example/octo/images/actions/runs/500/artifacts/77";
    private static readonly string Sample = RepositoryFiles.At("samples", "quickstart");
    private static readonly CompositeAction Check = new(), Comment = new("comment"), Baseline = new("baseline");

    private GitHubServer _server = null!;
    private ActionsJob _job = null!;

    public async Task InitializeAsync()
    {
        _server = await GitHubServer.StartAsync();
        _job = new ActionsJob(_server.ApiUrl)
        {
            Use = (action, _) => action.StartsWith("actions/upload-artifact", StringComparison.Ordinal) ? new() { ["artifact-url"] = ArtifactUrl } : [],
        };
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    public void Dispose() => _job.Dispose();

    [Fact]
    public void A_run_on_a_pull_request_gates_uploads_summarises_and_comments_once()
    {
        Spec("good", "  coverage: { min: 0.9 }");
        _job.PullRequest(7, GitHubWorld.Sha('a'));
        CompositeAction.Outcome first = Run(Check);
        Assert.True(first.ExitCode == 0, first.Log);
        Assert.DoesNotContain("warning", first.Log, StringComparison.Ordinal);
        Assert.Equal("pass", first.Outputs["verdict"]);
        Assert.Equal("0", first.Outputs["exit-code"]);
        Assert.Equal(ArtifactUrl, first.Outputs["report-url"]);
        Assert.Equal("qualitygate-out/result.json", first.Outputs["result"]);
        Assert.Contains("#issuecomment-", first.Outputs["comment-url"], StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(_job.Workspace, "qualitygate-out", "report.md")));
        Assert.Contains(first.Used, u => u.Action.StartsWith("actions/upload-artifact@", StringComparison.Ordinal) && u.With["path"] == "./qualitygate-out/");
        Assert.StartsWith("### ✅ QualityGate: PASS: 1 gate", _job.Summary, StringComparison.Ordinal);

        string body = Body();
        Assert.StartsWith("<!-- qualitygate:qualitygate.yaml:", body, StringComparison.Ordinal);
        Assert.Contains($"[whole report]({ArtifactUrl})", body, StringComparison.Ordinal);
        Assert.Contains("(https://github.example/octo/images/actions/runs/500)", body, StringComparison.Ordinal);
        Assert.Contains("aaaaaaaaaa", body, StringComparison.Ordinal);

        // The next push: the same comment says something else, and the step fails.
        Spec("repeated", "  coverage: { min: 0.9 }");
        _job.Environment["GITHUB_RUN_ID"] = "501";
        CompositeAction.Outcome second = Run(Check);
        Assert.Equal(1, second.ExitCode);
        Assert.Equal(("fail", "1"), (second.Outputs["verdict"], second.Outputs["failed-gates"]));
        Assert.Contains("❌ QualityGate: FAIL: 1 of 1 gate breached", Body(), StringComparison.Ordinal);
        Assert.Contains(second.Used, u => u.Action.StartsWith("actions/upload-artifact@", StringComparison.Ordinal));

        // An older run that ends late leaves it alone.
        _job.Environment["GITHUB_RUN_ID"] = "500";
        Assert.Contains("a newer run has written it", Run(Check).Log, StringComparison.Ordinal);
        Assert.Contains("qualitygate-run:501/1", Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pull_request_of_a_fork_is_judged_though_its_token_may_not_comment()
    {
        Spec("good", "  coverage: { min: 0.9 }");
        _server.World.ReadOnly = true;
        _job.PullRequest(8, GitHubWorld.Sha('a'), "mallory/images", "main");
        CompositeAction.Outcome run = Run(Check);
        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Contains("warning QG5004: the comment was not written", run.Log, StringComparison.Ordinal);
        Assert.Contains("workflow_run", run.Log, StringComparison.Ordinal);
        Assert.Empty(_server.World.Comments);

        CompositeAction.Outcome required = Run(Check, ("comment", "required"));
        Assert.Equal(2, required.ExitCode);

        // The second workflow comments from what was uploaded.
        string folder = Path.Combine(_job.Workspace, "qualitygate-out");
        byte[] zip = Zips.Of(archive =>
        {
            foreach (string file in Directory.EnumerateFiles(folder))
            {
                archive.CreateEntryFromFile(file, Path.GetFileName(file));
            }
        });
        _server.World.ReadOnly = false;
        Upload(zip);
        _job.WorkflowRun(600, GitHubWorld.Sha('a'), "mallory/images", "main");
        CompositeAction.Outcome comment = Run(Comment);
        Assert.True(comment.ExitCode == 0, comment.Log);
        Assert.Contains("#issuecomment-", comment.Outputs["comment-url"], StringComparison.Ordinal);
        Assert.Contains("QualityGate: PASS: 1 gate", Body(), StringComparison.Ordinal);
        Assert.Contains("as the pull request's own run reports it", Body(), StringComparison.Ordinal);
        Assert.Contains("(https://github.example/octo/images/actions/runs/600)", Body(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("another schema", "QG2020")]
    [InlineData("escape", "archive is refused")]
    [InlineData("truncated", "archive is refused")]
    [InlineData("other pull request", "QG5040")]
    [InlineData("nothing", "holds no result.json")]
    public void What_a_fork_uploads_is_not_believed(string trick, string expected)
    {
        _server.World.AddPull(9, GitHubWorld.Sha('e'));
        string good = JsonSerializer.Serialize(new { schema = "qualitygate.result/1" });
        byte[] zip = trick switch
        {
            "another schema" => Zips.Of(("result.json", "{\"schema\": \"qualitygate.result/9\"}")),
            "escape" => Zips.Of(("result.json", good), ("../../evil", "x")),
            "truncated" => Zips.Of(("result.json", good))[..60],
            "other pull request" => Zips.Of(("result.json", ResultOfAnEarlierRun()), ("pull-request.json", "{\"number\": 9}")),
            _ => Zips.Of(("readme.txt", "x")),
        };
        Upload(zip);
        _job.WorkflowRun(600, GitHubWorld.Sha('a'), "mallory/images", "main");
        CompositeAction.Outcome comment = Run(Comment);
        Assert.True(comment.ExitCode == 0, comment.Log);
        Assert.Contains(expected, comment.Log, StringComparison.Ordinal);
        Assert.Empty(_server.World.Comments);
        Assert.Equal(2, Run(Comment, ("comment", "required")).ExitCode);
    }

    [Fact]
    public void Without_a_number_in_the_artifact_the_pull_request_is_found_by_its_commit()
    {
        Upload(Zips.Of(("qualitygate-out/result.json", ResultOfAnEarlierRun())));
        _job.WorkflowRun(600, GitHubWorld.Sha('a'), "mallory/images", "main");
        CompositeAction.Outcome comment = Run(Comment);
        Assert.True(comment.ExitCode == 0, comment.Log);
        Assert.Single(_server.World.Comments);
    }

    [Fact]
    public void A_baseline_comes_from_the_base_branch_and_a_fork_cannot_poison_it()
    {
        Spec("good", "  coverage: { max_decrease: 0.01 }");
        _job.Push("main");
        CompositeAction.Outcome made = Run(Baseline);
        Assert.True(made.ExitCode == 0, made.Log);
        string file = Path.Combine(_job.Workspace, "qualitygate", "baseline.safetensors"), lockFile = Path.Combine(_job.Workspace, "qualitygate.lock.json");
        Assert.Equal((file, lockFile), (made.Outputs["baseline"], made.Outputs["lock"]));
        var upload = made.Used.Single(u => u.Action.StartsWith("actions/upload-artifact@", StringComparison.Ordinal)).With;
        Assert.Equal($"{file}\n{lockFile}\n", upload["path"]);

        _server.World.AddRun(101, "main");
        _server.World.AddArtifact(201, 101, Zips.Of(archive => archive.CreateEntryFromFile(file, "qualitygate/baseline.safetensors")));
        _server.World.AddRun(102, "main", started: "pull_request", headRepository: "mallory/images");
        _server.World.AddArtifact(202, 102, Zips.Of(("qualitygate/baseline.safetensors", "poison")));
        File.Delete(file);
        File.Delete(lockFile);

        _job.PullRequest(7, GitHubWorld.Sha('a'));
        CompositeAction.Outcome run = Run(Check);
        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Contains("run 102", run.Log, StringComparison.Ordinal);
        Assert.Contains("refused, it comes from a fork", run.Log, StringComparison.Ordinal);
        Assert.Contains("pulled ", run.Log, StringComparison.Ordinal);
        Assert.Equal("given path", run.Outputs["baseline-source"]);
        Assert.Contains("accepted ", Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_artifact_that_is_not_the_locked_one_is_left_and_the_lock_s_numbers_are_compared_with()
    {
        Spec("good", "  coverage: { max_decrease: 0.01 }");
        _job.Push("main");
        Assert.Equal(0, Run(Baseline).ExitCode);
        string file = Path.Combine(_job.Workspace, "qualitygate", "baseline.safetensors"), kept = file + ".kept";
        File.Move(file, kept);
        Assert.Equal(0, Run(Baseline, ("check-first", "false")).ExitCode);
        _server.World.AddRun(101, "main");
        _server.World.AddArtifact(201, 101, Zips.Of(archive => archive.CreateEntryFromFile(kept, "baseline.safetensors")));
        File.Delete(file);

        _job.PullRequest(7, GitHubWorld.Sha('a'));
        CompositeAction.Outcome run = Run(Check);
        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Contains("warning QG3014: no baseline was pulled", run.Log, StringComparison.Ordinal);
        Assert.Equal("lock file", run.Outputs["baseline-source"]);
        Assert.Contains("numbers alone", Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void Without_any_baseline_the_spec_decides()
    {
        Spec("good", "  coverage: { max_decrease: 0.01 }");
        _job.PullRequest(7, GitHubWorld.Sha('a'));
        CompositeAction.Outcome strict = Run(Check);
        Assert.Equal(2, strict.ExitCode);
        Assert.Equal(("none", "2"), (strict.Outputs["verdict"], strict.Outputs["exit-code"]));
        Assert.Contains("warning QG3001: no baseline was pulled", strict.Log, StringComparison.Ordinal);
        Assert.Contains("QualityGate: CANNOT JUDGE", Body(), StringComparison.Ordinal);

        Spec("good", "  coverage: { max_decrease: 0.01 }\non_missing_baseline: absolute-only");
        CompositeAction.Outcome lenient = Run(Check);
        Assert.True(lenient.ExitCode == 0, lenient.Log);
        Assert.Equal("inconclusive", lenient.Outputs["verdict"]);
        Assert.Equal(1, Run(Check, ("fail-on", "warn")).ExitCode);
        Assert.Equal("none", lenient.Outputs["baseline-source"]);
    }

    [Fact]
    public void The_cache_is_looked_at_by_this_branch_then_the_base_branch()
    {
        Spec("good", "  coverage: { max_decrease: 0.01 }");
        _job.Push("main");
        CompositeAction.Outcome made = Run(Baseline, ("cache", "true"), ("upload", "false"));
        Assert.True(made.ExitCode == 0, made.Log);
        string saved = made.Used.Single(u => u.Action.StartsWith("actions/cache/save@", StringComparison.Ordinal)).With["key"];
        Assert.StartsWith("qualitygate-baseline-main-", saved, StringComparison.Ordinal);
        File.Delete(Path.Combine(_job.Workspace, "qualitygate", "baseline.safetensors"));

        // The store is what the cache brings back.
        _job.PullRequest(7, GitHubWorld.Sha('a'), branch: "a,b\nkey=x");
        CompositeAction.Outcome run = Run(Check, ("baseline", "cache"));
        Assert.True(run.ExitCode == 0, run.Log);
        var restore = run.Used.Single(u => u.Action.StartsWith("actions/cache/restore@", StringComparison.Ordinal)).With;
        Assert.Equal("qualitygate-baseline-a_b_key_x-\nqualitygate-baseline-main-", restore["restore-keys"]);
        Assert.StartsWith(restore["restore-keys"].Split('\n')[1], saved, StringComparison.Ordinal);
        Assert.Equal("base branch", run.Outputs["baseline-source"]);
    }

    [Fact]
    public void What_fails_its_gates_does_not_become_the_baseline()
    {
        Spec("good", "  coverage: { min: 0.9, max_decrease: 0.01 }");
        _job.Push("main");
        Assert.Equal(0, Run(Baseline).ExitCode);
        byte[] before = File.ReadAllBytes(Path.Combine(_job.Workspace, "qualitygate", "baseline.safetensors"));
        Spec("repeated", "  coverage: { min: 0.9, max_decrease: 0.01 }");
        CompositeAction.Outcome refused = Run(Baseline);
        Assert.Equal(2, refused.ExitCode);
        Assert.Contains("QG3016", refused.Log, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(Path.Combine(_job.Workspace, "qualitygate", "baseline.safetensors")));
        Assert.Equal(0, Run(Baseline, ("check-first", "false")).ExitCode);
    }

    [Theory]
    [InlineData("never", 0)]
    [InlineData("fail", 1)]
    [InlineData("warn", 1)]
    [InlineData("sometimes", 2)]
    public void Fail_on_says_what_ends_the_job(string failOn, int exitCode)
    {
        Spec("repeated", "  coverage: { min: 0.9 }");
        _job.Push("main");
        Assert.Equal(exitCode, Run(Check, ("fail-on", failOn), ("comment", "never")).ExitCode);
    }

    [Fact]
    public void No_network_changes_no_verdict()
    {
        Spec("good", "  coverage: { min: 0.9 }");
        _job.PullRequest(7, GitHubWorld.Sha('a'));
        _job.Environment["GITHUB_API_URL"] = "http://127.0.0.1:9/";
        CompositeAction.Outcome run = Run(Check);
        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Contains("QG5001", run.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Problems_only_makes_no_comment_on_a_pass_and_mends_one_that_is_there()
    {
        _job.PullRequest(7, GitHubWorld.Sha('a'));
        Spec("good", "  coverage: { min: 0.9 }");
        Run(Check, ("comment", "problems"));
        Assert.Empty(_server.World.Comments);
        Spec("repeated", "  coverage: { min: 0.9 }");
        Run(Check, ("comment", "problems"));
        Assert.Contains("FAIL", Body(), StringComparison.Ordinal);
        Spec("good", "  coverage: { min: 0.9 }");
        Run(Check, ("comment", "problems"));
        Assert.Contains("PASS", Body(), StringComparison.Ordinal);
    }

    [Fact]
    public void Arguments_stand_one_a_line_and_nothing_in_an_input_is_run()
    {
        Spec("good", "  coverage: { min: 0.9 }");
        _job.Push("main");
        CompositeAction.Outcome run = Run(Check, ("arguments", "--format\nmarkdown\n--output\njson=$(touch pwned) copy.json"), ("spec", "qualitygate.yaml"));
        Assert.True(run.ExitCode == 0, run.Log);
        Assert.Contains("## QualityGate: PASS", run.Log, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(_job.Workspace, "pwned")));
        Assert.True(File.Exists(Path.Combine(_job.Workspace, "$(touch pwned) copy.json")));
        CompositeAction.Outcome missing = Run(Check, ("spec", "`touch pwned`; x.yaml"));
        Assert.Equal(2, missing.ExitCode);
        Assert.False(File.Exists(Path.Combine(_job.Workspace, "pwned")));
    }

    [Fact]
    public void A_folder_without_the_tool_is_said_clearly()
    {
        CompositeAction.Outcome run = Check.Run(_job, ("tool-path", _job.Workspace));
        Assert.Equal(2, run.ExitCode);
        Assert.Contains("::error title=QualityGate::There is no qualitygate in the folder that tool-path names.", run.Log, StringComparison.Ordinal);
    }

    private CompositeAction.Outcome Run(CompositeAction action, params (string Name, string Value)[] inputs) => action.Run(_job, [.. inputs, ("tool-path", _job.Tools)]);

    private string Body() => (string)Assert.Single(_server.World.Comments)["body"]!;

    private void Upload(byte[] zip)
    {
        _server.World.AddPull(8, GitHubWorld.Sha('a'), "mallory/images", branch: "main");
        _server.World.AddRun(600, "main", started: "pull_request", conclusion: "failure", headRepository: "mallory/images");
        _server.World.AddArtifact(700, 600, zip, "qualitygate-result");
    }

    private string ResultOfAnEarlierRun()
    {
        Spec("good", "  coverage: { min: 0.9 }");
        _job.Push("main");
        Run(Check, ("comment", "never"));
        return File.ReadAllText(Path.Combine(_job.Workspace, "qualitygate-out", "result.json"));
    }

    private void Spec(string candidate, string gates) => File.WriteAllText(Path.Combine(_job.Workspace, "qualitygate.yaml"), $$"""
        version: 1
        reference: {{Path.Combine(Sample, "reference")}}
        candidate: {{Path.Combine(Sample, candidate)}}
        extractor: random-vgg16
        {{(gates.Contains("max_decrease", StringComparison.Ordinal) ? "baseline: qualitygate/baseline.safetensors" : "")}}
        gates:
        {{gates}}
        """);
}
