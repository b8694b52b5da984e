using System.Net.Security;
using QualityGate.Errors;
using QualityGate.Tests.GitHub;
using QualityGate.Tests.Specs;
using QualityGate.Tool.Models;

namespace QualityGate.Tests.Models;

/// <summary>A server, a folder, and a clock on which waits are over at once.</summary>
internal sealed class DownloadFixture : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();

    private DownloadFixture(WeightsServer server) => Server = server;

    public WeightsServer Server { get; }

    public SkippingTime Time { get; } = new();

    public List<string> Notes { get; } = [];

    public string Folder => _folder.Path;

    public string File => Path.Combine(Folder, "deeper", "weights.pth");

    /// <summary>Opens files; a test may put a full disk here.</summary>
    public Func<string, FileMode, Stream>? OpenFile { get; set; }

    public TimeSpan Patience { get; set; } = TimeSpan.FromMinutes(5);

    public static byte[] Bytes(int count, int seed = 7)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    public static async Task<DownloadFixture> StartAsync(int bytes = 300_000) => new(await WeightsServer.StartAsync(Bytes(bytes)));

    public ModelDownload Download(WebClient client) => new(client, Time, new ByteProgress(TextWriter.Null, "weights", isTerminal: false, isQuiet: true), Notes.Add) { OpenFile = OpenFile };

    /// <summary>A client that believes the server's own certificate.</summary>
    public WebClient Client()
    {
        System.Net.Http.SocketsHttpHandler handler = WebClient.Handler();
#pragma warning disable CA5359 // The certificate is one of the test's own, on 127.0.0.1.
        handler.SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, _, _, _) => true };
#pragma warning restore CA5359
        handler.UseProxy = false;
        return new WebClient(Patience, handler);
    }

    public async Task FetchAsync(Uri? address = null, string? mirror = null, long? bytes = null)
    {
        using WebClient client = Client();
        await Download(client).FetchAsync(new DownloadRequest(address ?? new Uri(Server.Plain, "w.pth"), mirror, bytes ?? Server.Content.Length), File, CancellationToken.None);
    }

    public async Task<UserErrorException> RefusalAsync(Uri? address = null, long? bytes = null) =>
        await Assert.ThrowsAsync<UserErrorException>(() => FetchAsync(address, bytes: bytes));

    public void AssertFetched()
    {
        Assert.Equal(Server.Content, System.IO.File.ReadAllBytes(File));
        Assert.Equal([File], Directory.GetFiles(Path.GetDirectoryName(File)!));
    }

    public void AssertNothingLeft() => Assert.Empty(Directory.GetFiles(Folder, "*", SearchOption.AllDirectories));

    public async ValueTask DisposeAsync()
    {
        await Server.DisposeAsync();
        _folder.Dispose();
    }
}
