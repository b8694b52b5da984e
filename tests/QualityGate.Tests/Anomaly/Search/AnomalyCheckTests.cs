using System.Text.Json;
using QualityGate.Images;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Anomaly.Search;

public sealed class AnomalyCheckTests : IDisposable
{
    private readonly AnomalyFolderFixture _files = new();

    [Fact]
    public void A_check_scores_images_judges_gates_and_shows_tables_and_pictures()
    {
        _files.WriteSpec("", "  anomaly_auroc: { min: 0.95 }\n  anomaly_rate: { max: 0.7 }\n");
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        Assert.Contains("anomaly_auroc min", answer.Output, StringComparison.Ordinal);
        Assert.Contains("strange", answer.Output, StringComparison.Ordinal);
        string folder = Path.Combine(_files.Tool.Folder, "qualitygate-out", "anomaly");
        Assert.Equal(["anomaly.json", "anomaly.md", "histogram.svg", "images.csv", "maps", "roc.svg", "sheet.png"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(25, File.ReadAllLines(Path.Combine(folder, "images.csv")).Length);
        using DecodedImage sheet = ImageDecoder.Decode(File.ReadAllBytes(Path.Combine(folder, "sheet.png")), "sheet.png");
        Assert.True(sheet.Height > 1000);
        using JsonDocument result = JsonDocument.Parse(File.ReadAllText(Path.Combine(_files.Tool.Folder, "qualitygate-out", "result.json")));
        JsonElement area = result.RootElement.GetProperty("metrics").GetProperty("anomaly_auroc");
        Assert.InRange(area.GetProperty("value").GetDouble(), 0.95, 1);
        Assert.Equal("anogan", area.GetProperty("convention").GetString());
        using JsonDocument scores = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "anomaly.json")));
        Assert.Equal(24, scores.RootElement.GetProperty("anomaly").GetProperty("images").GetArrayLength());
        Assert.Equal(0, _files.Tool.Run("report", "qualitygate-out/result.json", "--format", "markdown").ExitCode);
    }

    [Fact]
    public void A_second_check_searches_for_nothing_and_says_the_same()
    {
        _files.WriteSpec("", "  anomaly_auroc: { min: 0.95 }\n");
        ToolRun.Answer first = _files.Tool.Run("check"), second = _files.Tool.Run("check");
        Assert.Contains("anomaly: candidate: 24 images", first.Error, StringComparison.Ordinal);
        Assert.Contains("24 computed, 0 from the cache", first.Error, StringComparison.Ordinal);
        Assert.DoesNotContain(" computed", second.Error, StringComparison.Ordinal);
        Assert.Equal(WithoutTimes(first.Output), WithoutTimes(second.Output));
    }

    [Fact]
    public void A_list_that_names_an_image_twice_is_scored_twice()
    {
        _files.Tool.Write("candidate.txt", "candidate/strange/00.png\ncandidate/strange/00.png\ncandidate/good/12.png\n");
        _files.WriteSpec("", "  anomaly_rate: { max: 1 }\n");
        string spec = File.ReadAllText(Path.Combine(_files.Tool.Folder, "qualitygate.yaml"));
        _files.Tool.Write("qualitygate.yaml", spec.Replace("candidate: candidate", "candidate: candidate.txt", StringComparison.Ordinal).Replace("labels: { candidate: folders }\n", "", StringComparison.Ordinal));
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.True(answer.ExitCode == 0, answer.Error);
        string[] rows = File.ReadAllLines(Path.Combine(_files.Tool.Folder, "qualitygate-out", "anomaly", "images.csv"));
        Assert.Equal(4, rows.Length);
        Assert.Equal(rows[1], rows[2]);
    }

    [Fact]
    public void A_gate_that_anomalies_breach_fails_the_check()
    {
        _files.WriteSpec("", "  anomaly_rate: { max: 0.1 }\n");
        Assert.Equal(1, _files.Tool.Run("check").ExitCode);
    }

    [Fact]
    public void Masks_give_pixels_their_own_numbers_and_segmentations()
    {
        for (int i = 0; i < 12; i++)
        {
            byte[] image = AnomalyFolderFixture.Normal(new Random(i)), mask = new byte[TinyPair.Pixels];
            for (int p = 14; p < 16; p++) (image[p], mask[p]) = ((byte)(255 - image[p]), 255);
            _files.Save($"candidate/strange/{i:00}.png", image);
            _files.Save($"masks/strange/{i:00}.png", mask);
        }

        _files.WriteSpec("  masks: masks\n", "  anomaly_auroc: { min: 0.5 }\n");
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        string folder = Path.Combine(_files.Tool.Folder, "qualitygate-out", "anomaly");
        using JsonDocument scores = JsonDocument.Parse(File.ReadAllText(Path.Combine(folder, "anomaly.json")));
        Assert.InRange(scores.RootElement.GetProperty("anomaly").GetProperty("pixels").GetProperty("auroc").GetDouble(), 0.7, 1);
        Assert.NotEmpty(Directory.GetFiles(Path.Combine(folder, "maps"), "*-segmentation.png"));
    }

    [Fact]
    public void Without_the_section_anomaly_metrics_cannot_be_judged()
    {
        _files.Tool.Write("qualitygate.yaml", "version: 1\nreference: reference\ncandidate: candidate\nextractor: discriminator.extractor.yaml\ngates:\n  anomaly_rate: { max: 0.1 }\n");
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("need the `anomaly:` section", answer.Error + answer.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("  patience: 0\n", "`patience` must be")]
    [InlineData("  lambda: 2\n", "`lambda` must be")]
    [InlineData("  normal: good\n", "`normal` must be a list of classes")]
    [InlineData("  masks: nowhere\n", "does not exist")]
    [InlineData("  stepz: 5\n", "unknown key `stepz`")]
    public void A_mistake_in_the_section_has_its_place(string line, string message)
    {
        _files.WriteSpec(line, "  anomaly_rate: { max: 1 }\n");
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("qualitygate.yaml(13,", answer.Error, StringComparison.Ordinal);
        Assert.Contains(message, answer.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_size_that_the_generator_does_not_make_is_refused_with_both()
    {
        _files.WriteSpec("", "  anomaly_rate: { max: 1 }\n");
        string spec = File.ReadAllText(Path.Combine(_files.Tool.Folder, "qualitygate.yaml")).Replace("size: 6,", "size: 8, resize: area,", StringComparison.Ordinal);
        _files.Tool.Write("qualitygate.yaml", spec);
        ToolRun.Answer answer = _files.Tool.Run("check");
        Assert.Equal(2, answer.ExitCode);
        Assert.Contains("makes 1 x 8 x 8 values of an image, but the generator makes 1 x 6 x 6", answer.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _files.Dispose();

    private static string WithoutTimes(string output) => string.Join('\n', output.Split('\n').Where(line => !line.StartsWith("time:", StringComparison.Ordinal)));
}
