using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace QualityGate.Tests.Models;

/// <summary>A server of large files on 127.0.0.1, plain and encrypted, that resumes as the standard says and fails as a test wants.</summary>
internal sealed class WeightsServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly X509Certificate2 _certificate = SelfSigned();
    private readonly ConcurrentQueue<Fault> _faults = [];

    private WeightsServer()
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseKestrelHttpsConfiguration().ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0);
            options.Listen(IPAddress.Loopback, 0, listen => listen.UseHttps(_certificate));
        });
        _app = builder.Build();
        _app.Run(HandleAsync);
    }

    /// <summary>Answers in place of the file; false lets the file follow.</summary>
    public delegate Task<bool> Fault(HttpContext http);

    /// <summary>The file.</summary>
    public byte[] Content { get; set; } = [];

    /// <summary>Its version, or null to name none.</summary>
    public string? Tag { get; set; } = "\"v1\"";

    /// <summary>When it changed, or null not to say so.</summary>
    public DateTimeOffset? LastModified { get; set; }

    /// <summary>Whether it goes on in the middle.</summary>
    public bool Resumes { get; set; } = true;

    /// <summary>What was asked, in order: path, <c>Range</c>, <c>If-Range</c> and <c>Authorization</c>.</summary>
    public ConcurrentQueue<(string Path, string Range, string IfRange, string Authorization)> Requests { get; } = [];

    public Uri Plain { get; private set; } = null!;

    public Uri Encrypted { get; private set; } = null!;

    public static async Task<WeightsServer> StartAsync(byte[] content)
    {
        WeightsServer server = new() { Content = content };
        await server._app.StartAsync();
        Uri[] addresses = [.. server._app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(a => new Uri(a))];
        server.Plain = addresses.First(a => a.Scheme == "http");
        server.Encrypted = addresses.First(a => a.Scheme == "https");
        return server;
    }

    /// <summary>The next requests meet a fault, one each.</summary>
    public void Fail(Fault fault, int times = 1)
    {
        for (int i = 0; i < times; i++)
        {
            _faults.Enqueue(fault);
        }
    }

    /// <summary>Announces the whole file and breaks the connection after some bytes of what is still to be sent.</summary>
    public Fault CutAfter(int bytes) => async http =>
    {
        (int offset, _) = Place(http);
        Announce(http, offset);
        await http.Response.Body.WriteAsync(Content.AsMemory(offset, bytes));
        await http.Response.Body.FlushAsync();

        // Kestrel closes the connection, since more was announced. To abort it would also take back what was not read yet.
        return true;
    };

    public static Fault Redirect(string to) => http =>
    {
        http.Response.Redirect(to);
        return Task.FromResult(true);
    };

    public static Fault Status(int status, string? retryAfter = null) => http =>
    {
        http.Response.StatusCode = status;
        http.Response.Headers.RetryAfter = retryAfter;
        return Task.FromResult(true);
    };

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync(new CancellationToken(canceled: true));
        await _app.DisposeAsync();
        _certificate.Dispose();
    }

    private async Task HandleAsync(HttpContext http)
    {
        IHeaderDictionary headers = http.Request.Headers;
        Requests.Enqueue((http.Request.Path + http.Request.QueryString, headers.Range.ToString(), headers.IfRange.ToString(), headers.Authorization.ToString()));
        if (_faults.TryDequeue(out Fault? fault) && await fault(http))
        {
            return;
        }

        (int offset, bool isBeyond) = Place(http);
        if (isBeyond)
        {
            http.Response.StatusCode = StatusCodes.Status416RangeNotSatisfiable;
            http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes */{Content.Length}");
            return;
        }

        Announce(http, offset);
        await http.Response.Body.WriteAsync(Content.AsMemory(offset));
    }

    private (int Offset, bool IsBeyond) Place(HttpContext http)
    {
        string range = http.Request.Headers.Range.ToString(), condition = http.Request.Headers.IfRange.ToString();
        bool isSame = condition.Length > 0 && (condition == Tag || condition == LastModified?.ToString("R", CultureInfo.InvariantCulture));
        if (!Resumes || !isSame || !range.StartsWith("bytes=", StringComparison.Ordinal))
        {
            return (0, false);
        }

        int offset = int.Parse(range["bytes=".Length..^1], CultureInfo.InvariantCulture);
        return (Math.Min(offset, Content.Length), offset >= Content.Length);
    }

    private void Announce(HttpContext http, int offset)
    {
        http.Response.Headers.ETag = Tag;
        http.Response.Headers.LastModified = LastModified?.ToString("R", CultureInfo.InvariantCulture);
        http.Response.ContentLength = Content.Length - offset;
        if (offset > 0)
        {
            http.Response.StatusCode = StatusCodes.Status206PartialContent;
            http.Response.Headers.ContentRange = string.Create(CultureInfo.InvariantCulture, $"bytes {offset}-{Content.Length - 1}/{Content.Length}");
        }
    }

    private static X509Certificate2 SelfSigned()
    {
        using ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        CertificateRequest request = new("CN=localhost", key, HashAlgorithmName.SHA256);
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }
}
