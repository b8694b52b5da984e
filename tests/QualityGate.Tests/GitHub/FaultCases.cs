using System.Net;
using System.Net.Sockets;
using QualityGate.Errors;
using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

/// <summary>One row of the table in docs/github-faults.md, and how to bring the fault about.</summary>
/// <param name="What">The fault, in words.</param>
/// <param name="Attempts">How often the request is sent.</param>
/// <param name="Code">The error's code; null when all ends well.</param>
/// <param name="Act">Brings it about.</param>
internal sealed record FaultCase(string What, int Attempts, ErrorCode? Code, Func<GitHubFixture, Task> Act)
{
    public string Row => $"| {What} | {Attempts} | {(Code is null ? "succeeds" : $"`{Code}` {Code.Title.ToLowerInvariant().Replace("github", "GitHub", StringComparison.Ordinal)}")} |";
}

/// <summary>Every fault between here and GitHub, with what comes of it.</summary>
internal static class FaultCases
{
    private const string Comments = "/comments";
    private static readonly GitHubRetry Impatient = new()
    {
        Seed = 1,
        MaximumAttempts = 2,
        AttemptTime = TimeSpan.FromMilliseconds(300),
        IdleTime = TimeSpan.FromMilliseconds(300),
    };

    public static IReadOnlyList<FaultCase> All { get; } =
    [
        new("Nothing listens at the address", 5, PublishErrors.NoNetwork, f => Read(f.Client(f.Context() with { ApiUrl = ClosedPort() }))),
        new("The host's name is unknown (DNS)", 5, PublishErrors.NameNotFound, f => Read(f.Client(f.Context() with { ApiUrl = new("https://github.invalid/") }))),
        new("The connection ends without an answer", 5, PublishErrors.NoNetwork, f => Failing(f, Faults.Reset, 5)),
        new("The connection is cut inside the answer, twice", 3, null, f => Failing(f, Faults.Cut, 2)),
        new("The connection is cut inside every answer", 5, PublishErrors.NoNetwork, f => Failing(f, Faults.Cut, 5)),
        new("No answer in time (30 s; here at most 2 attempts)", 2, PublishErrors.Timeout, f => Failing(f, Faults.Silent, 2, Impatient)),
        new("The answer stops in its middle (30 s; here at most 2 attempts)", 2, PublishErrors.Timeout, f => Failing(f, Faults.Stalled, 2, Impatient)),
        new("500 three times", 4, null, f => Failing(f, Faults.Status(500), 3)),
        new("500 for ever", 5, PublishErrors.ServerFault, f => Failing(f, Faults.Status(500), 5)),
        new("401: the token is wrong or expired", 1, PublishErrors.Unauthorized, f => Read(f.Client(f.Context("ghs_expired")))),
        new("401: there is no token", 1, PublishErrors.Unauthorized, f => Read(f.Client(f.Context() with { Token = null }))),
        new("403: the token lacks a permission", 1, PublishErrors.ForbiddenPermission, f => WriteReadOnly(f, f.PullRequestContext(GitHubWorld.Repository))),
        new("403: the pull request comes from a fork", 1, PublishErrors.ForbiddenFork, f => WriteReadOnly(f, f.PullRequestContext("mallory/images"))),
        new("403: the pull request comes from Dependabot", 1, PublishErrors.ForbiddenFork,
            f => WriteReadOnly(f, f.PullRequestContext(GitHubWorld.Repository) with { Actor = "dependabot[bot]" })),
        new("404", 1, PublishErrors.NotFound, f => f.Client().GetPullRequestAsync(99)),
        new("409", 1, PublishErrors.Conflict, f => Failing(f, Faults.Status(409), 1)),
        new("410", 1, PublishErrors.Gone, f => Failing(f, Faults.Status(410), 1)),
        new("422: the comment is longer than 65,536 characters", 1, PublishErrors.Unprocessable, f => f.Client().CreateCommentAsync(7, new string('x', 65_537))),
        new("429 with `Retry-After`", 2, null, f => Failing(f, Faults.Status(429, "slow down", ("Retry-After", "3")), 1)),
        new("429 with a `Retry-After` beyond the time that is waited (2 minutes)", 1, PublishErrors.RateLimited,
            f => Failing(f, Faults.Status(429, "slow down", ("Retry-After", "3600")), 1)),
        new("403 with `x-ratelimit-remaining: 0`, reset within the time that is waited", 2, null, f => Failing(f, Limited(40), 1)),
        new("403 with `x-ratelimit-remaining: 0`, reset later", 1, PublishErrors.RateLimited, f => Failing(f, Limited(3600), 1)),
        new("403 for a secondary limit, once", 2, null, f => Failing(f, Secondary, 1)),
        new("403 for a secondary limit, again after a minute", 2, PublishErrors.RateLimited, f => Failing(f, Secondary, 2)),
        new("A proxy's log-in page in place of JSON", 1, PublishErrors.BadAnswer, f => Failing(f, Faults.LogInPage, 1)),
        new("407: the proxy wants a password", 1, PublishErrors.NoNetwork, f => Failing(f, Faults.Status(407), 1)),
        new("An answer larger than 16 MB", 1, PublishErrors.BadAnswer, f => Failing(f, (_, _) => Task.FromResult<Answer?>(new(200, Bytes: new byte[(16 << 20) + 1])), 1)),
        new("A redirect on the same server: the repository was renamed", 1, null,
            f => Failing(f, Faults.Status(301, "Moved", ("Location", "/repos/octo/images/issues/7/comments?per_page=100")), 1)),
        new("A redirect to another server", 1, PublishErrors.BadAnswer, f => Failing(f, Faults.Status(302, "Moved", ("Location", f.Server.StorageUrl + "x")), 1)),
        new("A list whose next page is on another server", 1, PublishErrors.BadAnswer,
            f => Failing(f, (_, _) => Task.FromResult<Answer?>(new(200, Bytes: "[]"u8.ToArray()) { Headers = { ["Link"] = $"<{f.Server.StorageUrl}p>; rel=\"next\"" } }), 1)),
        .. DownloadFaultCases.All,
    ];

    private static async Task Read(GitHubClient client)
    {
        await foreach (IssueComment comment in client.ListIssueCommentsAsync(7))
        {
            Assert.NotNull(comment);
        }
    }

    private static Task Failing(GitHubFixture fixture, GitHubServer.Fault fault, int times, GitHubRetry? retry = null)
    {
        fixture.Server.Fail("GET", Comments, fault, times);
        return Read(fixture.Client(retry: retry));
    }

    private static Task<IssueComment> WriteReadOnly(GitHubFixture fixture, GitHubContext context)
    {
        fixture.World.ReadOnly = true;
        return fixture.Client(context).CreateCommentAsync(7, "text");
    }

    // The wait is counted on the server's clock, so a machine's wrong one does no harm.
    private static GitHubServer.Fault Limited(int seconds) => (_, _) =>
    {
        DateTimeOffset now = new(2031, 1, 2, 3, 4, 5, TimeSpan.Zero);
        return Task.FromResult<Answer?>(Answer.Error(
            403, "API rate limit exceeded", ("Date", now.ToString("r")), ("x-ratelimit-remaining", "0"), ("x-ratelimit-reset", $"{now.ToUnixTimeSeconds() + seconds}")));
    };

    private static GitHubServer.Fault Secondary => Faults.Status(403, "You have exceeded a secondary rate limit. Please wait a few minutes before you try again.");

    private static Uri ClosedPort()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/");
    }
}
