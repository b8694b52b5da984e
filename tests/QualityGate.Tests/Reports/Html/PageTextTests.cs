using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using QualityGate.Metrics;
using QualityGate.Reports.Html;

namespace QualityGate.Tests.Reports.Html;

public sealed partial class PageTextTests
{
    // Texts that are the same in every language: a tag, and numbers between names of metrics.
    private static readonly PageText[] Wordless = [PageTexts.LanguageTag, PageTexts.PlaneSummary];

    [Fact]
    public void Every_text_of_the_page_is_in_both_languages()
    {
        PageText[] texts =
        [
            .. typeof(PageTexts).GetFields(BindingFlags.Public | BindingFlags.Static).Select(f => f.GetValue(null)).OfType<PageText>(),
            .. ScoreNames.All.Values,
            .. Enum.GetValues<GalleryKind>().SelectMany(k => new[] { GalleryTexts.Of(k).Title, GalleryTexts.Of(k).Meaning }),
            .. MetricRegistry.Catalogue.MetricNames.Select(m => MetricMeanings.Of(m) ?? throw new InvalidOperationException($"MetricMeanings lacks {m}.")),
        ];
        Assert.True(texts.Length > 150);
        foreach (PageText text in texts)
        {
            Assert.False(string.IsNullOrWhiteSpace(text.English));
            Assert.Equal(Holes(text.English), Holes(text.Korean));
            Assert.Equal(text.English.EndsWith('.'), text.Korean.EndsWith('.'));
            if (!Wordless.Contains(text)) Assert.Matches("[가-힣]", text.Korean);
            Assert.DoesNotMatch("[가-힣]", text.English);
        }

        static IEnumerable<string> Holes(string text) => Hole().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);
    }

    [Fact]
    public void The_policy_lets_this_script_run_and_no_other()
    {
        string html = ReportTests.Render(ExampleRuns.Failed(), HtmlReport.Name), script = PageParts.ScriptOf(html);
        string hash = Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)));
        Assert.Contains($"default-src 'none'; img-src data:; style-src 'unsafe-inline'; script-src 'sha256-{hash}';", html, StringComparison.Ordinal);
        Assert.Equal(2, Regex.Count(html, "<script", RegexOptions.IgnoreCase));
        Assert.Equal(2, Regex.Count(html, "</script", RegexOptions.IgnoreCase));
        Assert.Contains("University of Washington Interactive Data Lab", script, StringComparison.Ordinal);
        Assert.DoesNotContain("sourceMappingURL", script, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a<b>&\"'", "a&lt;b&gt;&amp;&quot;&#39;")]
    [InlineData("a\nb\u2028c\u202Ed", "a b cd")]
    public void Whatever_stands_in_a_hole_is_text(string text, string expected)
    {
        HtmlWriter html = new();
        html.Add($"<p title=\"{text}\">");
        Assert.Equal($"<p title=\"{expected}\">", html.ToMarkup().Html);
    }

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Hole();
}
