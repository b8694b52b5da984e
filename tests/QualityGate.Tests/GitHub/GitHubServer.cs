using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace QualityGate.Tests.GitHub;

/// <summary>
/// A GitHub of our own on 127.0.0.1, stricter than the real one: it refuses requests without every header that we mean to send, properties
/// that it does not know, and routes that the gate has no business with. A second port is the storage of artifacts.
/// </summary>
internal sealed class GitHubServer : IAsyncDisposable
{
    /// <summary>A job's own token.</summary>
    public const string Token = "ghs_Zx81secretOfThisTest0000000000000000";

    /// <summary>A person's token, of <see cref="GitHubWorld.UserLogin"/>.</summary>
    public const string PersonsToken = "ghp_Zx81secretOfThisTest0000000000000000";

    private readonly WebApplication _app;
    private readonly ConcurrentQueue<(string Method, string Part, Fault Fault)> _faults = [];

    private GitHubServer(WebApplication app) => _app = app;

    /// <summary>Does something else than the route, which it may call; null when it has answered itself.</summary>
    public delegate Task<Answer?> Fault(HttpContext http, Func<Answer> route);

    /// <summary>What is there.</summary>
    public GitHubWorld World { get; } = new();

    /// <summary>Requests to the REST interface, as <c>METHOD /path?query</c>.</summary>
    public ConcurrentQueue<string> Requests { get; } = [];

    /// <summary>Answers of the REST interface that said "not modified".</summary>
    public int NotModified { get; private set; }

    /// <summary>The REST interface.</summary>
    public Uri ApiUrl { get; private set; } = null!;

    /// <summary>The storage.</summary>
    public Uri StorageUrl { get; private set; } = null!;

    public static async Task<GitHubServer> StartAsync()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Listen(IPAddress.Loopback, 0);
        });
        GitHubServer server = new(builder.Build());
        server._app.Run(server.HandleAsync);
        await server._app.StartAsync();
        Uri[] addresses = [.. server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a))];
        (server.ApiUrl, server.StorageUrl) = (addresses[0], addresses[1]);
        return server;
    }

    /// <summary>The next requests of a kind meet a fault, one each.</summary>
    public void Fail(string method, string part, Fault fault, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _faults.Enqueue((method, part, fault));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
    }

    private async Task HandleAsync(HttpContext http)
    {
        string target = http.Request.Path + http.Request.QueryString;
        bool isStorage = http.Connection.LocalPort == StorageUrl.Port;
        if (!isStorage)
        {
            Requests.Enqueue($"{http.Request.Method} {target}");
        }

        JsonNode? body = await BodyAsync(http.Request);
        Answer Route() => isStorage ? Storage(http) : Refuse(http) ?? World.Answer(http.Request, body, this);
        Answer? answer = TakeFault(http.Request.Method, target) is { } fault ? await fault(http, Route) : Route();
        if (answer is not null)
        {
            await WriteAsync(http, answer, isStorage);
        }
    }

    private Fault? TakeFault(string method, string target)
    {
        if (_faults.TryPeek(out var next) && next.Method == method && target.Contains(next.Part, StringComparison.Ordinal) && _faults.TryDequeue(out next))
        {
            return next.Fault;
        }

        return null;
    }

    private static Answer? Refuse(HttpContext http)
    {
        IHeaderDictionary headers = http.Request.Headers;
        return headers switch
        {
            _ when !headers.UserAgent.ToString().StartsWith("qualitygate/", StringComparison.Ordinal) => Answer.Error(403, "Request forbidden by administrative rules: User-Agent"),
            _ when headers.Accept != "application/vnd.github+json" => Answer.Error(415, "Unsupported 'Accept' header"),
            _ when headers["X-GitHub-Api-Version"] != "2022-11-28" => Answer.Error(400, "Invalid API version"),
            _ when headers.Authorization != "Bearer " + Token && headers.Authorization != "Bearer " + PersonsToken => Answer.Error(401, "Bad credentials"),
            _ => null,
        };
    }

    // As the real storage does: whoever brings a token is refused.
    private Answer Storage(HttpContext http) => http.Request.Headers switch
    {
        { Authorization.Count: > 0 } => Answer.Error(400, "InvalidAuthenticationInfo"),
        _ when http.Request.Query["sig"] != GitHubWorld.Signature => Answer.Error(403, "AuthenticationFailed"),
        _ => World.Blob(http.Request.Path),
    };

    private static async Task<JsonNode?> BodyAsync(HttpRequest request)
    {
        using StreamReader reader = new(request.Body, Encoding.UTF8);
        string text = await reader.ReadToEndAsync();
        return text.Length == 0 ? null : JsonNode.Parse(text);
    }

    private async Task WriteAsync(HttpContext http, Answer answer, bool isStorage)
    {
        byte[] bytes = answer.Bytes ?? (answer.Json is null ? [] : Encoding.UTF8.GetBytes(answer.Json.ToJsonString()));
        http.Response.StatusCode = answer.Status;
        foreach ((string name, string value) in answer.Headers)
        {
            http.Response.Headers[name] = value;
        }

        if (!isStorage)
        {
            http.Response.Headers["x-ratelimit-limit"] = "1000";
            http.Response.Headers.TryAdd("x-ratelimit-remaining", "999");
            http.Response.Headers.TryAdd("x-ratelimit-reset", "2000000000");
            http.Response.ContentType = "application/json; charset=utf-8";
            if (answer.Status == 200 && HttpMethods.IsGet(http.Request.Method))
            {
                string tag = $"W/\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"";
                http.Response.Headers.ETag = tag;
                if (http.Request.Headers.IfNoneMatch == tag)
                {
                    NotModified++;
                    http.Response.StatusCode = 304;
                    return;
                }
            }
        }

        http.Response.ContentLength = bytes.Length;
        await http.Response.Body.WriteAsync(bytes);
    }
}
