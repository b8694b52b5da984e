using QualityGate.GitHub;
using QualityGate.Tests.Features.Files;

namespace QualityGate.Tests.GitHub;

public sealed class ArtifactBaselinesTests
{
    private const string Name = "qualitygate-baseline";
    private const string Workflow = "quality.yml";
    private static readonly byte[] Zip = Zips.Of(("baseline.safetensors", "numbers"));
    private static readonly BaselineBranch Main = new("main", IsOwn: false);
    private static readonly BaselineBranch Feature = new("feature", IsOwn: true);

    public static TheoryData<string?> Ways => [Workflow, null];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task The_newest_successful_run_that_has_it_counts(string? workflow)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main");
        fixture.World.AddRun(122, "main");
        fixture.World.AddRun(123, "main");
        fixture.World.AddRun(124, "main", conclusion: "failure");
        fixture.World.AddArtifact(1, 121, Zip);
        fixture.World.AddArtifact(2, 122, Zip);
        fixture.World.AddArtifact(3, 122, Zip);
        fixture.World.AddArtifact(4, 124, Zip);
        BaselineSearch search = await FindAsync(fixture, workflow, Feature, Main);

        Assert.Equal((3L, "main", 122L, GitHubWorld.Sha('c')), (search.Found?.ArtifactId, search.Found?.Branch, search.Found?.RunId, search.Found?.HeadSha));
        Assert.StartsWith("sha256:", search.Found?.Digest, StringComparison.Ordinal);
        Assert.Equal("2026-11-09", search.Found?.CreatedAt?.ToString("yyyy-MM-dd"));
        Assert.Equal($"branch feature: no {(workflow is null ? "artifact qualitygate-baseline" : "run of quality.yml")}", search.Looked[0]);
        Assert.Equal("branch main: run 122 (2026-11-09, ccccccc): artifact qualitygate-baseline found", search.Looked[^1]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_failed_runs_baseline_is_better_than_none(string? workflow)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main", conclusion: "failure");
        fixture.World.AddRun(122, "main", conclusion: "failure");
        fixture.World.AddArtifact(1, 121, Zip);
        fixture.World.AddArtifact(2, 122, Zip);
        Assert.Equal(122, (await FindAsync(fixture, workflow, Main)).Found?.RunId);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_forks_artifact_from_a_branch_called_main_is_never_taken(string? workflow)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main");
        fixture.World.AddArtifact(1, 121, Zip);
        for (int i = 0; i < 30; i++)
        {
            fixture.World.AddRun(200 + i, "main", started: i == 0 ? "push" : "pull_request", headRepository: "mallory/images");
            fixture.World.AddArtifact(100 + i, 200 + i, Zip);
        }

        BaselineSearch search = await FindAsync(fixture, workflow, new BaselineBranch("main", IsOwn: true));
        Assert.Equal(1, search.Found?.ArtifactId);
        Assert.Contains(search.Looked, line => line.EndsWith("refused, it comes from a fork", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task A_pull_requests_run_counts_on_its_own_branch_only(string? workflow)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main", started: "pull_request");
        fixture.World.AddArtifact(1, 121, Zip);
        Assert.Null((await FindAsync(fixture, workflow, Main)).Found);
        Assert.Equal(1, (await FindAsync(fixture, workflow, Main with { IsOwn = true })).Found?.ArtifactId);
    }

    [Theory]
    [InlineData("pull_request_target")]
    [InlineData("workflow_run")]
    [InlineData("issue_comment")]
    public async Task Runs_that_strangers_can_start_are_not_used(string started)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main", started);
        fixture.World.AddArtifact(1, 121, Zip);
        BaselineSearch search = await FindAsync(fixture, null, Main with { IsOwn = true });
        Assert.Null(search.Found);
        Assert.EndsWith($"not used, it was started by {started}", Assert.Single(search.Looked), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task An_expired_artifact_is_passed_over(string? workflow)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main", started: "schedule");
        fixture.World.AddRun(122, "main");
        fixture.World.AddArtifact(1, 121, Zip);
        fixture.World.AddArtifact(2, 122, Zip, expired: true);
        BaselineSearch search = await FindAsync(fixture, workflow, Main);
        Assert.Equal(1, search.Found?.ArtifactId);
        Assert.Equal("branch main: run 122 (2026-11-09, ccccccc): artifact qualitygate-baseline has expired", search.Looked[0]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task Many_pages_of_artifacts_are_walked_for_the_one_that_counts(string? workflow)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(1, "main");
        fixture.World.AddRun(2, "feature", started: "pull_request");
        fixture.World.AddArtifact(1, 1, Zip);
        for (int i = 0; i < 150; i++)
        {
            fixture.World.AddArtifact(1000 + i, 2, Zip);
        }

        Assert.Equal(1, (await FindAsync(fixture, workflow, Main)).Found?.ArtifactId);
    }

    [Fact]
    public async Task Nothing_found_is_said_branch_by_branch()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main");
        fixture.World.AddArtifact(1, 121, Zip, name: "other");
        BaselineSearch search = await FindAsync(fixture, Workflow, Feature, Main);
        Assert.Null(search.Found);
        Assert.Equal(["branch feature: no run of quality.yml", "branch main: run 121 (2026-11-09, bbbbbbb): no artifact qualitygate-baseline"], search.Looked);
    }

    [Fact]
    public async Task An_artifact_whose_run_was_deleted_is_not_used()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(121, "main");
        fixture.World.AddRun(122, "main");
        fixture.World.AddArtifact(1, 121, Zip);
        fixture.World.AddArtifact(2, 122, Zip);
        fixture.World.Runs.RemoveAt(1);
        BaselineSearch search = await FindAsync(fixture, null, Main);
        Assert.Equal(1, search.Found?.ArtifactId);
        Assert.Equal("branch main: run 122: not used, the run was deleted", search.Looked[0]);
    }

    [Fact]
    public async Task What_is_found_is_downloaded_and_unzipped()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        using TemporaryFolder folder = new();
        fixture.World.AddRun(121, "main");
        fixture.World.AddArtifact(1, 121, Zip);
        ArtifactBaselines baselines = new(fixture.Client());
        BaselineSearch search = await baselines.FindAsync(Name, [Main], Workflow);
        Assert.Equal(["baseline.safetensors"], await baselines.FetchAsync(search.Found!, folder.File("deep/target/")));
        Assert.Equal("numbers", await File.ReadAllTextAsync(folder.File("deep/target/baseline.safetensors")));
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.File("deep")));
    }

    private static Task<BaselineSearch> FindAsync(GitHubFixture fixture, string? workflow, params BaselineBranch[] branches) =>
        new ArtifactBaselines(fixture.Client()).FindAsync(Name, branches, workflow);
}
