using System.Net;
using System.Runtime.CompilerServices;

namespace QualityGate.GitHub;

/// <summary>Sends requests to the REST interface: headers, time-outs, retries, tags, pages. It knows no route.</summary>
internal sealed class GitHubConnection : IDisposable
{
    private const int MaximumPages = 100;
    private const int MaximumRedirects = 5;

    private readonly EntityTags _tags = new();
    private readonly TimeProvider _time;

    /// <summary>Creates the connection; nothing is sent yet.</summary>
    public GitHubConnection(HttpMessageHandler handler, GitHubContext context, GitHubRetry retry, TimeProvider time, Action<string>? note)
    {
        // Time-outs are per attempt, so the client's own would only hide which one it was.
        Http = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        Context = context;
        Retry = retry;
        _time = time;
        Loop = new RetryLoop(retry, time, note ?? (_ => { }));
    }

    /// <summary>Where and as whom.</summary>
    public GitHubContext Context { get; }

    /// <summary>How long and how often.</summary>
    public GitHubRetry Retry { get; }

    /// <summary>Tries again.</summary>
    public RetryLoop Loop { get; }

    /// <summary>The bare client.</summary>
    public HttpClient Http { get; }

    /// <summary>An address below the repository's.</summary>
    public Uri Address(string route) => new(Context.ApiUrl, $"repos/{Context.Repository}/{route}");

    /// <summary>Sends a request and reads its whole answer.</summary>
    /// <exception cref="GitHubException">It did not succeed.</exception>
    public Task<GitHubAnswer> SendAsync(GitHubRequest request, CancellationToken cancellation) =>
        Loop.RunAsync(stop => AttemptAsync(request, stop), repeatable: request.Method != HttpMethod.Post, cancellation);

    /// <summary>Reads a list, page by page.</summary>
    public async IAsyncEnumerable<GitHubAnswer> PagesAsync(
        Uri first, string permission, int maximumPages = MaximumPages, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        Uri? address = first;
        for (int page = 0; address is not null && page < maximumPages; page++)
        {
            GitHubAnswer answer = await SendAsync(new GitHubRequest(HttpMethod.Get, address, permission), cancellation).ConfigureAwait(false);
            yield return answer;
            address = answer.NextPage;
        }
    }

    /// <summary>The error of an answer that is no success; reads what it says.</summary>
    public async Task<GitHubException> RefusalAsync(HttpResponseMessage response, GitHubRequest request, CancellationToken cancellation)
    {
        byte[] body = await BoundedBody.ReadAsync(response, cancellation).ConfigureAwait(false);
        return Refusal.Of(response, body, request, Context, _time.GetUtcNow());
    }

    /// <inheritdoc />
    public void Dispose() => Http.Dispose();

    private async Task<GitHubAnswer> AttemptAsync(GitHubRequest request, CancellationToken cancellation)
    {
        // Stalls happen in real time, whatever clock counts the waits between attempts.
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Retry.AttemptTime);
        try
        {
            return await FollowAsync(request, limit.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw NetworkFault.TimedOut(request.Address);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            throw NetworkFault.Of(exception, request.Address);
        }
    }

    // A repository that was renamed answers with redirects. The token goes along on the same server only.
    private async Task<GitHubAnswer> FollowAsync(GitHubRequest request, CancellationToken cancellation)
    {
        Uri address = request.Address;
        for (int redirects = 0; redirects <= MaximumRedirects; redirects++)
        {
            using HttpRequestMessage message = GitHubTransport.Compose(request, address, Context.Token);
            var known = request.Method == HttpMethod.Get ? _tags.Find(address) : null;
            if (known is not null)
            {
                message.Headers.IfNoneMatch.Add(known.Value.Tag);
            }

            using HttpResponseMessage response = await Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation).ConfigureAwait(false);
            if (!GitHubTransport.IsRedirect(response))
            {
                return response.StatusCode == HttpStatusCode.NotModified && known is not null
                    ? known.Value.Answer
                    : await ReadAsync(response, request, address, cancellation).ConfigureAwait(false);
            }

            Uri target = GitHubTransport.Target(response, address);
            if (!ServiceAddress.SameServer(target, address))
            {
                throw new GitHubException(GitHubErrorKind.BadAnswer, $"GitHub sent {request} to another server, {target.IdnHost}.");
            }

            address = target;
        }

        throw new GitHubException(GitHubErrorKind.BadAnswer, $"GitHub redirected {request} more than {MaximumRedirects} times.");
    }

    private async Task<GitHubAnswer> ReadAsync(HttpResponseMessage response, GitHubRequest request, Uri address, CancellationToken cancellation)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw await RefusalAsync(response, request, cancellation).ConfigureAwait(false);
        }

        byte[] body = await BoundedBody.ReadAsync(response, cancellation).ConfigureAwait(false);
        GitHubAnswer answer = new(response.StatusCode, body, PageLink.Next(response, address));
        if (request.Method == HttpMethod.Get)
        {
            _tags.Keep(address, response.Headers.ETag, answer);
        }

        return answer;
    }
}
