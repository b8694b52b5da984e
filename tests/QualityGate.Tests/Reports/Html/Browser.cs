using Microsoft.Playwright;

namespace QualityGate.Tests.Reports.Html;

/// <summary>A real Chromium, started once for all tests of pages. It is the system's; .ci/run installs it where it is missing.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Places =
        ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    public async Task InitializeAsync()
    {
        string path = Environment.GetEnvironmentVariable("QUALITYGATE_TEST_BROWSER") ?? Array.Find(Places, File.Exists)
            ?? throw new InvalidOperationException(
                $"The tests of HTML pages need Chromium or Chrome, and there is none at {string.Join(", ", Places)}. Install it (Debian: apt-get install chromium), or name it in QUALITYGATE_TEST_BROWSER.");
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = path, Args = ["--no-sandbox", "--disable-gpu"] });
    }

    public async Task DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a file, and waits until its plots are drawn.</summary>
    public async Task<OpenPage> Open(string file, BrowserNewContextOptions? options = null)
    {
        IBrowserContext context = await _browser!.NewContextAsync(options);
        IPage page = await context.NewPageAsync();
        OpenPage open = new(context, page);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        if (options?.JavaScriptEnabled != false)
        {
            await page.WaitForSelectorAsync("html[data-drawn]", new PageWaitForSelectorOptions { State = WaitForSelectorState.Attached });
        }

        return open;
    }
}

/// <summary>An open page, with everything it complained of and asked for.</summary>
public sealed class OpenPage : IAsyncDisposable
{
    private readonly IBrowserContext _context;

    public OpenPage(IBrowserContext context, IPage page)
    {
        (_context, Page) = (context, page);
        page.Console += (_, message) => Complaints.Add($"{message.Type}: {message.Text}");
        page.PageError += (_, error) => Complaints.Add(error);
        page.Request += (_, request) => Requests.Add(request.Url);
        page.Dialog += (_, dialog) => Complaints.Add($"dialog: {dialog.Message}");
    }

    public IPage Page { get; }

    /// <summary>What the console said, warnings too, and errors that nobody caught.</summary>
    public List<string> Complaints { get; } = [];

    /// <summary>Every address that was asked for.</summary>
    public List<string> Requests { get; } = [];

    public async ValueTask DisposeAsync() => await _context.DisposeAsync();
}

/// <summary>Tests that share the browser.</summary>
[CollectionDefinition(Name)]
public sealed class BrowserTests : ICollectionFixture<Browser>, ICollectionFixture<ExamplePages>
{
    public const string Name = "browser";
}
