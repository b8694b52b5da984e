using System.Net;
using System.Net.Http.Headers;
using System.Text;
using QualityGate.Errors;

namespace QualityGate.Tool.Models;

/// <summary>
/// Asks for a file. Redirects are followed by hand: each must be safe, and a mirror's user and password go to that mirror only. Proxies are
/// those of the machine (HTTPS_PROXY, NO_PROXY).
/// </summary>
internal sealed class WebClient : IDisposable
{
    private const int MostRedirects = 5;

    private readonly HttpClient _client;
    private readonly TimeSpan _patience;

    /// <param name="patience">How long a server may say nothing.</param>
    /// <param name="handler">Another way to the network, for tests.</param>
    public WebClient(TimeSpan patience, HttpMessageHandler? handler = null)
    {
        _patience = patience;
        _client = new HttpClient(handler ?? Handler()) { Timeout = Timeout.InfiniteTimeSpan };
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("qualitygate", ToolVersion.Text));

        // The length and the place of a cut are those of the bytes themselves.
        _client.DefaultRequestHeaders.AcceptEncoding.Add(new StringWithQualityHeaderValue("identity"));
    }

    /// <summary>The handler that is used outside of tests.</summary>
    public static SocketsHttpHandler Handler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = true,
        UseCookies = false,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectTimeout = TimeSpan.FromSeconds(30),
    };

    /// <summary>The first answer that is no redirect; its body is not read yet.</summary>
    /// <param name="request">What is asked for.</param>
    /// <param name="offset">Bytes that are there already.</param>
    /// <param name="condition">Of which version they are, or null to ask for all.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="WebFault">It may work later.</exception>
    /// <exception cref="UserErrorException">It will not.</exception>
    public async Task<HttpResponseMessage> GetAsync(DownloadRequest request, long offset, RangeConditionHeaderValue? condition, CancellationToken cancellation)
    {
        Uri address = request.Address;
        WebAddress.Require(address, request.Mirror, from: null);
        for (int redirects = 0; redirects <= MostRedirects; redirects++)
        {
            using HttpRequestMessage message = Compose(address, request.Address, offset, condition);
            HttpResponseMessage response = await SendAsync(message, address, cancellation);
            if (Target(response, address) is not { } target)
            {
                return response;
            }

            response.Dispose();
            WebAddress.Require(target, request.Mirror, from: address);
            address = target;
        }

        throw new UserErrorException(ModelErrors.DownloadFailed, $"{WebAddress.Shown(request.Address)} redirects more than {MostRedirects} times.");
    }

    /// <summary>Reads of an answer's body, if the server says something in time.</summary>
    /// <exception cref="WebFault">The connection broke or fell silent.</exception>
    public async Task<int> ReadAsync(Stream body, Memory<byte> buffer, Uri address, CancellationToken cancellation)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(_patience);
        try
        {
            return await body.ReadAsync(buffer, silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WebFault($"{address.IdnHost} fell silent.");
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException)
        {
            throw WebFault.Of(exception, address);
        }
    }

    public void Dispose() => _client.Dispose();

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage message, Uri address, CancellationToken cancellation)
    {
        using CancellationTokenSource silence = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        silence.CancelAfter(_patience);
        try
        {
            return await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, silence.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new WebFault($"{address.IdnHost} did not answer in time.");
        }
        catch (HttpRequestException exception)
        {
            throw WebFault.Of(exception, address);
        }
    }

    private static HttpRequestMessage Compose(Uri address, Uri first, long offset, RangeConditionHeaderValue? condition)
    {
        HttpRequestMessage message = new(HttpMethod.Get, new UriBuilder(address) { UserName = string.Empty, Password = string.Empty }.Uri);
        if (first.UserInfo.Length > 0 && address.Scheme == first.Scheme && address.Authority == first.Authority)
        {
            byte[] user = Encoding.UTF8.GetBytes(Uri.UnescapeDataString(first.UserInfo));
            message.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(user));
        }

        if (condition is not null)
        {
            message.Headers.Range = new RangeHeaderValue(offset, null);
            message.Headers.IfRange = condition;
        }

        return message;
    }

    private static Uri? Target(HttpResponseMessage response, Uri address)
    {
        bool redirects = response.StatusCode is HttpStatusCode.MovedPermanently or HttpStatusCode.Found or HttpStatusCode.SeeOther
            or HttpStatusCode.TemporaryRedirect or HttpStatusCode.PermanentRedirect;
        return redirects && response.Headers.Location is { } location ? new Uri(address, location) : null;
    }
}
