using QualityGate.Anomaly.Training;
using QualityGate.Errors;
using QualityGate.Onnx.Networks;
using QualityGate.Specs;

namespace QualityGate.Tests.Anomaly.Training;

public sealed class GanTrainerTests
{
    private static readonly GanOptions Tiny = new() { Latent = 8, Width = 4, Epochs = 4, Batch = 16, Seed = 5, Threads = 1, FidEvery = 2 };

    [Fact]
    public void Training_lowers_FID_to_a_fifth_of_an_untrained_generators()
    {
        using Blobs blobs = new(256);
        GanOptions options = new() { Latent = 16, Width = 8, Epochs = 12, Batch = 32, Seed = 1, LearningRate = 1e-3, FidEvery = 4 };
        GanReport report = new GanTrainer(options, blobs.Output("gan"), "test").Run(blobs.Folder, resume: false);
        DcganParameters parameters = new(options.Shape);
        IReadOnlyDictionary<string, float[]> untrained = GanState.Initial(parameters, options.Seed).Values;
        using GanQuality quality = new(ImageBatches.Load(blobs.Folder, options, default), options, default);
        using GanGenerator generator = new(DcganExport.Generator(parameters, untrained["generator"], untrained["generator/statistics"]), options);
        double before = quality.Measure(generator, default);
        Assert.InRange(report.Exported.Fid!.Value, 0, before / 5);
        Assert.Equal(report.Epochs.Min(e => e.Fid), report.Exported.Fid);
        using GanGenerator exported = new(File.ReadAllBytes(Path.Combine(blobs.Output("gan"), "generator.onnx")), options);
        Assert.Equal(report.Exported.Fid.Value, quality.Measure(exported, default), 1e-9);
    }

    [Fact]
    public void A_training_that_was_stopped_goes_on_to_the_same_bytes_on_any_number_of_threads()
    {
        using Blobs blobs = new(40);
        new GanTrainer(Tiny, blobs.Output("whole"), "test").Run(blobs.Folder, resume: false);
        new GanTrainer(Tiny with { Epochs = 2, Threads = 2 }, blobs.Output("parts"), "test").Run(blobs.Folder, resume: true);
        GanReport report = new GanTrainer(Tiny with { Threads = 2 }, blobs.Output("parts"), "test").Run(blobs.Folder, resume: true);
        Assert.Equal([1, 2, 3, 4], report.Epochs.Select(e => e.Number));
        Same(blobs);
    }

    [Fact]
    public void A_training_that_was_interrupted_in_an_epoch_begins_that_epoch_anew()
    {
        using Blobs blobs = new(40);
        new GanTrainer(Tiny, blobs.Output("whole"), "test").Run(blobs.Folder, resume: false);
        using CancellationTokenSource stop = new();
        GanTrainer interrupted = new(Tiny, blobs.Output("parts"), "test", new StopIn(epoch: 3, stop));
        Assert.Throws<OperationCanceledException>(() => { interrupted.Run(blobs.Folder, resume: false, stop.Token); });
        new GanTrainer(Tiny, blobs.Output("parts"), "test").Run(blobs.Folder, resume: true);
        Same(blobs);
    }

    [Fact]
    public void Another_seed_and_another_distribution_give_other_networks()
    {
        using Blobs blobs = new(16);
        GanOptions once = Tiny with { Epochs = 1, FidEvery = 0 };
        string[] networks = [.. new[] { once, once with { Seed = 6 }, once with { Distribution = LatentDistribution.Uniform } }.Select((options, i) =>
        {
            new GanTrainer(options, blobs.Output($"{i}"), "test").Run(blobs.Folder, resume: false);
            return Convert.ToHexString(File.ReadAllBytes(Path.Combine(blobs.Output($"{i}"), "generator.onnx")));
        })];
        Assert.Equal(3, networks.Distinct().Count());
    }

    [Fact]
    public void A_checkpoint_of_other_options_or_images_is_refused_by_name()
    {
        using Blobs blobs = new(16), others = new(16, seed: 2);
        GanOptions once = Tiny with { Epochs = 1, FidEvery = 0 };
        string output = blobs.Output("gan");
        new GanTrainer(once, output, "test").Run(blobs.Folder, resume: false);
        UserErrorException options = Assert.Throws<UserErrorException>(() => { new GanTrainer(once with { Width = 8 }, output, "test").Run(blobs.Folder, resume: true); });
        Assert.Equal(TrainingErrors.OtherTraining, options.Code);
        Assert.Contains("--width 4, not 8", options.Message, StringComparison.Ordinal);
        UserErrorException images = Assert.Throws<UserErrorException>(() => { new GanTrainer(once, output, "test").Run(others.Folder, resume: true); });
        Assert.Contains("other images", images.Message, StringComparison.Ordinal);
        Assert.Equal(TrainingErrors.OutputTaken, Assert.Throws<UserErrorException>(() => { new GanTrainer(once, output, "test").Run(blobs.Folder, resume: false); }).Code);
    }

    [Fact]
    public void A_damaged_checkpoint_is_a_clear_error()
    {
        using Blobs blobs = new(16);
        GanOptions once = Tiny with { Epochs = 1, FidEvery = 0 };
        new GanTrainer(once, blobs.Output("gan"), "test").Run(blobs.Folder, resume: false);
        string path = Path.Combine(blobs.Output("gan"), "checkpoint.safetensors");
        byte[] whole = File.ReadAllBytes(path);
        byte[] flipped = [.. whole];
        flipped[^10] ^= 1;
        foreach (byte[] damaged in new[] { flipped, whole[..^100], whole[..5], [] })
        {
            File.WriteAllBytes(path, damaged);
            UserErrorException error = Assert.Throws<UserErrorException>(() => { new GanTrainer(once with { Epochs = 2 }, blobs.Output("gan"), "test").Run(blobs.Folder, resume: true); });
            Assert.Equal(TrainingErrors.CheckpointDamaged, error.Code);
        }
    }

    [Fact]
    public void Numbers_that_are_no_longer_finite_end_the_training_and_name_the_epoch()
    {
        using Blobs blobs = new(48);
        GanTrainer trainer = new(Tiny with { LearningRate = 1e30, FidEvery = 0 }, blobs.Output("gan"), "test");
        UserErrorException error = Assert.Throws<UserErrorException>(() => { trainer.Run(blobs.Folder, resume: false); });
        Assert.Equal(TrainingErrors.Diverged, error.Code);
        Assert.Contains("in epoch 1, step", error.Message, StringComparison.Ordinal);
        Assert.Contains("--learning-rate", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_few_and_unreadable_images_are_named()
    {
        using Blobs blobs = new(15);
        UserErrorException few = Assert.Throws<UserErrorException>(() => { new GanTrainer(Tiny, blobs.Output("gan"), "test").Run(blobs.Folder, resume: false); });
        Assert.Equal(TrainingErrors.TooFewImages, few.Code);
        Assert.Contains("15 images, fewer than one batch of 16", few.Message, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(blobs.Folder, "broken.png"), "no picture");
        UserErrorException unreadable = Assert.Throws<UserErrorException>(() => { new GanTrainer(Tiny, blobs.Output("gan"), "test").Run(blobs.Folder, resume: false); });
        Assert.Equal(DataErrors.UnreadableImages, unreadable.Code);
        Assert.Contains("broken.png", unreadable.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(blobs.Output("gan")));
    }

    [Theory]
    [InlineData(56, 56)]
    [InlineData(20, 14)]
    [InlineData(40, 20)]
    public void Images_of_other_sizes_are_resized(int width, int height)
    {
        using Blobs blobs = new(16, width, height, channels: 3);
        ImageBatches images = ImageBatches.Load(blobs.Folder, Tiny with { Size = 32, Color = ColorMode.Rgb }, default);
        Assert.Equal((16, 3 * 32 * 32), (images.Count, images.Length));
        float[] values = new float[2 * images.Length];
        images.Fill([3, 5], values);
        Assert.InRange(values.Min(), -1, -0.8f);
        Assert.InRange(values.Max(), 0.5f, 1);
    }

    [Fact]
    public void Latent_vectors_have_the_moments_of_their_distribution()
    {
        float[] normal = new float[20_000], uniform = new float[20_000];
        GanRandom.Steps(1, 1).Fill(normal, LatentDistribution.Normal);
        GanRandom.Steps(1, 1).Fill(uniform, LatentDistribution.Uniform);
        Assert.InRange(normal.Average(), -0.03, 0.03);
        Assert.InRange(normal.Average(x => x * x), 0.95, 1.05);
        Assert.InRange(uniform.Average(x => x * x), 0.32, 0.347);
        Assert.InRange(uniform.Max(Math.Abs), 0.99f, 1);
    }

    private static void Same(Blobs blobs)
    {
        foreach (string name in new[] { "generator.onnx", "discriminator.onnx", "training.json", "checkpoint.safetensors", "samples/epoch-0004.png" })
        {
            Assert.True(
                File.ReadAllBytes(Path.Combine(blobs.Output("whole"), name)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(blobs.Output("parts"), name))), name);
        }
    }

    private sealed class StopIn(int epoch, CancellationTokenSource stop) : IGanProgress
    {
        public void Start(int images, int epochs, int done)
        {
        }

        public void Advance(int epoch1, int images, double discriminatorLoss, double generatorLoss)
        {
            if (epoch1 == epoch) stop.Cancel();
        }

        public void Finish(GanEpoch epoch, bool isBest, double imagesPerSecond)
        {
        }
    }
}
