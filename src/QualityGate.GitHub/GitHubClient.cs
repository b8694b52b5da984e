using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace QualityGate.GitHub;

/// <summary>
/// The routes of GitHub's REST interface that a gate needs, one method each. All throw <see cref="GitHubException"/>; none lets the token or
/// a signed address out.
/// </summary>
internal sealed class GitHubClient : IDisposable
{
    private const string ReadRequests = "pull-requests: read";
    private const string WriteRequests = "pull-requests: write";
    private const string ReadActions = "actions: read";
    private const string ReadContents = "contents: read";
    private const int MaximumRunPages = 3;

    /// <summary>GitHub lists no more of one name reliably.</summary>
    private const int MaximumArtifactPages = 10;

    private readonly GitHubConnection _connection;

    /// <summary>Creates the client on a handler, which it owns. The handler must not follow redirects itself.</summary>
    /// <param name="handler">Makes connections.</param>
    /// <param name="context">Where and as whom.</param>
    /// <param name="retry">How long and how often.</param>
    /// <param name="time">Counts the waits between attempts.</param>
    /// <param name="note">Hears of each wait, in a line for people.</param>
    public GitHubClient(HttpMessageHandler handler, GitHubContext context, GitHubRetry? retry = null, TimeProvider? time = null, Action<string>? note = null) =>
        _connection = new GitHubConnection(handler, context, retry ?? new GitHubRetry(), time ?? TimeProvider.System, note);

    /// <summary>Where and as whom.</summary>
    public GitHubContext Context => _connection.Context;

    /// <summary>The client that the tool uses.</summary>
    public static GitHubClient Create(GitHubContext context, Action<string>? note = null) => new(GitHubTransport.CreateHandler(), context, note: note);

    /// <summary>The repository, with its default branch.</summary>
    public Task<RepositoryInfo> GetRepositoryAsync(CancellationToken cancellation = default) =>
        GetAsync(new Uri(Context.ApiUrl, $"repos/{Context.Repository}"), ReadContents, GitHubJson.Default.RepositoryInfo, cancellation);

    /// <summary>The account of the token. Refused (403) for a job's own token.</summary>
    public Task<Account> GetUserAsync(CancellationToken cancellation = default) =>
        GetAsync(new Uri(Context.ApiUrl, "user"), "metadata: read", GitHubJson.Default.Account, cancellation);

    /// <summary>All comments of an issue or pull request, oldest first.</summary>
    public async IAsyncEnumerable<IssueComment> ListIssueCommentsAsync(
        int number, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Uri first = _connection.Address(Text($"issues/{number}/comments?per_page=100"));
        await foreach (GitHubAnswer page in _connection.PagesAsync(first, ReadRequests, cancellation: cancellation).ConfigureAwait(false))
        {
            foreach (IssueComment comment in GitHubJson.Read(page, GitHubJson.Default.IssueCommentArray).OfType<IssueComment>())
            {
                yield return comment;
            }
        }
    }

    /// <summary>Makes a comment. After a failure that <see cref="GitHubException.MayHaveHappened"/>, look before making it again.</summary>
    public Task<IssueComment> CreateCommentAsync(int number, string body, CancellationToken cancellation = default) =>
        WriteAsync(HttpMethod.Post, Text($"issues/{number}/comments"), body, cancellation);

    /// <summary>Changes a comment.</summary>
    public Task<IssueComment> UpdateCommentAsync(long id, string body, CancellationToken cancellation = default) =>
        WriteAsync(HttpMethod.Patch, Text($"issues/comments/{id}"), body, cancellation);

    /// <summary>Makes or changes the one comment that begins with a marker; see <see cref="StickyComment"/>.</summary>
    public Task<CommentOutcome> UpsertCommentAsync(
        int number, string marker, string body, Func<string, bool>? isNewer = null, CancellationToken cancellation = default) =>
        new StickyComment(this, _connection.Loop).UpsertAsync(number, marker, body, isNewer, cancellation);

    /// <summary>A pull request.</summary>
    public Task<PullRequest> GetPullRequestAsync(int number, CancellationToken cancellation = default) =>
        GetAsync(_connection.Address(Text($"pulls/{number}")), ReadRequests, GitHubJson.Default.PullRequest, cancellation);

    /// <summary>Pull requests that hold a commit.</summary>
    public Task<IReadOnlyList<PullRequest>> ListPullRequestsForCommitAsync(string sha, CancellationToken cancellation = default) =>
        ListAsync($"commits/{Uri.EscapeDataString(sha)}/pulls?per_page=100", ReadRequests, GitHubJson.Default.PullRequestArray, page => page, 1, cancellation);

    /// <summary>Pull requests from a branch of somebody's repository, open or not.</summary>
    public Task<IReadOnlyList<PullRequest>> ListPullRequestsFromAsync(string owner, string branch, CancellationToken cancellation = default) =>
        ListAsync(
            $"pulls?state=all&head={Uri.EscapeDataString($"{owner}:{branch}")}&per_page=100", ReadRequests, GitHubJson.Default.PullRequestArray, page => page, 1, cancellation);

    /// <summary>Runs of a workflow on a branch, newest first, those of forks with a branch of that name among them.</summary>
    /// <param name="workflowFile">Such as <c>quality.yml</c>.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="status">Such as <c>success</c> or <c>completed</c>; null for all.</param>
    /// <param name="eventName">Such as <c>push</c>; null for all.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<IReadOnlyList<WorkflowRun>> ListRunsAsync(
        string workflowFile, string branch, string? status = null, string? eventName = null, CancellationToken cancellation = default)
    {
        string query = $"branch={Uri.EscapeDataString(branch)}"
            + (status is null ? "" : $"&status={Uri.EscapeDataString(status)}")
            + (eventName is null ? "" : $"&event={Uri.EscapeDataString(eventName)}");
        return ListAsync(
            $"actions/workflows/{Uri.EscapeDataString(workflowFile)}/runs?{query}&per_page=100",
            ReadActions, GitHubJson.Default.RunPage, page => page.WorkflowRuns ?? [], MaximumRunPages, cancellation);
    }

    /// <summary>A run.</summary>
    public Task<WorkflowRun> GetRunAsync(long id, CancellationToken cancellation = default) =>
        GetAsync(_connection.Address(Text($"actions/runs/{id}")), ReadActions, GitHubJson.Default.WorkflowRun, cancellation);

    /// <summary>A run's artifacts of a name.</summary>
    public Task<IReadOnlyList<Artifact>> ListRunArtifactsAsync(long runId, string name, CancellationToken cancellation = default) =>
        ListAsync(
            Text($"actions/runs/{runId}/artifacts?name={Uri.EscapeDataString(name)}&per_page=100"),
            ReadActions, GitHubJson.Default.ArtifactPage, page => page.Artifacts ?? [], MaximumArtifactPages, cancellation);

    /// <summary>The repository's artifacts of a name, newest first, those of forks' pull requests among them.</summary>
    public Task<IReadOnlyList<Artifact>> ListArtifactsAsync(string name, CancellationToken cancellation = default) =>
        ListAsync(
            $"actions/artifacts?name={Uri.EscapeDataString(name)}&per_page=100",
            ReadActions, GitHubJson.Default.ArtifactPage, page => page.Artifacts ?? [], MaximumArtifactPages, cancellation);

    /// <summary>Writes an artifact's zip into a stream that can be set back, and checks its digest.</summary>
    /// <param name="id">The artifact.</param>
    /// <param name="expectedDigest"><c>sha256:...</c> as the list of artifacts says; null when it says none.</param>
    /// <param name="destination">Seekable; written from its present position.</param>
    /// <param name="maximumBytes">More is an error.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task DownloadArtifactAsync(long id, string? expectedDigest, Stream destination, long maximumBytes, CancellationToken cancellation = default)
    {
        GitHubRequest request = new(HttpMethod.Get, _connection.Address(Text($"actions/artifacts/{id}/zip")), ReadActions);
        return new ArtifactDownload(_connection, request, maximumBytes).RunAsync(expectedDigest, destination, cancellation);
    }

    /// <inheritdoc />
    public void Dispose() => _connection.Dispose();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private async Task<T> GetAsync<T>(Uri address, string permission, JsonTypeInfo<T> type, CancellationToken cancellation)
        where T : class =>
        GitHubJson.Read(await _connection.SendAsync(new GitHubRequest(HttpMethod.Get, address, permission), cancellation).ConfigureAwait(false), type);

    private async Task<IReadOnlyList<TItem>> ListAsync<TPage, TItem>(
        string route, string permission, JsonTypeInfo<TPage> type, Func<TPage, IEnumerable<TItem?>> items, int pages, CancellationToken cancellation)
        where TPage : class
        where TItem : class
    {
        List<TItem> list = [];
        await foreach (GitHubAnswer page in _connection.PagesAsync(_connection.Address(route), permission, pages, cancellation).ConfigureAwait(false))
        {
            list.AddRange(items(GitHubJson.Read(page, type)).OfType<TItem>());
        }

        return list;
    }

    private async Task<IssueComment> WriteAsync(HttpMethod method, string route, string body, CancellationToken cancellation)
    {
        byte[] json = JsonSerializer.SerializeToUtf8Bytes(new CommentText(body), GitHubJson.Default.CommentText);
        GitHubRequest request = new(method, _connection.Address(route), WriteRequests, json);
        return GitHubJson.Read(await _connection.SendAsync(request, cancellation).ConfigureAwait(false), GitHubJson.Default.IssueComment);
    }
}
