using System.Net.Http.Headers;
using System.Reflection;

namespace QualityGate.GitHub;

/// <summary>How connections are made and what every request says of itself.</summary>
internal static class GitHubTransport
{
    /// <summary>The version of the REST interface whose answers are read.</summary>
    public const string ApiVersion = "2022-11-28";

    private static readonly TimeSpan ConnectTime = TimeSpan.FromSeconds(15);

    private static readonly ProductInfoHeaderValue Agent = new("qualitygate", Version());

    /// <summary>
    /// Connections through the machine's proxy (HTTPS_PROXY, NO_PROXY). Redirects are followed by hand, since each needs a decision about
    /// the token.
    /// </summary>
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseProxy = true,
        UseCookies = false,
        ConnectTimeout = ConnectTime,
    };

    /// <summary>A request to the REST interface.</summary>
    public static HttpRequestMessage Compose(GitHubRequest request, Uri address, GitHubToken? token)
    {
        HttpRequestMessage message = Compose(request.Method, address);
        message.Headers.Accept.ParseAdd("application/vnd.github+json");
        message.Headers.Add("X-GitHub-Api-Version", ApiVersion);
        message.Headers.Authorization = token?.Header;
        if (request.Json is not null)
        {
            message.Content = new ByteArrayContent(request.Json) { Headers = { ContentType = new("application/json", "utf-8") } };
        }

        return message;
    }

    /// <summary>A request to somebody else, such as the storage of artifacts: it carries no token.</summary>
    public static HttpRequestMessage Compose(HttpMethod method, Uri address)
    {
        HttpRequestMessage message = new(method, address);
        message.Headers.UserAgent.Add(Agent);
        return message;
    }

    /// <summary>Whether an answer sends elsewhere.</summary>
    public static bool IsRedirect(HttpResponseMessage response) => (int)response.StatusCode is 301 or 302 or 303 or 307 or 308;

    /// <summary>Where to.</summary>
    public static Uri Target(HttpResponseMessage response, Uri current) => response.Headers.Location is Uri location
        ? new Uri(current, location)
        : throw new GitHubException(GitHubErrorKind.BadAnswer, $"{current.IdnHost} sent a redirect that leads nowhere.");

    private static string Version()
    {
        string? text = typeof(GitHubTransport).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return text?.Split('+')[0] ?? "0";
    }
}
