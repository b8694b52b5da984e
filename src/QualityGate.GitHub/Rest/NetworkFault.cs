namespace QualityGate.GitHub;

/// <summary>Turns what the network stack throws into an error. Only its kind and the host are kept: its texts may quote addresses.</summary>
internal static class NetworkFault
{
    /// <summary>The error of a broken connection.</summary>
    public static GitHubException Of(Exception exception, Uri address)
    {
        string host = address.IdnHost;
        return KindOf(exception) switch
        {
            HttpRequestError.NameResolutionError => new GitHubException(
                GitHubErrorKind.Dns, $"The name {host} has no address.", $"Check {Variable(address)} and the machine's name servers; with a proxy, set HTTPS_PROXY.")
            { IsTransient = true },
            HttpRequestError.ConnectionError => new GitHubException(GitHubErrorKind.NoNetwork, $"No connection to {address.Authority}.") { IsTransient = true },
            HttpRequestError.ProxyTunnelError => new GitHubException(
                GitHubErrorKind.NoNetwork, $"The proxy does not connect to {host}.", "Check HTTPS_PROXY and NO_PROXY, and that the proxy lets this host through.")
            { IsTransient = true },
            HttpRequestError.SecureConnectionError => new GitHubException(
                GitHubErrorKind.NoNetwork, $"The encrypted connection to {host} cannot be made.",
                "The server's certificate is not trusted here: add the certificate of your proxy or server to the machine's, or set SSL_CERT_FILE."),
            HttpRequestError.ConfigurationLimitExceeded => new GitHubException(GitHubErrorKind.BadAnswer, $"{host} gave an answer with too many headers."),
            _ => new GitHubException(GitHubErrorKind.NoNetwork, $"The connection to {host} broke.") { IsTransient = true, MayHaveHappened = true },
        };
    }

    /// <summary>What of the network failed.</summary>
    public static HttpRequestError KindOf(Exception exception) => exception switch
    {
        HttpRequestException request => request.HttpRequestError,
        HttpIOException stream => stream.HttpRequestError,
        _ => HttpRequestError.Unknown,
    };

    /// <summary>The error of silence.</summary>
    public static GitHubException TimedOut(Uri address) =>
        new(GitHubErrorKind.Timeout, $"{address.IdnHost} did not answer in time.") { IsTransient = true, MayHaveHappened = true };

    private static string Variable(Uri address) => address.IdnHost.StartsWith("api.", StringComparison.Ordinal) ? "the network" : "GITHUB_API_URL";
}
