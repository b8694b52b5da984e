using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

public sealed class StickyCommentTests
{
    private const string Marker = "<!-- qualitygate:gate -->";

    [Fact]
    public async Task The_first_run_creates_a_comment_and_the_next_ones_change_it()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        GitHubClient client = fixture.Client();
        CommentOutcome first = await client.UpsertCommentAsync(7, Marker, Marker + "\none");
        CommentOutcome second = await client.UpsertCommentAsync(7, Marker, Marker + "\ntwo");
        CommentOutcome third = await client.UpsertCommentAsync(7, Marker, Marker + "\r\ntwo");

        Assert.Equal([CommentAction.Created, CommentAction.Updated, CommentAction.Unchanged], new[] { first.Action, second.Action, third.Action });
        Assert.Equal(first.Id, third.Id);
        Assert.StartsWith("https://github.com/octo/images/pull/7#", first.Link, StringComparison.Ordinal);
        Assert.Equal(Marker + "\ntwo", (string?)Assert.Single(fixture.World.Comments)["body"]);
    }

    [Fact]
    public async Task It_is_found_behind_hundreds_of_other_comments()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        for (int i = 0; i < 250; i++)
        {
            fixture.World.AddComment($"comment {i}", "somebody", "User");
        }

        long ours = (long)fixture.World.AddComment(Marker + "\nold")["id"]!;
        Assert.Equal(ours, (await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nnew")).Id);
        Assert.Equal(
            ["GET /repos/octo/images/issues/7/comments?per_page=100", "GET /repos/octo/images/issues/7/comments?per_page=100&page=2",
                "GET /repos/octo/images/issues/7/comments?per_page=100&page=3", $"PATCH /repos/octo/images/issues/comments/{ours}"],
            fixture.Server.Requests);
    }

    [Theory]
    [InlineData("mallory", "User")]
    [InlineData("github-actions[bot]", "User")]
    [InlineData("dependabot[bot]", "Bot")]
    public async Task Somebody_elses_comment_with_the_marker_is_left_alone(string login, string type)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddComment(Marker + "\nplanted", login, type);
        Assert.Equal(CommentAction.Created, (await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nours")).Action);
        Assert.Equal([Marker + "\nplanted", Marker + "\nours"], fixture.World.Comments.Select(c => (string)c["body"]!));
    }

    [Fact]
    public async Task A_comment_of_ours_that_only_quotes_the_marker_is_left_alone()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddComment($"somebody wrote: {Marker}");
        Assert.Equal(CommentAction.Created, (await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nours")).Action);
    }

    [Fact]
    public async Task A_persons_token_finds_the_persons_comment_and_not_the_bots()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddComment(Marker + "\nbot's");
        long persons = (long)fixture.World.AddComment(Marker + "\nperson's", GitHubWorld.UserLogin, "User")["id"]!;
        GitHubClient client = fixture.Client(fixture.Context(GitHubServer.PersonsToken));
        Assert.Equal(persons, (await client.UpsertCommentAsync(7, Marker, Marker + "\nnew")).Id);
    }

    [Fact]
    public async Task An_app_of_ones_own_is_named_by_the_context()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        long ours = (long)fixture.World.AddComment(Marker + "\nold", "my-gate[bot]")["id"]!;
        GitHubClient client = fixture.Client(fixture.Context() with { CommentAuthor = "my-gate[bot]" });
        Assert.Equal(ours, (await client.UpsertCommentAsync(7, Marker, Marker + "\nnew")).Id);
    }

    [Fact]
    public async Task Of_several_the_oldest_is_kept()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        long oldest = (long)fixture.World.AddComment(Marker + "\na")["id"]!;
        fixture.World.AddComment(Marker + "\nb");
        Assert.Equal(oldest, (await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nnew")).Id);
        Assert.Equal([Marker + "\nnew", Marker + "\nb"], fixture.World.Comments.Select(c => (string)c["body"]!));
    }

    [Theory]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(410)]
    public async Task A_comment_that_is_deleted_meanwhile_is_made_anew(int status)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddComment(Marker + "\nold");
        fixture.Server.Fail("PATCH", "/comments/", (_, _) =>
        {
            fixture.World.Comments.Clear();
            return Task.FromResult<Answer?>(Answer.Error(status, "Not Found"));
        });
        Assert.Equal(CommentAction.Created, (await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nnew")).Action);
        Assert.Equal(Marker + "\nnew", (string?)Assert.Single(fixture.World.Comments)["body"]);
    }

    [Fact]
    public async Task A_newer_runs_comment_stays()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddComment(Marker + "\nrun 9");
        CommentOutcome outcome = await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nrun 8", body => body.EndsWith('9'));
        Assert.Equal(CommentAction.Superseded, outcome.Action);
        Assert.EndsWith("run 9", (string?)fixture.World.Comments[0]["body"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_comment_whose_making_was_done_but_not_heard_of_is_not_made_twice(bool byGateway)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("POST", "/comments", byGateway ? Faults.DoneButBadGateway : Faults.DoneButUnheard);
        CommentOutcome outcome = await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nonce");
        Assert.Equal(CommentAction.Created, outcome.Action);
        Assert.Single(fixture.World.Comments);
        Assert.Single(fixture.Server.Requests, r => r.StartsWith("POST", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_comment_whose_making_failed_for_sure_or_perhaps_is_made_after_a_second_look()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("POST", "/comments", Faults.Reset);
        fixture.Server.Fail("POST", "/comments", Faults.Status(500));
        fixture.Server.Fail("POST", "/comments", Faults.Status(429, "slow down", ("Retry-After", "3")));
        Assert.Equal(CommentAction.Created, (await fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nonce")).Action);
        Assert.Single(fixture.World.Comments);

        // After the two that may have happened comes a look; after the one that did not, none.
        Assert.Equal(["GET", "POST", "GET", "POST", "GET", "POST", "POST"], fixture.Server.Requests.Select(r => r.Split(' ')[0]));
        Assert.True(fixture.Server.NotModified >= 2, "The looks used tags.");
    }

    [Fact]
    public async Task A_server_that_never_heals_is_left_after_a_bounded_number_of_attempts()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("POST", "/comments", Faults.Status(503), times: 5);
        GitHubException failure = await fixture.FailureAsync(() => fixture.Client().UpsertCommentAsync(7, Marker, Marker + "\nonce"));
        Assert.Equal(GitHubErrorKind.ServerFault, failure.Kind);
        Assert.Contains("Tried 5 times", failure.Message, StringComparison.Ordinal);
        Assert.Equal(5, fixture.Server.Requests.Count(r => r.StartsWith("POST", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task A_body_without_the_marker_at_its_beginning_is_refused_before_anything_is_sent()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        await Assert.ThrowsAsync<ArgumentException>(() => fixture.Client().UpsertCommentAsync(7, Marker, "text " + Marker));
        Assert.Empty(fixture.Server.Requests);
    }
}
