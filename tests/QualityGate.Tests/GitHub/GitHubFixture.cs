using QualityGate.GitHub;

namespace QualityGate.Tests.GitHub;

/// <summary>A server and a client of it whose waits are skipped. Checks at the end that no secret came out.</summary>
internal sealed class GitHubFixture : IAsyncDisposable
{
    private readonly List<GitHubClient> _clients = [];

    private GitHubFixture(GitHubServer server) => Server = server;

    public GitHubServer Server { get; }

    public GitHubWorld World => Server.World;

    public SkippingTime Time { get; } = new();

    public List<string> Notes { get; } = [];

    public static async Task<GitHubFixture> StartAsync() => new(await GitHubServer.StartAsync());

    public GitHubContext Context(string token = GitHubServer.Token) => new()
    {
        ApiUrl = Server.ApiUrl,
        Repository = RepositoryName.Parse(GitHubWorld.Repository),
        Token = GitHubToken.Of(token),
    };

    /// <summary>A job of a pull request, perhaps of a fork.</summary>
    public GitHubContext PullRequestContext(string headRepository) => Context() with
    {
        EventName = "pull_request",
        Event = new GitHubEvent { HasPullRequest = true, PullRequestNumber = 7, HeadRepository = headRepository, HeadSha = GitHubWorld.Sha('a') },
    };

    public GitHubClient Client(GitHubContext? context = null, GitHubRetry? retry = null)
    {
        // A proxy of the machine that runs the tests has no part in them.
        SocketsHttpHandler handler = GitHubTransport.CreateHandler();
        handler.UseProxy = false;
        GitHubClient client = new(handler, context ?? Context(), retry ?? new GitHubRetry { Seed = 1 }, Time, Notes.Add);
        _clients.Add(client);
        return client;
    }

    /// <summary>Runs what must fail, and looks for secrets in all that it says.</summary>
    public async Task<GitHubException> FailureAsync(Func<Task> action)
    {
        GitHubException failure = await Assert.ThrowsAsync<GitHubException>(action);
        AssertHidden([failure.ToString(), failure.Advice, failure.AsUserError().ToString(), .. Notes]);
        return failure;
    }

    public async ValueTask DisposeAsync()
    {
        _clients.ForEach(client => client.Dispose());
        await Server.DisposeAsync();
        AssertHidden([.. Notes]);
    }

    public static void AssertHidden(params string[] texts) => Assert.All(texts, text =>
    {
        Assert.DoesNotContain(GitHubServer.Token, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(GitHubServer.PersonsToken, text, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain(GitHubWorld.Signature, text, StringComparison.OrdinalIgnoreCase);
    });
}
