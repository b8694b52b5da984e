using QualityGate.Reports;

namespace QualityGate.Tests.Reports;

public sealed class MarkdownTextTests
{
    [Theory]
    [InlineData("fid is 7.9, 0.8 (11.27%) above the baseline; at most 5% (max_increase)", "fid is 7.9, 0.8 (11.27%) above the baseline; at most 5% (max_increase)")]
    [InlineData("@octocat", "\\@\u200Boctocat")]
    [InlineData("see #12", "see \\#\u200B12")]
    [InlineData("[l](http://e.org)", "\\[l\\](http\\://e.org)")]
    [InlineData("www.e.org", "www\\.e.org")]
    [InlineData("**b** _i_ `c` ~~s~~ $m$", "\\*\\*b\\*\\* \\_i\\_ \\`c\\` \\~\\~s\\~\\~ \\$m\\$")]
    [InlineData("<img>&amp;", "\\<img\\>\\&amp;")]
    [InlineData("a|b\\", "a\\|b\\\\")]
    [InlineData("- x", "\\- x")]
    [InlineData("1. x", "1\\. x")]
    [InlineData("1) x", "1\\) x")]
    [InlineData("a\r\n# b", "a \\#\u200B b")]
    [InlineData("\e[31mred\u202Egnp", "\\[31mredgnp")]
    public void Sentences_are_escaped(string text, string expected) => Assert.Equal(expected, MarkdownText.Prose(text));

    [Theory]
    [InlineData("out/samples_2/a-b.png", "<code>out/samples_2/a-b.png</code>")]
    [InlineData("qualitygate.yaml(12,3)", "<code>qualitygate.yaml(12,3)</code>")]
    [InlineData("</code>|`@me`", "<code>&#60;/code&#62;&#124;&#96;&#64;me&#96;</code>")]
    [InlineData("https://www.e.org", "<code>https&#58;//www&#46;e.org</code>")]
    [InlineData("a&lt;b", "<code>a&#38;lt;b</code>")]
    [InlineData("", "-")]
    [InlineData("\n\u0000", "-")]
    public void Names_are_code(string text, string expected) => Assert.Equal(expected, MarkdownText.Code(text));
}
