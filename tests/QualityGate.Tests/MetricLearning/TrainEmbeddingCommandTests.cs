using System.Text.Json;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Tests.Tool;

namespace QualityGate.Tests.MetricLearning;

public sealed class TrainEmbeddingCommandTests
{
    private const string Recipe = """
        model: small.onnx
        input: { color: gray, size: 32, scale: 0.0078125, offset: -1 }
        outputs: { features: features }
        """;

    [Fact]
    public void A_trained_head_is_an_extractor_of_images_and_finds_unseen_classes_better()
    {
        using ClassFolders images = new();
        using ToolRun tool = new();
        ToolRun.Answer trained = tool.Run(
            "train", "embedding", images.Folder, "-e", "random-vgg16", "-o", "out", "--epochs", "3", "--dimensions", "16", "--images-per-class", "4", "--loss", "multi-similarity");
        Assert.Equal((0, ""), (trained.ExitCode, trained.ExitCode == 0 ? "" : trained.Error));
        Assert.Contains("wrote out/embedding.onnx and out/embedding.extractor.yaml", trained.Output.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Contains("features as they are", trained.Output, StringComparison.Ordinal);
        Assert.Matches(@"exported against features: \d+ queries gained at 1, \d+ lost, p [01]", trained.Output);
        Assert.Contains("images of 4 classes train, 3 epochs at most", trained.Error, StringComparison.Ordinal);
        string[] files = ["checkpoint.safetensors", "curve.png", "curve.svg", "embedding.extractor.yaml", "embedding.onnx", "training.json"];
        Assert.Equal(files, Directory.GetFiles(Path.Combine(tool.Folder, "out")).Select(Path.GetFileName).Order(StringComparer.Ordinal));

        ToolRun.Answer extracted = tool.Run("features", "extract", images.Folder, "-e", "out/embedding.extractor.yaml", "-o", "x.safetensors");
        Assert.Equal((0, "wrote x.safetensors: 96 images, 80 features\n"), (extracted.ExitCode, extracted.Output));
        AssertRecallOf(tool, "x.safetensors");
    }

    [Theory]
    [InlineData("proxy-anchor")]
    [InlineData("multi-similarity")]
    public void A_network_learns_to_look_past_what_its_features_follow(string loss)
    {
        using ClassFolders images = new();
        using ToolRun tool = new();
        SmallNetwork.Write(Path.Combine(tool.Folder, "small.onnx"));
        tool.Write("small.extractor.yaml", Recipe);
        string[] options =
        [
            "train", "embedding", images.Folder, "-e", "small.onnx", "--head", "network", "--loss", loss, "--epochs", "10", "--learning-rate", "0.003", "--images-per-class", "4",
            "--patience", "0", "-o",
        ];
        Assert.Equal(0, tool.Run([.. options, "one", "--threads", "1"]).ExitCode);
        Assert.Equal(0, tool.Run([.. options, "two", "--threads", "3"]).ExitCode);
        Assert.All(["embedding.onnx", "training.json", "checkpoint.safetensors"], name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(tool.Folder, "one", name)), File.ReadAllBytes(Path.Combine(tool.Folder, "two", name))));
        using JsonDocument history = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(tool.Folder, "one", "training.json")));
        double raw = Recall(history, "raw_features"), trained = history.RootElement.GetProperty("exported").GetProperty("recall").GetProperty("test").GetProperty("recall_at_1").GetDouble();
        Assert.True(trained > raw, $"{raw} raw, {trained} trained");
        ToolRun.Answer extracted = tool.Run("features", "extract", images.Folder, "-e", "one/embedding.onnx", "-o", "x.safetensors");
        Assert.Equal(0, extracted.ExitCode);
        AssertRecallOf(tool, "x.safetensors", "one");
    }

    [Fact]
    public void Masks_change_what_is_trained_on_and_the_recipe_says_so()
    {
        using ClassFolders images = new(classes: 4, imagesOfEach: 8);
        using ToolRun tool = new();
        foreach (string file in Directory.EnumerateFiles(images.Folder, "*.png", SearchOption.AllDirectories))
        {
            string mask = Path.Combine(tool.Folder, "masks", Path.GetRelativePath(images.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(mask)!);
            File.WriteAllBytes(mask, QualityGate.Images.Pictures.PngEncoder.Encode(32, 32, 1, [.. Enumerable.Range(0, 1024).Select(i => (byte)(i % 32 < 16 ? 255 : 0))]));
        }

        string[] command = ["train", "embedding", images.Folder, "-e", "random-vgg16", "--epochs", "1", "--images-per-class", "2", "-o"];
        Assert.Equal(0, tool.Run([.. command, "plain"]).ExitCode);
        Assert.Equal(0, tool.Run([.. command, "soft", "--masks", "masks", "--mask-mode", "soft:0.5"]).ExitCode);
        Assert.Equal(0, tool.Run([.. command, "hard", "--masks", "masks"]).ExitCode);
        string[] made = [.. new[] { "plain", "soft", "hard" }.Select(name => Convert.ToHexString(File.ReadAllBytes(Path.Combine(tool.Folder, name, "embedding.onnx"))))];
        Assert.Equal(3, made.Distinct().Count());
        Assert.Contains("masked images (soft:0.5", File.ReadAllText(Path.Combine(tool.Folder, "soft", "embedding.extractor.yaml")), StringComparison.Ordinal);
        Assert.DoesNotContain("masked", File.ReadAllText(Path.Combine(tool.Folder, "plain", "embedding.extractor.yaml")), StringComparison.Ordinal);
        ToolRun.Answer resumed = tool.Run([.. command, "soft", "--resume"]);
        Assert.Equal(2, resumed.ExitCode);
        Assert.Contains("QG4705", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Features_of_a_file_give_a_head_and_with_their_extractor_named_an_extractor()
    {
        using ClassFolders images = new(classes: 4, imagesOfEach: 8);
        using ToolRun tool = new();
        Assert.Equal(0, tool.Run("features", "extract", images.Folder, "-e", "random-vgg16", "-o", "f.safetensors").ExitCode);
        string[] command = ["train", "embedding", "f.safetensors", "--epochs", "1", "--images-per-class", "2", "-o"];
        ToolRun.Answer head = tool.Run([.. command, "head"]);
        Assert.Equal(0, head.ExitCode);
        Assert.Contains("it takes features, not images", head.Output, StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(tool.Folder, "head", "embedding.extractor.yaml")));
        Assert.Equal(0, tool.Run([.. command, "whole", "-e", "random-vgg16"]).ExitCode);
        Assert.Equal(0, tool.Run("features", "extract", images.Folder, "-e", "whole/embedding.extractor.yaml", "-o", "x.safetensors").ExitCode);
    }

    [Fact]
    public void What_cannot_be_trained_answers_2_and_says_why()
    {
        using ClassFolders images = new(classes: 2, imagesOfEach: 4);
        using ToolRun tool = new();
        tool.Write("small.extractor.yaml", Recipe);
        SmallNetwork.Write(Path.Combine(tool.Folder, "small.onnx"), fixedBatch: 1);
        string[] command = ["train", "embedding", images.Folder, "-o", "out"];
        Assert.Contains("QG4707", Refused([.. command, "-e", "random-vgg16"]), StringComparison.Ordinal);
        Assert.Contains("QG4708", Refused([.. command, "-e", "random-vgg16", "--train-classes", "2"]), StringComparison.Ordinal);
        Assert.Contains("QG4403", Refused(command), StringComparison.Ordinal);
        string network = Refused([.. command, "-e", "small.onnx", "--head", "network", "--train-classes", "2", "--images-per-class", "2"]);
        Assert.Contains("QG4709", network, StringComparison.Ordinal);
        Assert.Contains("takes 1 images at once", network, StringComparison.Ordinal);
        Assert.Contains("--beta is of the loss multi-similarity", Refused([.. command, "-e", "random-vgg16", "--beta", "3"]), StringComparison.Ordinal);
        Assert.Contains("--learning-rate is not above 0", Refused([.. command, "-e", "random-vgg16", "--learning-rate", "0"]), StringComparison.Ordinal);
        Assert.Contains("--keep is not from 0 to 0.95", Refused([.. command, "-e", "random-vgg16", "--keep", "1"]), StringComparison.Ordinal);
        Assert.Contains("--loss", Refused([.. command, "-e", "random-vgg16", "--loss", "triplet"]), StringComparison.Ordinal);
        Assert.False(Directory.Exists(Path.Combine(tool.Folder, "out")));

        string Refused(string[] arguments)
        {
            ToolRun.Answer answer = tool.Run(arguments);
            Assert.Equal(2, answer.ExitCode);
            return answer.Error;
        }
    }

    private static double Recall(JsonDocument history, string part) => history.RootElement.GetProperty(part).GetProperty("test").GetProperty("recall_at_1").GetDouble();

    // The rows of unseen classes, through the extractor as users run it, are found as the trainer found them; and they have length 1.
    private static void AssertRecallOf(ToolRun tool, string file, string folder = "out")
    {
        FeatureSet set = FeatureFile.Read(Path.Combine(tool.Folder, file));
        string[] labels = [.. set.Ids!.Select(id => id[..id.IndexOf('/', StringComparison.Ordinal)])];
        int[] unseen = [.. Enumerable.Range(0, set.Count).Where(row => string.CompareOrdinal(labels[row], "class-3") > 0)];
        Assert.All(unseen, row => Assert.Equal(1, set.Features!.Row(row).ToArray().Sum(value => (double)value * value), 1e-5));
        int hits = unseen.Count(row => labels[Nearest(set, row, unseen)] == labels[row]);
        using JsonDocument history = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(tool.Folder, folder, "training.json")));
        JsonElement test = history.RootElement.GetProperty("exported").GetProperty("recall").GetProperty("test");

        // One image may change its neighbour by the last bits of a tie.
        Assert.Equal(test.GetProperty("recall_at_1").GetDouble(), (double)hits / unseen.Length, 1.01 / unseen.Length);
    }

    private static int Nearest(FeatureSet set, int row, int[] among) => among.Where(other => other != row)
        .MaxBy(other => set.Features!.Row(row).ToArray().Zip(set.Features.Row(other).ToArray(), (a, b) => (double)a * b).Sum());
}
