using QualityGate.Errors;
using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

public sealed class WorkflowRunTrustTests
{
    private const string Fork = "mallory/images";
    private static readonly string Tested = GitHubWorld.Sha('a');

    [Theory]
    [InlineData(GitHubWorld.Repository)]
    [InlineData(Fork)]
    public async Task A_pull_request_with_the_runs_commit_and_repository_is_the_runs(string head)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(7, Tested, head);
        Assert.Equal(7, (await WorkflowRunTrust.VerifyAsync(Client(fixture, head), 7)).Number);
    }

    [Fact]
    public async Task A_claim_to_somebody_elses_pull_request_is_refused()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(8, GitHubWorld.Sha('c'));
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.VerifyAsync(Client(fixture), 8));
        Assert.Equal(PublishErrors.RunNotTrusted, error.Code);
        Assert.Equal("The artifact names pull request #8, but its newest commit is ccccccc and the run tested aaaaaaa.", error.Message);
    }

    [Theory]
    [InlineData("other/images")]
    [InlineData(GitHubWorld.Repository)]
    public async Task The_same_commit_from_another_repository_is_refused(string head)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(8, Tested, head);
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.VerifyAsync(Client(fixture), 8));
        Assert.Contains("another repository", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_deleted_fork_is_refused()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(8, Tested, Fork);
        fixture.World.Pulls[0]["head"]!["repo"] = null;
        Assert.Equal(PublishErrors.RunNotTrusted, (await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.VerifyAsync(Client(fixture), 8))).Code);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public async Task A_number_that_is_none_is_refused_without_asking(int number)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        Assert.Equal(PublishErrors.RunNotTrusted, (await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.VerifyAsync(Client(fixture), number))).Code);
        Assert.Empty(fixture.Server.Requests);
    }

    [Fact]
    public async Task A_pull_request_that_is_not_there_is_not_found()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        Assert.Equal(GitHubErrorKind.NotFound, (await fixture.FailureAsync(() => WorkflowRunTrust.VerifyAsync(Client(fixture), 99))).Kind);
    }

    [Theory]
    [InlineData("push", "pull_request")]
    [InlineData("workflow_run", "push")]
    [InlineData("workflow_run", "pull_request_target")]
    public async Task Another_kind_of_job_or_run_has_no_pull_request(string job, string run)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(7, Tested, Fork);
        UserErrorException error = await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.VerifyAsync(Client(fixture, job: job, run: run), 7));
        Assert.Equal(PublishErrors.PullRequestNotFound, error.Code);
    }

    [Fact]
    public async Task Without_a_number_it_is_found_by_its_commit()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(6, Tested, "other/images");
        fixture.World.AddPull(7, Tested, Fork);
        fixture.World.AddPull(8, Tested, Fork, state: "closed");
        Assert.Equal(7, (await WorkflowRunTrust.FindAsync(Client(fixture))).Number);
    }

    [Fact]
    public async Task A_forks_commit_that_the_first_route_does_not_know_is_found_by_its_branch()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(7, Tested, Fork);
        fixture.World.AddPull(8, GitHubWorld.Sha('c'), Fork);
        fixture.Server.Fail("GET", "/commits/", (_, _) => Task.FromResult<Answer?>(new(200, new System.Text.Json.Nodes.JsonArray())));
        Assert.Equal(7, (await WorkflowRunTrust.FindAsync(Client(fixture))).Number);
        Assert.Contains("GET /repos/octo/images/pulls?state=all&head=mallory%3Afeature&per_page=100", fixture.Server.Requests);
    }

    [Fact]
    public async Task Two_open_ones_with_the_commit_and_none_at_all_are_clear_errors()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        UserErrorException none = await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.FindAsync(Client(fixture)));
        Assert.Contains("No pull request has aaaaaaa", none.Message, StringComparison.Ordinal);
        fixture.World.AddPull(7, Tested, Fork);
        fixture.World.AddPull(8, Tested, Fork);
        UserErrorException two = await Assert.ThrowsAsync<UserErrorException>(() => WorkflowRunTrust.FindAsync(Client(fixture)));
        Assert.Contains("#7, #8", two.Message, StringComparison.Ordinal);
    }

    private static GitHubClient Client(GitHubFixture fixture, string head = Fork, string job = "workflow_run", string run = "pull_request") =>
        fixture.Client(fixture.Context() with
        {
            EventName = job,
            Event = new GitHubEvent
            {
                WorkflowRun = new EventWorkflowRun { Id = 55, HeadSha = Tested, HeadBranch = "feature", HeadRepository = head, Event = run },
            },
        });
}
