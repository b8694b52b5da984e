using System.Text.Json;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Samples;

public sealed class AnomalySampleTests
{
    private static readonly string Sample = RepositoryFiles.At("samples", "anomaly");

    [Fact]
    public void The_sample_tells_flawed_buttons_from_good_ones_kind_by_kind()
    {
        using ToolRun tool = new();
        ToolRun.Answer answer = tool.Run("check", Path.Combine(Sample, "qualitygate.yaml"), "--cache", Path.Combine(tool.Folder, "cache"));
        Assert.True(answer.ExitCode == 0, answer.Output + answer.Error);
        foreach (string kind in new[] { "scratch", "stain", "missing-hole" }) Assert.Contains(kind, answer.Output, StringComparison.Ordinal);
        using JsonDocument scores = JsonDocument.Parse(File.ReadAllText(Path.Combine(tool.Folder, "qualitygate-out", "anomaly", "anomaly.json")));
        JsonElement anomaly = scores.RootElement.GetProperty("anomaly");
        Assert.InRange(anomaly.GetProperty("auroc").GetProperty("value").GetDouble(), 0.72, 1);
        Assert.InRange(anomaly.GetProperty("pixels").GetProperty("auroc").GetDouble(), 0.88, 1);
    }

    [Fact]
    public void Its_networks_are_small() =>
        Assert.InRange(Directory.GetFiles(Sample, "*.onnx").Sum(path => new FileInfo(path).Length), 1, 3_000_000);
}
