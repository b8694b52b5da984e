using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

public sealed class RetryTests
{
    [Fact]
    public async Task Waits_double_with_jitter_and_are_the_same_for_the_same_seed()
    {
        IReadOnlyList<TimeSpan> waits = await WaitsAsync(Faults.Status(502), 4, seed: 3);
        Assert.Equal(4, waits.Count);
        Assert.All(waits.Index(), wait => Assert.InRange(wait.Item.TotalSeconds, Math.Pow(2, wait.Index) / 2, Math.Pow(2, wait.Index)));
        Assert.Equal(waits, await WaitsAsync(Faults.Status(502), 4, seed: 3));
        Assert.NotEqual(waits, await WaitsAsync(Faults.Status(502), 4, seed: 4));
    }

    [Theory]
    [InlineData("Retry-After", "17", 17)]
    [InlineData("Retry-After", "Fri, 20 Nov 2026 12:00:30 GMT", 30)]
    public async Task What_the_server_asks_for_is_waited(string header, string value, int seconds)
    {
        IReadOnlyList<TimeSpan> waits = await WaitsAsync(Faults.Status(429, "slow down", (header, value), ("Date", "Fri, 20 Nov 2026 12:00:00 GMT")), 1);
        Assert.InRange(Assert.Single(waits).TotalSeconds, seconds, seconds + 1);
    }

    [Fact]
    public async Task A_secondary_limit_without_a_time_is_waited_a_minute_at_least()
    {
        IReadOnlyList<TimeSpan> waits = await WaitsAsync(Faults.Status(403, "You have exceeded a secondary rate limit."), 1);
        Assert.InRange(Assert.Single(waits).TotalSeconds, 60, 61);
    }

    [Fact]
    public async Task A_limit_that_is_not_waited_for_says_how_long_it_lasts()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("GET", "/pulls/7", Faults.Status(429, "slow down", ("Retry-After", "3600")));
        GitHubException failure = await fixture.FailureAsync(() => fixture.Client().GetPullRequestAsync(7));
        Assert.Matches(@"would have to wait 360[01] s", failure.Message);
        Assert.Empty(fixture.Time.Waits);
    }

    [Fact]
    public async Task The_whole_time_is_bounded()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("GET", "/pulls/7", Faults.Status(429, "slow down", ("Retry-After", "50")), times: 9);
        GitHubRetry retry = new() { MaximumAttempts = 9 };
        await fixture.FailureAsync(() => fixture.Client(retry: retry).GetPullRequestAsync(7));
        Assert.Equal(2, fixture.Time.Waits.Count);
    }

    [Fact]
    public async Task Making_a_comment_is_not_repeated_when_it_may_have_happened()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.Server.Fail("POST", "/comments", Faults.DoneButUnheard);
        GitHubException failure = await fixture.FailureAsync(() => fixture.Client().CreateCommentAsync(7, "text"));
        Assert.True(failure.MayHaveHappened);
        Assert.Single(fixture.World.Comments);
    }

    [Fact]
    public async Task Changing_a_comment_is_repeated()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        long id = (long)fixture.World.AddComment("old")["id"]!;
        fixture.Server.Fail("PATCH", "/comments/", Faults.DoneButUnheard, times: 2);
        Assert.Equal("new", (await fixture.Client().UpdateCommentAsync(id, "new")).Body);
        Assert.Equal(3, fixture.Server.Requests.Count);
    }

    [Fact]
    public async Task Cancelling_ends_a_silent_request()
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        using CancellationTokenSource cancellation = new();
        fixture.Server.Fail("GET", "/pulls/7", (http, route) =>
        {
            cancellation.Cancel();
            return Faults.Silent(http, route);
        });
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => fixture.Client().GetPullRequestAsync(7, cancellation.Token));
    }

    private static async Task<IReadOnlyList<TimeSpan>> WaitsAsync(GitHubServer.Fault fault, int times, int seed = 1)
    {
        await using GitHubFixture fixture = await GitHubFixture.StartAsync();
        fixture.World.AddPull(7, GitHubWorld.Sha('a'));
        fixture.Server.Fail("GET", "/pulls/7", fault, times);
        Assert.Equal(7, (await fixture.Client(retry: new GitHubRetry { Seed = seed }).GetPullRequestAsync(7)).Number);
        return fixture.Time.Waits;
    }
}
