using System.Security.Cryptography;
using QualityGate.Errors;

namespace QualityGate.GitHub;

/// <summary>
/// Downloads an artifact. GitHub answers with a redirect to storage that is signed for a minute, so each attempt starts at GitHub. The
/// token never goes to the storage, which refuses requests that bring one, and the signed address is never shown.
/// </summary>
internal sealed class ArtifactDownload(GitHubConnection connection, GitHubRequest request, long maximumBytes)
{
    private const string DigestPrefix = "sha256:";
    private const int MaximumRedirects = 5;
    private const int BlockSize = 1 << 17;

    private static readonly System.Buffers.SearchValues<char> HexDigits = System.Buffers.SearchValues.Create("0123456789abcdefABCDEF");

    /// <summary>Writes the zip and checks it.</summary>
    public async Task RunAsync(string? expectedDigest, Stream destination, CancellationToken cancellation)
    {
        string? expected = Digits(expectedDigest);
        long start = destination.Position;
        string got = await connection.Loop.RunAsync(stop => AttemptAsync(destination, start, stop), repeatable: true, cancellation).ConfigureAwait(false);
        if (expected is not null && !got.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            throw new GitHubException(
                GitHubErrorKind.BadAnswer,
                $"The artifact's SHA-256 is {got}, but GitHub's list says {expected}.",
                code: PublishErrors.DigestMismatch);
        }
    }

    private static string? Digits(string? digest) => digest switch
    {
        null => null,
        _ when digest.StartsWith(DigestPrefix, StringComparison.Ordinal) && digest.Length == DigestPrefix.Length + 64
            && digest.AsSpan(DigestPrefix.Length).IndexOfAnyExcept(HexDigits) < 0 => digest[DigestPrefix.Length..],
        _ => throw new GitHubException(GitHubErrorKind.BadAnswer, "The artifact's digest is of a kind that this version cannot check."),
    };

    private async Task<string> AttemptAsync(Stream destination, long start, CancellationToken cancellation)
    {
        destination.SetLength(start);
        destination.Position = start;
        Uri address = request.Address;
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(connection.Retry.AttemptTime);
        try
        {
            using HttpResponseMessage first = await SendAsync(GitHubTransport.Compose(request, address, connection.Context.Token), limit.Token).ConfigureAwait(false);
            if (first.IsSuccessStatusCode)
            {
                return await CopyAsync(first, destination, address, limit, cancellation).ConfigureAwait(false);
            }

            if (!GitHubTransport.IsRedirect(first))
            {
                throw await connection.RefusalAsync(first, request, limit.Token).ConfigureAwait(false);
            }

            address = Checked(GitHubTransport.Target(first, address));
            return await FollowAsync(address, destination, limit, cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw NetworkFault.TimedOut(address);
        }
        catch (Exception exception) when (exception is HttpRequestException or HttpIOException)
        {
            throw NetworkFault.Of(exception, address);
        }
    }

    private async Task<string> FollowAsync(Uri address, Stream destination, CancellationTokenSource limit, CancellationToken cancellation)
    {
        for (int redirects = 1; redirects <= MaximumRedirects; redirects++)
        {
            using HttpResponseMessage response = await SendAsync(GitHubTransport.Compose(HttpMethod.Get, address), limit.Token).ConfigureAwait(false);
            if (response.IsSuccessStatusCode)
            {
                return await CopyAsync(response, destination, address, limit, cancellation).ConfigureAwait(false);
            }

            if (!GitHubTransport.IsRedirect(response))
            {
                throw StorageRefusal(response, address);
            }

            address = Checked(GitHubTransport.Target(response, address));
        }

        throw new GitHubException(GitHubErrorKind.BadAnswer, $"The download was redirected more than {MaximumRedirects} times.");
    }

    // 403 is what an outlived signature gets; the next attempt has a new one.
    private static GitHubException StorageRefusal(HttpResponseMessage response, Uri address)
    {
        int status = (int)response.StatusCode;
        string message = $"The storage of artifacts, {address.IdnHost}, answered {status}.";
        return status switch
        {
            404 or 410 => new GitHubException(GitHubErrorKind.Gone, message),
            403 or 408 or 429 or >= 500 => new GitHubException(GitHubErrorKind.ServerFault, message) { IsTransient = true },
            _ => new GitHubException(GitHubErrorKind.BadAnswer, message),
        };
    }

    private Uri Checked(Uri target) =>
        (target.Scheme == Uri.UriSchemeHttps || (ServiceAddress.IsLocal(target) && ServiceAddress.IsLocal(connection.Context.ApiUrl))) && target.UserInfo.Length == 0
            ? target
            : throw new GitHubException(GitHubErrorKind.BadAnswer, "The download was redirected to an address that is not https.");

    private Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, CancellationToken cancellation) =>
        connection.Http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellation);

    private async Task<string> CopyAsync(
        HttpResponseMessage response, Stream destination, Uri address, CancellationTokenSource idle, CancellationToken cancellation)
    {
        if (response.Content.Headers.ContentLength > maximumBytes)
        {
            throw TooLarge();
        }

        using CancellationTokenSource whole = CancellationTokenSource.CreateLinkedTokenSource(idle.Token);
        whole.CancelAfter(connection.Retry.DownloadTime);
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Stream body = await response.Content.ReadAsStreamAsync(whole.Token).ConfigureAwait(false);
        await using (body.ConfigureAwait(false))
        {
            byte[] block = new byte[BlockSize];
            long bytes = 0;
            while (true)
            {
                // The limit is on silence; each block that comes sets it back.
                idle.CancelAfter(connection.Retry.IdleTime);
                int read = await ReadAsync(body, block, address, whole.Token).ConfigureAwait(false);
                if (read == 0)
                {
                    return Convert.ToHexStringLower(hash.GetHashAndReset());
                }

                bytes += read;
                if (bytes > maximumBytes)
                {
                    throw TooLarge();
                }

                hash.AppendData(block, 0, read);
                await destination.WriteAsync(block.AsMemory(0, read), cancellation).ConfigureAwait(false);
            }
        }
    }

    // Faults of the network are told from those of the disk by where they happen.
    private static async Task<int> ReadAsync(Stream body, byte[] block, Uri address, CancellationToken cancellation)
    {
        try
        {
            return await body.ReadAsync(block, cancellation).ConfigureAwait(false);
        }
        catch (IOException exception)
        {
            throw NetworkFault.Of(exception, address);
        }
    }

    private GitHubException TooLarge() =>
        new(GitHubErrorKind.BadAnswer, FormattableString.Invariant($"The artifact is larger than {maximumBytes:N0} bytes."), code: PublishErrors.ArtifactTooLarge);
}
