using System.Text.Json;
using QualityGate.Errors;
using QualityGate.MetricLearning;
using QualityGate.Onnx;
using QualityGate.Onnx.Embeddings;
using QualityGate.Tests.Onnx.Gradients;

namespace QualityGate.Tests.MetricLearning;

public sealed class EmbeddingTrainerTests : IDisposable
{
    private const int Looked = 20;

    private static readonly string[] Outcome = ["checkpoint.safetensors", "curve.png", "curve.svg", "embedding.onnx", "training.json"];

    private readonly string _root = Path.Combine(Path.GetTempPath(), "qualitygate-tests-" + Guid.NewGuid().ToString("N"));

    public static TheoryData<string, EmbeddingHead> Kinds => new()
    {
        { "proxy-anchor", EmbeddingHead.Linear },
        { "proxy-anchor", EmbeddingHead.Mlp },
        { "multi-similarity", EmbeddingHead.Linear },
        { "multi-similarity", EmbeddingHead.Mlp },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Training_finds_unseen_classes_better_than_features_and_than_an_untrained_head(string loss, EmbeddingHead head)
    {
        EmbeddingReport report = Train(Options(loss) with { Head = head, Epochs = 80, LearningRate = 3e-3, Hidden = 64, Validation = 0, Keep = 0 }, "out");
        double raw = report.Raw.Test!.At1, untrained = report.Untrained.Recall!.Test!.At1, trained = report.Exported.Recall!.Test!.At1;
        Assert.True(trained > raw + 0.1 && trained > untrained + 0.05, $"{raw:0.000} raw, {untrained:0.000} untrained, {trained:0.000} trained");
        Assert.True(report.Last.Loss < report.Epochs[0].Loss);
        Assert.Equal(trained - raw, (report.Gain!.Gained - report.Gain.Lost) / 120.0, 1e-9);
        Assert.True(report.Gain.P < 0.05);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_same_seed_gives_the_same_bytes_on_any_number_of_threads(string loss, EmbeddingHead head)
    {
        EmbeddingOptions options = Options(loss) with { Head = head, Hidden = 40, Dimensions = 16, Epochs = 3 };
        Train(options with { Threads = 1 }, "one");
        Train(options with { Threads = 4 }, "four");
        Train(options with { Threads = 1, Seed = 8 }, "other");
        Assert.All(Outcome, file => Assert.Equal(Bytes("one", file), Bytes("four", file)));
        Assert.NotEqual(Bytes("one", "embedding.onnx"), Bytes("other", "embedding.onnx"));
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void An_interrupted_training_that_goes_on_ends_at_the_same_bytes(string loss, EmbeddingHead head)
    {
        EmbeddingOptions options = Options(loss) with { Head = head, Hidden = 40, Epochs = 5 };
        Train(options, "whole");
        using CancellationTokenSource stop = new();
        StopAfter progress = new(stop, epochs: 2);
        Assert.Throws<OperationCanceledException>(() => new EmbeddingTrainer(options, Folder("parts"), "0", progress).Run(PlantedClasses.Data(), resume: false, stop.Token));
        Assert.False(File.Exists(Path.Combine(Folder("parts"), "embedding.onnx")));
        Train(options, "parts", resume: true);
        Assert.All(Outcome, file => Assert.Equal(Bytes("whole", file), Bytes("parts", file)));
    }

    [Fact]
    public void A_finished_training_that_goes_on_to_more_epochs_equals_a_longer_one()
    {
        Train(Options("proxy-anchor") with { Epochs = 4 }, "long");
        Train(Options("proxy-anchor") with { Epochs = 2 }, "grown");
        Train(Options("proxy-anchor") with { Epochs = 4 }, "grown", resume: true);
        Assert.All(Outcome, file => Assert.Equal(Bytes("long", file), Bytes("grown", file)));
    }

    [Fact]
    public void Training_ends_when_held_back_images_of_training_classes_see_nothing_better()
    {
        EmbeddingOptions options = Options("proxy-anchor") with { Epochs = 200, Patience = 3, LearningRate = 3e-3 };
        EmbeddingReport report = Train(options, "out");
        Assert.Equal(report.Exported.Number + 3, report.Last.Number);
        Assert.True(report.Last.Number < 200);
        Assert.All(report.Epochs.Where(epoch => epoch != report.Exported), epoch => Assert.True(epoch.Recall!.Validation!.At1 <= report.Exported.Recall!.Validation!.At1));
        EmbeddingReport again = Train(options, "out", resume: true);
        Assert.Equal(report.Last.Number, again.Last.Number);
        Assert.True(Train(options with { Patience = 6 }, "out", resume: true).Last.Number > report.Last.Number);
    }

    [Fact]
    public void Labels_of_unseen_classes_choose_nothing()
    {
        EmbeddingData data = PlantedClasses.Data(), shuffled = data with
        {
            Set = data.Set with { Labels = [.. data.Set.Labels!.Select((label, row) => string.CompareOrdinal(label, "class-06") < 0 ? label : $"class-{6 + (row % 6):00}")] },
        };
        EmbeddingOptions options = Options("proxy-anchor") with { Epochs = 6 };
        EmbeddingReport report = new EmbeddingTrainer(options, Folder("a"), "0").Run(data, resume: false);
        EmbeddingReport other = new EmbeddingTrainer(options, Folder("b"), "0").Run(shuffled, resume: false);
        Assert.Equal(report.Exported.Number, other.Exported.Number);
        Assert.Equal(Bytes("a", "embedding.onnx"), Bytes("b", "embedding.onnx"));
        Assert.True(other.Exported.Recall!.Test!.At1 < report.Exported.Recall!.Test!.At1);
    }

    [Fact]
    public void Without_held_back_images_the_last_epoch_is_exported()
    {
        EmbeddingReport report = Train(Options("multi-similarity") with { Epochs = 3, Validation = 0, Patience = 1, RecallEvery = 2 }, "out");
        Assert.Equal((3, 3), (report.Exported.Number, report.Last.Number));
        Assert.Null(report.Raw.Validation);
        Assert.Equal([false, true, true], report.Epochs.Select(epoch => epoch.Recall is not null));
    }

    [Theory]
    [InlineData(null, "class-00 class-01 class-02 class-03 class-04 class-05")]
    [InlineData("3", "class-00 class-01 class-02")]
    [InlineData("class-11, class-02", "class-02 class-11")]
    public void The_first_half_of_the_classes_trains_or_those_that_are_named(string? wanted, string trained)
    {
        Train(Options("proxy-anchor") with { Epochs = 1, TrainClasses = wanted }, "out");
        using JsonDocument history = JsonDocument.Parse(Bytes("out", "training.json"));
        JsonElement classes = history.RootElement.GetProperty("classes");
        Assert.Equal(trained.Split(' '), classes.GetProperty("train").EnumerateArray().Select(name => name.GetString()!));
        Assert.Equal(12, classes.GetProperty("train").GetArrayLength() + classes.GetProperty("test").GetArrayLength());
    }

    [Theory]
    [InlineData("QG4707", "1 class of images, of which 0 would train", 1, 20, null)]
    [InlineData("QG4707", "3 classes of images, of which 1 would train", 3, 20, null)]
    [InlineData("QG4707", "13 classes are to train, and there are 12", 12, 20, "13")]
    [InlineData("QG4707", "the class `cat` is to train", 12, 20, "cat,class-00")]
    [InlineData("QG4708", "the class `class-00` has 9 images, 7 after 2 are held back, and a batch takes 8 of a class", 12, 9, null)]
    public void What_cannot_be_trained_on_is_named(string code, string message, int classes, int imagesOfEach, string? trained)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(
            () => new EmbeddingTrainer(Options("proxy-anchor") with { TrainClasses = trained }, Folder("out"), "0").Run(PlantedClasses.Data(classes, imagesOfEach), resume: false));
        Assert.Equal(code, error.Code.Id);
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(Folder("out")));
    }

    [Theory]
    [InlineData(0.0, 24)]
    [InlineData(0.3, 48)]
    [InlineData(null, 48)]
    public void A_share_of_the_cosine_is_that_of_the_features(double? keep, int width)
    {
        EmbeddingData data = PlantedClasses.Data();
        EmbeddingOptions options = Options("proxy-anchor") with { Epochs = 1, Keep = keep };
        new EmbeddingTrainer(options, Folder("out"), "0").Run(data, resume: false);
        new EmbeddingTrainer(options with { Keep = 0 }, Folder("learned"), "0").Run(data, resume: false);
        float[] values = [.. Enumerable.Range(0, Looked).SelectMany(row => data.Features.Row(row).ToArray())];
        double[] features = Cosines(Array.ConvertAll(values, value => (double)value), 24), all = Cosines(Embedded("out"), width), learned = Cosines(Embedded("learned"), 24);
        double share = keep ?? 0.5;
        for (int pair = 0; pair < all.Length; pair++) Assert.Equal((share * features[pair]) + ((1 - share) * learned[pair]), all[pair], 1e-5);

        double[] Embedded(string folder) => GraphRun.Once(
            OnnxModel.Load(Bytes(folder, "embedding.onnx")), new Tensor("features", OnnxElementType.Float, [Looked, 24], Array.ConvertAll(values, value => (double)value)))["embedding"];
    }

    [Fact]
    public void A_head_starts_from_what_finds_training_classes_that_it_has_not_seen()
    {
        EmbeddingOptions options = Options("proxy-anchor") with { Epochs = 1 };
        double Start(EmbeddingData data, string? trained = null) => new EmbeddingTrainer(options with { TrainClasses = trained }, Folder(Guid.NewGuid().ToString("N")), "0").Run(data, resume: false).Shrinkage;

        // Where images of a class differ most in what does not tell it, evening out helps; where they differ in little else, it makes that count.
        Assert.Equal(3, Start(PlantedClasses.Data(within: 1.5)));
        Assert.Equal(1000, Start(PlantedClasses.Data(within: 0.5)));
        Assert.Equal(3, Start(PlantedClasses.Data(within: 0.5), trained: "3"));
        using JsonDocument history = JsonDocument.Parse(Bytes(Path.GetFileName(Directory.GetDirectories(_root)[0]), "training.json"));
        Assert.Equal("auto", history.RootElement.GetProperty("options").GetProperty("shrinkage").GetString());
    }

    [Fact]
    public void A_batch_of_more_classes_than_train_is_refused() => Assert.Contains(
        "a batch is to hold 7 classes, and 6 train", Refused(Options("proxy-anchor") with { BatchClasses = 7 }, "QG4707"), StringComparison.Ordinal);

    [Fact]
    public void A_loss_that_is_no_number_ends_the_training_and_says_where() => Assert.Contains(
        "in epoch 2, step 2, the loss is no longer finite",
        Refused(Options("proxy-anchor") with { LearningRate = 1, WeightDecay = 1e30, Epochs = 4, RecallEvery = 4 }, "QG4703"),
        StringComparison.Ordinal);

    [Fact]
    public void A_folder_that_holds_a_training_is_not_written_over()
    {
        Train(Options("proxy-anchor") with { Epochs = 1 }, "out");
        Assert.Contains("is there already", Refused(Options("proxy-anchor"), "QG4704"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_checkpoint_of_another_training_or_a_damaged_one_is_refused()
    {
        EmbeddingOptions options = Options("proxy-anchor") with { Epochs = 2 };
        Train(options, "out");
        Assert.Contains("--seed 7, not 9", Refused(options with { Seed = 9 }, "QG4705", resume: true), StringComparison.Ordinal);
        Assert.Contains("--alpha 32, not 16", Refused(options with { Loss = new ProxyAnchorLoss { Alpha = 16 } }, "QG4705", resume: true), StringComparison.Ordinal);
        Assert.Contains("--loss proxy-anchor, not multi-similarity", Refused(options with { Loss = new MultiSimilarityLoss() }, "QG4705", resume: true), StringComparison.Ordinal);
        Assert.Contains("2 epochs already", Refused(options with { Epochs = 1 }, "QG4705", resume: true), StringComparison.Ordinal);
        Assert.Contains("other images or labels", Refused(options, "QG4705", resume: true, PlantedClasses.Data(imagesOfEach: 21)), StringComparison.Ordinal);

        string path = Path.Combine(Folder("out"), "checkpoint.safetensors");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^5] ^= 64;
        File.WriteAllBytes(path, bytes);
        Assert.Contains("do not have the hash", Refused(options, "QG4706", resume: true), StringComparison.Ordinal);
        File.WriteAllBytes(path, bytes[..100]);
        Refused(options, "QG4706", resume: true);
    }

    public void Dispose()
    {
        if (Directory.Exists(_root)) Directory.Delete(_root, recursive: true);
    }

    private static EmbeddingOptions Options(string loss) => new()
    {
        Loss = loss == "proxy-anchor" ? new ProxyAnchorLoss() : new MultiSimilarityLoss(),
        Seed = 7,
        LearningRate = 1e-3,
    };

    private EmbeddingReport Train(EmbeddingOptions options, string name, bool resume = false) =>
        new EmbeddingTrainer(options, Folder(name), "0").Run(PlantedClasses.Data(), resume);

    private string Refused(EmbeddingOptions options, string code, bool resume = false, EmbeddingData? data = null)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => new EmbeddingTrainer(options, Folder("out"), "0").Run(data ?? PlantedClasses.Data(), resume));
        Assert.Equal(code, error.Code.Id);
        return error.Message;
    }

    private static double[] Cosines(double[] rows, int width)
    {
        double[][] split = [.. rows.Chunk(width)];
        Assert.Equal(Looked, split.Length);
        return [.. split.SelectMany(a => split, (a, b) => Dot(a, b) / Math.Sqrt(Dot(a, a) * Dot(b, b)))];

        static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();
    }

    private string Folder(string name) => Path.Combine(_root, name);

    private byte[] Bytes(string name, string file) => File.ReadAllBytes(Path.Combine(Folder(name), file));

    /// <summary>Presses Ctrl+C in the middle of an epoch.</summary>
    private sealed class StopAfter(CancellationTokenSource stop, int epochs) : IEmbeddingProgress
    {
        public void Start(int images, int classes, int total, int done)
        {
        }

        public void Advance(int epoch, int images, double loss)
        {
            if (epoch > epochs) stop.Cancel();
        }

        public void Finish(EmbeddingEpoch epoch, bool isBest, double imagesPerSecond)
        {
        }

        public void StopEarly(EmbeddingEpoch best)
        {
        }
    }
}
