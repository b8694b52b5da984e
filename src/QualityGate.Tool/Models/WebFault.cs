using System.Globalization;
using System.Net;
using QualityGate.Errors;
using QualityGate.GitHub;

namespace QualityGate.Tool.Models;

/// <summary>A download that broke off and may succeed when it is tried again.</summary>
internal sealed class WebFault(string message, TimeSpan? wait = null) : Exception(message)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);

    /// <summary>How long the server asks to wait, within reason.</summary>
    public TimeSpan? Wait { get; } = wait > LongestWait ? LongestWait : wait;

    /// <summary>What the network stack throws; its texts may quote addresses, so only the kind and the host are kept.</summary>
    /// <exception cref="UserErrorException">Trying again would not help.</exception>
    public static WebFault Of(Exception exception, Uri address)
    {
        string host = address.IdnHost;
        return NetworkFault.KindOf(exception) switch
        {
            HttpRequestError.SecureConnectionError => throw new UserErrorException(
                ModelErrors.DownloadFailed, $"The encrypted connection to {host} cannot be made.",
                advice: "The server's certificate is not trusted here: add the certificate of your proxy or mirror to the machine's, or set SSL_CERT_FILE; or use --from FILE."),
            HttpRequestError.NameResolutionError => new WebFault($"The name {host} has no address; with a proxy, set HTTPS_PROXY."),
            HttpRequestError.ConnectionError => new WebFault($"No connection to {address.Authority}."),
            HttpRequestError.ProxyTunnelError => new WebFault($"The proxy does not connect to {host}; check HTTPS_PROXY and NO_PROXY."),
            _ => new WebFault($"The connection to {host} broke."),
        };
    }

    /// <summary>An answer that is not the file.</summary>
    /// <exception cref="UserErrorException">Trying again would not help.</exception>
    public static WebFault Of(HttpResponseMessage response, Uri address)
    {
        int status = (int)response.StatusCode;
        string shown = WebAddress.Shown(address);
        if (status >= 500 || response.StatusCode is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests)
        {
            return new WebFault(Text($"{address.IdnHost} answers {status}."), response.Headers.RetryAfter?.Delta);
        }

        throw response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone or HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden
            ? new UserErrorException(ModelErrors.NotFound, Text($"{shown} answers {status}."))
            : new UserErrorException(ModelErrors.DownloadFailed, Text($"{shown} answers {status}, which a download cannot use."));
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
