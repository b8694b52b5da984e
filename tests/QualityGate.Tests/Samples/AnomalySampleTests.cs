using System.Text.Json;
using QualityGate.Anomaly.Training;
using QualityGate.Onnx.Networks;
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
    public void Its_generator_is_at_least_five_times_as_near_to_held_out_images_as_an_untrained_one()
    {
        GanOptions options = new() { Latent = 16, Width = 32, Batch = 32 };
        DcganParameters parameters = new(options.Shape);
        IReadOnlyDictionary<string, float[]> untrained = GanState.Initial(parameters, options.Seed).Values;
        using GanQuality heldOut = new(ImageBatches.Load(Path.Combine(Sample, "reference"), options, default), options, default);
        using GanGenerator first = new(DcganExport.Generator(parameters, untrained["generator"], untrained["generator/statistics"]), options);
        using GanGenerator trained = new(File.ReadAllBytes(Path.Combine(Sample, "generator.onnx")), options);
        double before = heldOut.Measure(first, default), after = heldOut.Measure(trained, default);
        Assert.True(after * 5 < before, $"{before:0.###} untrained, {after:0.###} trained");
    }

    [Fact]
    public void Its_networks_are_small() =>
        Assert.InRange(Directory.GetFiles(Sample, "*.onnx").Sum(path => new FileInfo(path).Length), 1, 3_000_000);
}
