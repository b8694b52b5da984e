using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using QualityGate.Reports;
using QualityGate.Reports.Html;
using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Reports.Html;

/// <summary>Pages as a reader has them: in a real browser, from a file.</summary>
[Collection(BrowserTests.Name)]
public sealed class PageTests(Browser browser, ExamplePages pages)
{
    private static readonly byte[] OneDot = PngWriter.Encode(new Raster(1, 1, 3, [255, 0, 0]));

    private static readonly BrowserNewContextOptions Phone = new() { ViewportSize = new ViewportSize { Width = 360, Height = 740 }, IsMobile = true, HasTouch = true };

    [Fact]
    public async Task A_page_opens_from_a_file_without_a_complaint_and_asks_for_nothing_else()
    {
        string path = pages.Write(pages.Run);
        await using OpenPage open = await browser.Open(path);
        Assert.Empty(open.Complaints);
        Assert.All(open.Requests, url => Assert.True(url == new Uri(path).AbsoluteUri || url.StartsWith("data:", StringComparison.Ordinal), url));
    }

    [Fact]
    public async Task Every_plot_is_drawn_within_its_element()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        string[] ids = await open.Page.EvaluateAsync<string[]>("JSON.parse(document.getElementById('data').textContent).charts.map(c => c.id)");
        Assert.Equal(ids.Order(StringComparer.Ordinal), (await Drawn(open, ids)).Order(StringComparer.Ordinal));
        Assert.Equal(["histogram-0", "histogram-1", "map-chart", "plane", "prd", "trend-0", "trend-1", "trend-2"], ids.Order(StringComparer.Ordinal));

        // Marks of data, not axes: points, lines, areas, bars whose boxes lie inside the picture.
        static async Task<string[]> Drawn(OpenPage open, IEnumerable<string> ids) => await open.Page.EvaluateAsync<string[]>(
            """
            ids => ids.filter(id => {
              const chart = document.getElementById(id), canvas = chart?.querySelector("canvas");
              if (canvas) {
                const data = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data;
                return data.filter((v, i) => i % 4 === 3 && v > 0).length > 500;
              }
              const frame = chart?.querySelector("svg")?.getBoundingClientRect();
              const marks = [...(chart?.querySelectorAll(".role-mark path, .role-mark line") ?? [])].map(m => m.getBoundingClientRect());
              return frame?.height > 80 && marks.length > 0 && marks.every(m => m.top >= frame.top - 8 && m.bottom <= frame.bottom + 8 && m.right <= frame.right + 8);
            })
            """, ids);
    }

    [Fact]
    public async Task Galleries_show_the_images_that_they_name()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        Dictionary<string, byte[]> colours = Colours();
        JsonElement shown = await open.Page.EvaluateAsync<JsonElement>(
            """
            async () => Promise.all([...document.querySelectorAll(".gallery img")].map(async img => {
              await img.decode();
              const canvas = document.createElement("canvas");
              canvas.width = canvas.height = 1;
              const context = canvas.getContext("2d");
              context.drawImage(img, 0, 0, 1, 1);
              return { name: img.alt, colour: [...context.getImageData(0, 0, 1, 1).data].slice(0, 3) };
            }))
            """);
        Assert.True(shown.GetArrayLength() > 20);
        foreach (JsonElement image in shown.EnumerateArray())
        {
            byte[] colour = colours[image.GetProperty("name").GetString()!];
            Assert.Equal(colour.Select(c => (int)c), image.GetProperty("colour").EnumerateArray().Select(c => c.GetInt32()));
        }
    }

    [Fact]
    public async Task Galleries_blame_the_right_images()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        string[][] galleries = [.. (await open.Page.EvaluateAsync<JsonElement>(
            "[...document.querySelectorAll('.gallery')].map(g => [g.querySelector('h3').firstChild.textContent.trim(), ...[...g.querySelectorAll('.tile')].map(t => t.title)])"))
            .EnumerateArray().Select(g => g.EnumerateArray().Select(t => t.GetString()!).ToArray())];
        Assert.All(Of("Images that make fid worse"), id => Assert.StartsWith("green/", id, StringComparison.Ordinal));
        Assert.Contains("green/00.png", Of("Look like no reference image"));
        Assert.All(Of("Missing from the candidate").Take(15), id => Assert.StartsWith("blue/", id, StringComparison.Ordinal));
        Assert.Contains("copy/00.png", Of("Copies of reference images"));
        Assert.DoesNotContain(Of("Rarest believable images"), id => id.StartsWith("green/", StringComparison.Ordinal));

        string[] Of(string title) => galleries.Single(g => g[0] == title)[1..];
    }

    [Fact]
    public async Task Keys_reach_the_content_open_an_image_and_close_it()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        IPage page = open.Page;
        await page.Keyboard.PressAsync("Tab");
        Assert.Equal("#main", await page.EvaluateAsync<string>("document.activeElement.getAttribute('href')"));
        await page.Keyboard.PressAsync("Enter");
        Assert.Equal("main", await page.EvaluateAsync<string>("document.activeElement.id"));

        await page.FocusAsync(".gallery .tile");
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.Equal(1, await page.EvaluateAsync<int>("[...document.querySelector('.gallery').querySelectorAll('.tile')].indexOf(document.activeElement)"));
        string id = await page.EvaluateAsync<string>("document.activeElement.title");
        await page.Keyboard.PressAsync("Enter");
        Assert.True(await page.Locator("#viewer").IsVisibleAsync());
        Assert.Equal(id, await page.Locator("#viewer-title").TextContentAsync());
        Assert.Contains(id, await page.Locator("#viewer-body").InnerTextAsync(), StringComparison.Ordinal);
        await page.Keyboard.PressAsync("ArrowRight");
        Assert.NotEqual(id, await page.Locator("#viewer-title").TextContentAsync());
        await page.Keyboard.PressAsync("Escape");
        Assert.False(await page.Locator("#viewer").IsVisibleAsync());
        Assert.True(await page.EvaluateAsync<bool>("document.activeElement.classList.contains('tile')"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task A_point_of_the_map_shows_its_image()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        await open.Page.EvaluateAsync(
            "document.dispatchEvent(new CustomEvent('report-point', { detail: { image: JSON.parse(document.getElementById('data').textContent).images.findIndex(i => i.picture), path: 'p' } }))");
        Assert.True(await open.Page.EvaluateAsync<bool>("(async () => { const img = document.querySelector('#viewer img'); await img.decode(); return img.naturalWidth === 12; })()"));
    }

    [Fact]
    public async Task The_map_can_be_drawn_by_neighbours_and_by_class()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        await open.Page.CheckAsync("input[value=tsne]", new PageCheckOptions { Force = true });
        await open.Page.CheckAsync("input[value=class]", new PageCheckOptions { Force = true });
        await open.Page.WaitForFunctionAsync("document.querySelector('#map-chart canvas') !== null");
        Assert.Empty(open.Complaints);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Texts_stand_out_from_what_is_behind_them(ColorScheme scheme)
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run), new BrowserNewContextOptions { ColorScheme = scheme });
        string[] faint = await open.Page.EvaluateAsync<string[]>(Contrast.Script);
        Assert.Empty(faint);
        string paper = await open.Page.EvaluateAsync<string>("getComputedStyle(document.body).backgroundColor");
        Assert.Equal(scheme == ColorScheme.Dark, Regex.Match(paper, @"\d+").Value.Length < 3);
    }

    [Fact]
    public async Task A_phone_never_scrolls_sideways()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run), Phone);
        Assert.Equal(360, await open.Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await open.Page.ClickAsync(".gallery .tile");
        Assert.True(await open.Page.EvaluateAsync<bool>("document.getElementById('viewer').getBoundingClientRect().right <= 360"));
    }

    [Fact]
    public async Task A_page_in_Korean_says_nothing_of_its_own_in_English()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run, ReportLanguage.Korean));
        Assert.Equal("ko", await open.Page.EvaluateAsync<string>("document.documentElement.lang"));
        Assert.Equal("실패", await open.Page.Locator("h1").TextContentAsync());
        string[] english = await open.Page.EvaluateAsync<string[]>(
            "[...document.querySelectorAll('h2, h3, .lead, .meaning, legend, label, summary, figcaption, dt')].filter(e => !e.closest('[lang=en], dialog') && !/[\\uac00-\\ud7a3]/.test(e.textContent)).map(e => e.textContent).filter(t => !/^(fid|coverage|density|kid|fid_infinity)\\b/.test(t))");
        Assert.Equal(["authenticity.copies"], english);
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Without_scripts_the_page_can_still_be_read()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run), new BrowserNewContextOptions { JavaScriptEnabled = false });
        string text = await open.Page.Locator("body").InnerTextAsync();
        Assert.Contains("2 of 6 gates breached.", text, StringComparison.Ordinal);
        Assert.Contains("Plots need JavaScript", text, StringComparison.Ordinal);
        Assert.True(await open.Page.Locator("svg.scale").First.IsVisibleAsync());
        Assert.True(await open.Page.Locator(".gallery img").First.IsVisibleAsync());
    }

    [Fact]
    public async Task Hostile_names_do_nothing()
    {
        string[] names =
        [
            "</script><script>alert(1)</script>", "<img src=x onerror=alert(2)>", "\" onmouseover=\"alert(3)", "<!-- <script>", "\u2028alert(4)//", "javascript:alert(5)", "${alert(6)}", "{{7*7}}", "\u202Egnp.exe",
        ];
        RunResult run = ExampleRuns.Holding(string.Concat(names)) with { Evidence = Hostile(names) };
        await using OpenPage open = await browser.Open(pages.Write(run));
        Assert.Empty(open.Complaints);
        await open.Page.ClickAsync(".tile");
        Assert.True(await open.Page.Locator("#viewer").IsVisibleAsync());
        await open.Page.Keyboard.PressAsync("Escape");
        Assert.Equal(2, await open.Page.EvaluateAsync<int>("document.scripts.length"));
        Assert.Equal(0, await open.Page.EvaluateAsync<int>("[...document.querySelectorAll('*')].filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length"));
        Assert.Empty(await open.Page.EvaluateAsync<string[]>("[...document.querySelectorAll('a')].map(a => a.getAttribute('href')).filter(h => !h.startsWith('#'))"));
        Assert.Empty(open.Complaints);
    }

    [Fact]
    public async Task Landmarks_headings_and_names_are_in_order()
    {
        await using OpenPage open = await browser.Open(pages.Write(pages.Run));
        string[] faults = await open.Page.EvaluateAsync<string[]>(Accessibility.Script);
        Assert.Empty(faults);
    }

    [Fact]
    public async Task A_saved_result_gives_a_page_that_says_what_it_lacks()
    {
        await using OpenPage open = await browser.Open(pages.Write(ExampleRuns.Failed()));
        Assert.Contains("This page was made from a saved result", await open.Page.Locator("#provenance").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await open.Page.Locator("#images, #map").CountAsync());
        Assert.Empty(open.Complaints);
    }

    private static ReportEvidence Hostile(string[] names) => new()
    {
        Images = [.. names.Select(n => new EvidenceImage(EvidenceRole.Candidate, n, n, [new(n, n)], new Thumbnail("image/png", OneDot, 1, 1)))],
        Galleries = [new EvidenceGallery(GalleryKind.Blamed, names[0], 1, [.. names.Select((n, i) => new EvidenceItem(i, i, n, n))])],
        Map = new EvidenceMap([.. names.Select((n, i) => new MapPoint(EvidenceRole.Candidate, n, n, i, -i, i * i, i, i))], 1, names.Length, (0.5, 0.25), HasNeighbours: true),
        Histograms = [new EvidenceHistogram(names[0], [(0, 1, 2), (1, 2, 3)], 1)],
        Notes = names,
    };

    private static Dictionary<string, byte[]> Colours()
    {
        Dictionary<string, byte[]> colours = new(StringComparer.Ordinal);
        foreach ((string id, byte[] colour) in ExamplePages.ReferenceColours()) colours.Add($"reference image {id}", colour);
        foreach ((string id, byte[] colour) in ExamplePages.CandidateColours()) colours.Add($"candidate image {id}", colour);
        return colours;
    }
}
