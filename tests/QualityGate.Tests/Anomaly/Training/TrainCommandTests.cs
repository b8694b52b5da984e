using QualityGate.Tests.Tool;

namespace QualityGate.Tests.Anomaly.Training;

public sealed class TrainCommandTests
{
    [Fact]
    public void A_trained_discriminator_is_an_extractor()
    {
        using Blobs blobs = new(32, channels: 3);
        using ToolRun tool = new();
        ToolRun.Answer trained = tool.Run(
            "train", "gan", blobs.Folder, "-o", "gan", "--size", "32", "--color", "rgb", "--width", "4", "--epochs", "2", "--batch", "16", "--fid-every", "2");
        Assert.Equal((0, ""), (trained.ExitCode, trained.ExitCode == 0 ? "" : trained.Error));
        Assert.Contains("exported: epoch 2, FID ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("last:     epoch 2, FID ", trained.Output, StringComparison.Ordinal);
        Assert.Contains("epoch 2/2: losses ", trained.Error, StringComparison.Ordinal);
        string[] files = ["checkpoint.safetensors", "discriminator.extractor.yaml", "discriminator.onnx", "generator.onnx", "training.json"];
        Assert.Equal(files, Directory.GetFiles(Path.Combine(tool.Folder, "gan")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal(2, Directory.GetFiles(Path.Combine(tool.Folder, "gan", "samples"), "epoch-*.png").Length);
        ToolRun.Answer extracted = tool.Run("features", "extract", blobs.Folder, "-e", "gan/discriminator.extractor.yaml", "-o", "x.safetensors");
        Assert.Equal((0, $"wrote x.safetensors: 32 images, {16 * 4 * 4} features\n"), (extracted.ExitCode, extracted.Output));
    }

    [Fact]
    public void What_cannot_be_trained_answers_2_and_says_why()
    {
        using Blobs blobs = new(20);
        using ToolRun tool = new();
        Assert.Contains("QG4701", Refused("train", "gan", blobs.Folder, "-o", "gan"), StringComparison.Ordinal);
        Assert.Contains("QG4001", Refused("train", "gan", "nowhere", "-o", "gan"), StringComparison.Ordinal);
        Assert.Contains("--size", Refused("train", "gan", blobs.Folder, "-o", "gan", "--size", "48"), StringComparison.Ordinal);
        Assert.Contains("--batch is 1, expected", Refused("train", "gan", blobs.Folder, "-o", "gan", "--batch", "1"), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(tool.Folder, "gan")));

        string Refused(params string[] arguments)
        {
            ToolRun.Answer answer = tool.Run(arguments);
            Assert.Equal(2, answer.ExitCode);
            return answer.Error;
        }
    }
}
