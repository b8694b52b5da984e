using System.Runtime.Versioning;

namespace QualityGate.Tests.Hooks;

/// <summary>Real pushes through an installed hook.</summary>
[UnsupportedOSPlatform("windows")]
public sealed class PushTests
{
    private const string Stopped = "so the push was stopped; to push all the same: git push --no-verify, or QUALITYGATE_SKIP=1";

    [Fact]
    public void A_failing_candidate_stops_the_push_and_the_next_one_goes_through()
    {
        using PushRepository repository = PushRepository.WithGate();
        string before = repository.Line("rev-parse", "origin/main");
        repository.CommitCandidate(100);
        PushRepository.Answer stopped = repository.Push();
        Assert.NotEqual(0, stopped.ExitCode);
        Assert.Contains("judging qualitygate.yaml: candidate.npy changed", stopped.Error, StringComparison.Ordinal);
        Assert.Contains("FAIL: 1 of 1 gate breached", stopped.All, StringComparison.Ordinal);
        Assert.Contains("a gate failed, " + Stopped, stopped.Error, StringComparison.Ordinal);
        Assert.Equal(before, repository.Line("ls-remote", "origin", "main").Split('\t')[0]);

        repository.CommitCandidate(0.001f);
        PushRepository.Answer passed = repository.Push();
        PushRepository.Require(passed);
        Assert.Contains("PASS: 1 gate", passed.All, StringComparison.Ordinal);
        Assert.Equal(repository.Line("rev-parse", "HEAD"), repository.Line("ls-remote", "origin", "main").Split('\t')[0]);
        Assert.Equal("", repository.Line("status", "--porcelain"));
    }

    [Fact]
    public void It_can_be_skipped_by_git_and_by_a_variable()
    {
        using PushRepository repository = PushRepository.WithGate();
        repository.CommitCandidate(100);
        Assert.NotEqual(0, repository.Push().ExitCode);
        repository.Set("QUALITYGATE_SKIP", "1");
        PushRepository.Answer skipped = repository.Push("origin", "HEAD:one");
        PushRepository.Require(skipped);
        Assert.Contains("qualitygate: skipped, since QUALITYGATE_SKIP is 1", skipped.Error, StringComparison.Ordinal);
        repository.Set("QUALITYGATE_SKIP", "");
        repository.CommitCandidate(200);
        Assert.NotEqual(0, repository.Push("origin", "HEAD:two").ExitCode);
        PushRepository.Require(repository.Push("--no-verify", "origin", "HEAD:two"));
    }

    [Fact]
    public void What_the_spec_does_not_depend_on_does_not_run_the_gate()
    {
        using PushRepository repository = PushRepository.WithGate();
        repository.Write("README.md", "read me");
        repository.Write("candidate.npy.txt", "no features");
        repository.Commit("unrelated");
        AssertUntouched(repository.Push());

        // A new branch on it, a tag of each kind, a second name for the same commit, a deletion.
        PushRepository.Require(repository.Git("switch", "-q", "-c", "feature"));
        repository.Write("more.md", "more");
        repository.Commit("more");
        AssertUntouched(repository.Push());
        PushRepository.Require(repository.Git("tag", "light"));
        PushRepository.Require(repository.Git("tag", "-a", "-m", "text", "heavy"));
        PushRepository.Answer tags = repository.Push("origin", "light", "heavy", "feature:again");
        PushRepository.Require(tags);
        Assert.Contains("qualitygate: nothing new is pushed", tags.Error, StringComparison.Ordinal);
        PushRepository.Answer deleted = repository.Push("origin", ":again", ":light");
        PushRepository.Require(deleted);
        Assert.Contains("qualitygate: nothing new is pushed", deleted.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_branch_is_compared_with_what_the_remote_has()
    {
        using PushRepository repository = PushRepository.WithGate();
        PushRepository.Require(repository.Git("switch", "-q", "-c", "feature"));
        repository.CommitCandidate(100);
        repository.Write("README.md", "the last commit alone does not matter");
        repository.Commit("unrelated");
        PushRepository.Answer stopped = repository.Push();
        Assert.NotEqual(0, stopped.ExitCode);
        Assert.Contains("candidate.npy changed", stopped.Error, StringComparison.Ordinal);

        // A tag on the same commits is no way around.
        PushRepository.Require(repository.Git("tag", "-a", "-m", "text", "v1"));
        Assert.NotEqual(0, repository.Push("origin", "v1").ExitCode);
    }

    [Fact]
    public void Merging_what_the_remote_has_is_a_change_only_where_it_concerns_the_spec()
    {
        using PushRepository repository = PushRepository.WithGate();
        PushRepository.Require(repository.Git("switch", "-q", "-c", "feature"));
        repository.Write("feature.md", "feature");
        repository.Commit("feature");
        PushRepository.Require(repository.Git("switch", "-q", "main"));
        repository.Write("main.md", "main");
        repository.Commit("main");
        PushRepository.Require(repository.Push());
        PushRepository.Require(repository.Git("switch", "-q", "feature"));
        PushRepository.Require(repository.Git("merge", "-q", "--no-edit", "main"));
        AssertUntouched(repository.Push());

        PushRepository.Require(repository.Git("switch", "-q", "main"));
        repository.CommitCandidate(0.001f);
        PushRepository.Require(repository.Push());
        PushRepository.Require(repository.Git("switch", "-q", "-c", "second", "feature"));
        PushRepository.Require(repository.Git("merge", "-q", "--no-edit", "main"));
        Assert.Contains("judging qualitygate.yaml: candidate.npy changed", repository.Push().Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_git_does_not_track_make_the_gate_run()
    {
        using PushRepository repository = PushRepository.WithGate();
        string sample = RepositoryFiles.At("samples", "quickstart", "good");
        string[] images = [.. Directory.EnumerateFiles(sample, "*.png", SearchOption.AllDirectories).Order(StringComparer.Ordinal).Take(12)];
        foreach (string set in new[] { "real", "made" })
        {
            Directory.CreateDirectory(Path.Combine(repository.Root, set));
            Array.ForEach(images, image => File.Copy(image, Path.Combine(repository.Root, set, Path.GetFileName(image))));
        }

        repository.WriteSpec("qualitygate.yaml", "real", "made\nextractor: random-vgg16");
        repository.Commit("images");
        PushRepository.Answer first = repository.Push();
        PushRepository.Require(first);
        Assert.Contains("and 22 more changed", first.Error, StringComparison.Ordinal);

        repository.Write("README.md", "unrelated");
        repository.Commit("unrelated");
        File.Copy(images[0], Path.Combine(repository.Root, "made", "new.png"));
        PushRepository.Answer second = repository.Push();
        PushRepository.Require(second);
        Assert.Contains("the candidate holds 1 file that git does not track: what is on disk now is judged", second.Error, StringComparison.Ordinal);
        Assert.Contains("(13 images)", second.All, StringComparison.Ordinal);
    }

    [Fact]
    public void What_the_remote_has_and_nobody_fetched_counts_as_changed()
    {
        using PushRepository repository = PushRepository.WithGate();
        string head = repository.Line("rev-parse", "HEAD"), unknown = new('a', 40);
        PushRepository.Answer answer = repository.ToolReading("work", $"HEAD@{{1 day ago}} {head} refs/heads/main {unknown}\n", "hook", "run", "--remote=origin");
        PushRepository.Require(answer);
        Assert.Contains("was not fetched", answer.Error, StringComparison.Ordinal);
        Assert.Contains("PASS: 1 gate", answer.Output, StringComparison.Ordinal);
        foreach (string input in new[] { "", "nonsense\n", $"main {head} refs/heads/main --upload-pack=x\n" })
        {
            answer = repository.ToolReading("work", input, "hook", "run");
            Assert.Contains("everything counts as changed", answer.Error, StringComparison.Ordinal);
            Assert.Contains("PASS: 1 gate", answer.Output, StringComparison.Ordinal);
        }

        // Nothing is known of a remote that has no name.
        answer = repository.ToolReading("work", $"main {head} refs/heads/other {new string('0', 40)}\n", "hook", "run", "--remote=" + repository.Remote);
        Assert.Contains("PASS: 1 gate", answer.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Sets_that_git_does_not_see_are_judged_as_they_lie_on_disk()
    {
        using PushRepository repository = PushRepository.WithGate();
        repository.WriteSpec("qualitygate.yaml", "reference.npy", "out/candidate.npy");
        repository.Write(".gitignore", "out/\n");
        repository.Commit("ignored");
        repository.WriteFeatures("out/candidate.npy", 0);
        PushRepository.Require(repository.Push());
        repository.WriteFeatures("out/candidate.npy", 100);
        repository.Write("README.md", "unrelated");
        repository.Commit("unrelated");
        PushRepository.Answer stopped = repository.Push();
        Assert.NotEqual(0, stopped.ExitCode);
        Assert.Contains("judging qualitygate.yaml: the candidate is ignored by git: what is on disk now is judged", stopped.Error, StringComparison.Ordinal);

        repository.WriteSpec("qualitygate.yaml", Path.Combine(repository.Remote, "..", "reference.npy"), "candidate.npy");
        repository.Commit("outside");
        PushRepository.Answer missing = repository.Push();
        Assert.NotEqual(0, missing.ExitCode);
        Assert.Contains("error QG4", missing.Error, StringComparison.Ordinal);
        Assert.Contains("the push could not be judged, " + Stopped, missing.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Files_on_disk_that_are_not_those_pushed_are_warned_of()
    {
        using PushRepository repository = PushRepository.WithGate();
        repository.CommitCandidate(0.001f);
        repository.WriteFeatures("candidate.npy", 0.002f);
        repository.WriteFeatures("unrelated.npy", 0.002f);
        PushRepository.Answer answer = repository.Push();
        PushRepository.Require(answer);
        Assert.Contains("warning: candidate.npy on disk not as pushed: the files on disk are judged", answer.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("unrelated", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_branch_without_the_spec_has_nothing_to_judge_but_a_push_that_removes_it_stops()
    {
        using PushRepository repository = PushRepository.WithGate();
        PushRepository.Require(repository.Git("switch", "-q", "--orphan", "pages"));
        repository.Write("index.html", "page");
        repository.Commit("page");
        PushRepository.Answer pages = repository.Push();
        PushRepository.Require(pages);
        Assert.Contains("there is no qualitygate.yaml here nor in what is pushed", pages.Error, StringComparison.Ordinal);

        PushRepository.Answer absent = repository.Push("origin", "main:copy");
        PushRepository.Require(absent);
        PushRepository.Require(repository.Git("switch", "-q", "main"));
        PushRepository.Require(repository.Git("rm", "-q", "qualitygate.yaml"));
        repository.Commit("without a spec");
        PushRepository.Answer removed = repository.Push();
        Assert.NotEqual(0, removed.ExitCode);
        Assert.Contains("QG5207", removed.Error, StringComparison.Ordinal);
        Assert.Contains("is removed by this push", removed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tool_that_is_not_there_stops_the_push_and_says_how_to_install_it()
    {
        using PushRepository repository = PushRepository.WithGate();
        PushRepository.Require(repository.Tool("hook", "install", "--command", "qualitygate-of-nowhere"));
        repository.Write("README.md", "unrelated");
        repository.Commit("unrelated");
        PushRepository.Answer answer = repository.Push();
        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains("the gate cannot be started, so the push was stopped. Install it: dotnet tool install", answer.Error, StringComparison.Ordinal);
        repository.Set("QUALITYGATE_SKIP", "1");
        PushRepository.Require(repository.Push());
    }

    [Fact]
    public void Several_specs_are_judged_each_by_what_changed()
    {
        using PushRepository repository = PushRepository.WithGate();
        repository.WriteSpec("it's other.yaml", "reference.npy", "other.npy");
        repository.WriteFeatures("other.npy", 0);
        repository.Commit("other");
        PushRepository.Require(repository.Install("qualitygate.yaml", "it's other.yaml", "--budget", "20s"));
        PushRepository.Require(repository.Push());
        repository.WriteFeatures("other.npy", 100);
        repository.Commit("other fails");
        PushRepository.Answer answer = repository.Push();
        Assert.NotEqual(0, answer.ExitCode);
        Assert.Contains("nothing that qualitygate.yaml judges is changed by this push", answer.Error, StringComparison.Ordinal);
        Assert.Contains("judging it's other.yaml: other.npy changed", answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Linked_worktrees_share_the_hook()
    {
        using PushRepository repository = PushRepository.WithGate();
        PushRepository.Require(repository.Tool("hook", "uninstall"));
        PushRepository.Require(repository.Git("worktree", "add", "-q", "-b", "linked", "../linked"));
        PushRepository.Require(repository.ToolIn("linked", "hook", "install", "--command", PushRepository.Command));
        Assert.True(File.Exists(repository.Hook));
        string candidate = Path.Combine(repository.Root, "..", "linked", "candidate.npy");
        repository.WriteFeatures("bad.npy", 100);
        File.Copy(Path.Combine(repository.Root, "bad.npy"), candidate, overwrite: true);
        PushRepository.Require(repository.GitIn("linked", "commit", "-q", "-a", "-m", "bad"));
        PushRepository.Answer stopped = repository.GitIn("linked", "push", "origin", "linked");
        Assert.NotEqual(0, stopped.ExitCode);
        Assert.Contains("FAIL: 1 of 1 gate breached", stopped.All, StringComparison.Ordinal);
    }

    private static void AssertUntouched(PushRepository.Answer push)
    {
        PushRepository.Require(push);
        Assert.Contains("nothing that qualitygate.yaml judges is changed by this push", push.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("PASS", push.All, StringComparison.Ordinal);
    }
}
