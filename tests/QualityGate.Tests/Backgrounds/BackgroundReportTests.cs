using QualityGate.Backgrounds;
using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tests.Specs;

namespace QualityGate.Tests.Backgrounds;

public sealed class BackgroundReportTests
{
    private const string Hostile = "a|b`<img src=x>@everyone\n#1\u202e";
    private static readonly ToolInfo Tool = new("qualitygate", "1.2.3");

    [Fact]
    public void The_json_is_as_approved() => Snapshots.Match(BackgroundJson.Write(Findings("told", "plain"), Tool), "json");

    [Fact]
    public void The_markdown_is_as_approved() => Snapshots.Match(string.Join('\n', BackgroundMarkdown.Lines(Findings("told", "plain"))) + "\n", "markdown");

    [Fact]
    public void The_console_is_as_approved() => Snapshots.Match(Console(Findings("told", "plain")), "console");

    [Fact]
    public void Names_of_classes_images_and_extractors_cannot_become_markup()
    {
        string markdown = string.Join('\n', BackgroundMarkdown.Lines(Findings(Hostile, "plain")));
        Assert.DoesNotContain("<img", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain("@everyone", markdown, StringComparison.Ordinal);
        Assert.DoesNotContain('\u202e', markdown);
        string[] lines = markdown.Split('\n');
        Assert.All(Enumerable.Range(1, lines.Length - 1).Where(i => lines[i].StartsWith('|') && lines[i - 1].StartsWith('|')), i => Assert.Equal(lines[i - 1].Count(c => c == '|'), lines[i].Count(c => c == '|')));
        Assert.DoesNotContain(Console(Findings(Hostile, "plain")).Split('\n'), line => line.StartsWith("#1", StringComparison.Ordinal));
        BackgroundReport report = Findings(Hostile, "plain").Extractors[0].Report;
        foreach (string svg in new[] { BackgroundCharts.RecallSvg(report, Hostile), BackgroundCharts.ClassSvg(report, Hostile) })
        {
            Assert.DoesNotContain("<img", svg, StringComparison.Ordinal);
            System.Xml.Linq.XDocument.Parse(svg);
        }
    }

    [Fact]
    public void The_folder_holds_a_sheet_of_examples_of_any_sizes()
    {
        using TemporaryFolder folder = new();
        BackgroundFindings findings = Findings("told", "plain") with { Pictures = () => new Squares() };
        BackgroundFolder.Write(Path.Combine(folder.Path, "out"), findings, Tool);
        using DecodedImage sheet = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder.Path, "out", "examples.png")), "examples.png");
        Assert.Equal((6 * 148) + 8, sheet.Width);
        Assert.True(sheet.Height > 2 * 140);
    }

    [Fact]
    public void Pictures_that_cannot_be_read_leave_no_half_of_a_folder()
    {
        using TemporaryFolder folder = new();
        BackgroundFindings findings = Findings("told", "plain") with { Pictures = () => throw new IOException("gone") };
        Assert.Throws<IOException>(() => BackgroundFolder.Write(Path.Combine(folder.Path, "out"), findings, Tool));
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "out")));
    }

    private static string Console(BackgroundFindings findings)
    {
        using StringWriter writer = new();
        new BackgroundConsole(ConsoleStyle.Plain).Write(findings, writer);
        return writer.ToString();
    }

    private static BackgroundFindings Findings(string first, string second)
    {
        ClassBackground[] classes =
        [
            new(first, 2, 0, 2, 0.001, 0.002, BackgroundEffect.Helps, []) { Helped = [new BackgroundExample(0, 2, 1)] },
            new(second, 2, 1, 0, 1, 1, BackgroundEffect.None, [new BackgroundExample(3, 0, 2)]),
        ];
        ModeRecall[] modes = [new("none", [new(1, 0.75), new(2, 1)], 0.5), new("soft:0.3", [new(1, 0.5), new(2, 0.75)], 0.25), new("hard", [new(1, 0.5), new(2, 0.75)], 0.375)];
        BackgroundReport report = new(modes, 0.25, 0.125, classes, []) { Others = [new BackgroundComparison("soft:0.3", 0.25, 0.125, classes)] };
        MetricTable fidelity = new("background.fidelity", ["none", "hard"], [[1.5, null], [0.25, 0.5]]) { RowNames = ["fid", "coverage"] };
        return new BackgroundFindings(
            new AuditedImages("reference", first, [$"{first}/0.png", $"{first}/1.png", $"{second}/0.png", $"{second}/1.png"], [first, first, second, second]),
            new BackgroundSpec(),
            [new ExtractorBackgrounds("told-by-" + first, "sha256:00", report) { Fidelity = fidelity, Notes = ["A note on the extractor."] }])
        {
            Notes = ["A note on the set."],
        };
    }

    private sealed class Squares : IExamplePictures
    {
        public (PlainPicture Plain, PlainPicture Masked) Show(int image) => (Square(10 + (90 * image)), Square(10 + (90 * image)));

        public void Dispose()
        {
        }

        private static PlainPicture Square(int side) => new(side, side, 1, new byte[side * side]);
    }
}
