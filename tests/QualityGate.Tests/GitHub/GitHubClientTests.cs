using System.Text.Json.Nodes;
using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

public sealed class GitHubClientTests
{
    [Fact]
    public async Task The_repository_and_a_pull_request_are_read()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(7, GitHubWorld.Sha('a'), "mallory/images");
        Assert.Equal("main", (await fixture.Client().GetRepositoryAsync()).DefaultBranch);
        PullRequest request = await fixture.Client().GetPullRequestAsync(7);
        Assert.Equal((GitHubWorld.Sha('a'), "mallory/images", "octo/images"), (request.Head?.Sha, request.Head?.Repo?.FullName, request.Base?.Repo?.FullName));
    }

    [Fact]
    public async Task What_has_not_changed_is_asked_for_with_its_tag()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(7, GitHubWorld.Sha('a'));
        GitHubClient client = fixture.Client();
        await client.GetPullRequestAsync(7);
        Assert.Equal(7, (await client.GetPullRequestAsync(7)).Number);
        Assert.Equal(1, fixture.Server.NotModified);
        fixture.World.Pulls[0]["state"] = "closed";
        Assert.Equal("closed", (await client.GetPullRequestAsync(7)).State);
        Assert.Equal(1, fixture.Server.NotModified);
    }

    [Fact]
    public async Task A_missing_permission_and_a_fork_are_told_apart()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.ReadOnly = true;
        GitHubException own = await fixture.FailureAsync(() => fixture.Client(fixture.PullRequestContext(GitHubWorld.Repository)).CreateCommentAsync(7, "x"));
        Assert.Contains("lacks the permission `pull-requests: write`", own.Message, StringComparison.Ordinal);
        Assert.Equal("Add it to the job: `permissions: { contents: read, pull-requests: write }`.", own.Advice);
        Assert.DoesNotContain("fork", own.Message + own.Advice, StringComparison.OrdinalIgnoreCase);

        GitHubException fork = await fixture.FailureAsync(() => fixture.Client(fixture.PullRequestContext("mallory/images")).CreateCommentAsync(7, "x"));
        Assert.Contains("comes from a fork", fork.Message, StringComparison.Ordinal);
        Assert.Contains("workflow_run", fork.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_locked_conversation_is_not_blamed_on_a_permission()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("POST", "/comments", Faults.Status(403, "Unable to create comment because issue is locked."));
        GitHubException failure = await fixture.FailureAsync(() => fixture.Client().CreateCommentAsync(7, "x"));
        Assert.Contains("issue is locked", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("lacks", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task GitHubs_own_words_are_quoted_without_the_token_and_without_control_characters()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("POST", "/comments", Faults.Status(422, $"bad\u001b[31m\n::error::{GitHubServer.Token}"));
        GitHubException failure = await fixture.FailureAsync(() => fixture.Client().CreateCommentAsync(7, "x"));
        Assert.Contains("::error::***", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(failure.Message, char.IsControl);
    }

    [Fact]
    public async Task The_reason_why_a_comment_is_too_long_is_GitHubs()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        GitHubException failure = await fixture.FailureAsync(() => fixture.Client().CreateCommentAsync(7, new string('x', 65_537)));
        Assert.Contains("maximum is 65536 characters", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_walked_to_its_end_but_not_for_ever()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("GET", "/comments", (http, _) => Task.FromResult<Answer?>(new(200, new JsonArray())
        {
            Headers = { ["Link"] = $"<{fixture.Server.ApiUrl}repos/octo/images/issues/7/comments?page=1>; rel=\"next\"" },
        }), times: 1000);
        int comments = 0;
        await foreach (IssueComment _ in fixture.Client().ListIssueCommentsAsync(7))
        {
            comments++;
        }

        Assert.Equal((0, 100), (comments, fixture.Server.Requests.Count));
    }

    [Fact]
    public async Task Names_and_branches_cannot_change_the_route()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        await fixture.Client().ListArtifactsAsync("a&name=b#../..");
        Assert.Empty(await fixture.Client().ListRunsAsync("quality.yml", "a&event=push"));
        await fixture.FailureAsync(() => fixture.Client().ListRunsAsync("../../../../user", "main"));
        Assert.All(fixture.Server.Requests, r => Assert.StartsWith("GET /repos/octo/images/actions/", r, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_artifact_is_downloaded_from_the_storage_without_the_token()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddRun(1, "main");
        byte[] zip = Zips.Of(("a.txt", "text"));
        fixture.World.AddArtifact(5, 1, zip);
        using MemoryStream stream = new();
        stream.Write("before"u8);
        fixture.Server.Fail("GET", "sig=", Faults.Cut);
        await fixture.Client().DownloadArtifactAsync(5, (string)fixture.World.Artifacts[0]["digest"]!, stream, 1 << 20);
        Assert.Equal([.. "before"u8, .. zip], stream.ToArray());
    }

    [Fact]
    public void Connections_use_the_machines_proxy_and_follow_no_redirects()
    {
        using SocketsHttpHandler handler = GitHubTransport.CreateHandler();
        Assert.True(handler.UseProxy);
        Assert.Null(handler.Proxy);
        Assert.False(handler.AllowAutoRedirect);
    }
}
