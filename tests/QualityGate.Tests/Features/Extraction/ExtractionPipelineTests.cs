using QualityGate.Errors;
using QualityGate.Features.Cache;
using QualityGate.Features.Extraction;
using QualityGate.Features.Extractors;
using QualityGate.Images;
using QualityGate.Numerics.Random;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Tests.Features.Extraction;

public sealed class ExtractionPipelineTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qualitygate-extraction-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Rows_stand_in_the_order_of_paths_whatever_batch_and_workers()
    {
        WriteImages(23);
        float[] expected = [.. Enumerable.Range(0, 23).Select(i => (float)Shade(i))];
        foreach ((int batch, int workers) in new[] { (1, 1), (4, 2), (7, 5), (64, 3) })
        {
            ExtractionResult result = Extract("x", batch, workers, $"cache-{batch}");
            Assert.Equal(expected, Enumerable.Range(0, 23).Select(i => result.Set.Features!.Row(i)[0]));
            Assert.Equal(23, result.Computed);
        }
    }

    [Fact]
    public void Equal_images_are_computed_once_and_known_ones_never_again()
    {
        WriteImages(6);
        File.Copy(Path.Combine(_folder, "set", "003.bmp"), Path.Combine(_folder, "set", "copy.bmp"));
        Assert.Equal(6, Extract("x", 2, 2, "cache").Computed);
        File.WriteAllBytes(Path.Combine(_folder, "set", "new.bmp"), Bitmap(250));
        ExtractionResult again = Extract("x", 2, 2, "cache");
        Assert.Equal(1, again.Computed);
        Assert.Equal(250, again.Set.Features!.Row(7)[0]);
    }

    [Fact]
    public void Copies_of_an_unreadable_image_are_unreadable_too()
    {
        WriteImages(3);
        File.WriteAllText(Path.Combine(_folder, "set", "bad1.png"), "no image");
        File.WriteAllText(Path.Combine(_folder, "set", "bad2.png"), "no image");
        ExtractionResult result = Extract("x", 2, 2, "cache", OnUnreadable.Skip);
        Assert.Equal(3, result.Set.Count);
        Assert.Equal(["bad1.png", "bad2.png"], result.Unreadable.Select(u => u.Id));
        Assert.Equal(["000.bmp", "001.bmp", "002.bmp"], result.Set.Ids!);
    }

    [Fact]
    public void Only_unreadable_images_are_no_set()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "set"));
        File.WriteAllText(Path.Combine(_folder, "set", "bad.png"), "no image");
        UserErrorException error = Assert.Throws<UserErrorException>(() => Extract("x", 2, 2, "cache", OnUnreadable.Skip));
        Assert.Equal(DataErrors.NothingReadable, error.Code);
    }

    // log of a shade: of black, minus infinity.
    [Fact]
    public void Features_that_are_not_finite_are_an_error_that_names_the_image_and_are_not_cached()
    {
        WriteImages(5);
        UserErrorException error = Assert.Throws<UserErrorException>(() => Extract("Log", 2, 1, "cache"));
        Assert.Equal(DataErrors.NotFinite, error.Code);
        Assert.Contains("'000.bmp'", error.Message, StringComparison.Ordinal);
        Assert.Throws<UserErrorException>(() => Extract("Log", 2, 1, "cache"));
    }

    [Fact]
    public void A_cancelled_run_throws_and_keeps_finished_batches()
    {
        WriteImages(40);
        using CancellationTokenSource cancel = new();
        CancelAfter progress = new(cancel, 10);
        Assert.Throws<OperationCanceledException>(() => Extract("x", 2, 1, "cache", OnUnreadable.Error, progress, cancellation: cancel.Token));
        Assert.InRange(Extract("x", 2, 1, "cache").Computed, 1, 30);
    }

    // The clock goes on by one each time it is read: once for the start and once for each image that is looked at.
    [Fact]
    public void When_time_is_up_the_head_of_a_seeded_order_is_the_set_and_the_next_run_goes_on()
    {
        WriteImages(40);
        int[] order = new NumpyRandomState(7).Permutation(40);
        ExtractionResult first = Extract("x", 4, 1, "cache", budget: Budget(11));
        Assert.Equal(order[..10].Order(), first.Sample!.Rows);
        Assert.Equal(40, first.Sample.Total);
        Assert.Equal(10, first.Set.Count);
        Assert.Equal(10, first.Computed);
        Assert.Equal(order[..10].Order().Select(i => (float)Shade(i)), Enumerable.Range(0, 10).Select(i => first.Set.Features!.Row(i)[0]));
        Assert.Equal(order[..10].Order().Select(i => $"{i:000}.bmp"), first.Set.Ids!);

        // Time is up at once, but what is cached counts.
        ExtractionResult again = Extract("x", 4, 1, "cache", budget: Budget(0));
        Assert.Equal(first.Set.Fingerprint, again.Set.Fingerprint);
        Assert.Equal(0, again.Computed);

        ExtractionResult further = Extract("x", 4, 1, "cache", budget: Budget(21));
        Assert.Equal(order[..20].Order(), further.Sample!.Rows);
        Assert.Equal(10, further.Computed);
    }

    [Fact]
    public void A_sample_is_not_what_happens_to_be_cached()
    {
        WriteImages(40);
        int[] order = new NumpyRandomState(7).Permutation(40);
        foreach (int image in order[..3].Concat(order[20..]))
        {
            File.Move(Path.Combine(_folder, "set", $"{image:000}.bmp"), Path.Combine(_folder, $"{image:000}.bmp"));
        }

        Assert.Equal(17, Extract("x", 4, 2, "cache").Computed);
        foreach (int image in order[..3].Concat(order[20..]))
        {
            File.Move(Path.Combine(_folder, $"{image:000}.bmp"), Path.Combine(_folder, "set", $"{image:000}.bmp"));
        }

        ExtractionResult result = Extract("x", 4, 1, "cache", budget: Budget(3));
        Assert.Equal(order[..2].Order(), result.Sample!.Rows);
        Assert.Equal(DataErrors.BudgetTooSmall, Assert.Throws<UserErrorException>(() => Extract("x", 4, 3, "other", budget: Budget(0))).Code);
    }

    [Fact]
    public void A_budget_that_suffices_changes_nothing()
    {
        WriteImages(23);
        ExtractionResult plain = Extract("x", 4, 2, "plain"), limited = Extract("x", 7, 3, "limited", budget: Budget(1000));
        Assert.Null(limited.Sample);
        Assert.Equal(plain.Set.Fingerprint, limited.Set.Fingerprint);
        Assert.Equal(plain.Set.Ids!, limited.Set.Ids!);
        Assert.All(Enumerable.Range(0, 23), i => Assert.Equal(plain.Set.Features!.Row(i).ToArray(), limited.Set.Features!.Row(i).ToArray()));
    }

    [Fact]
    public void Of_a_sample_only_its_own_unreadable_images_are_left_out()
    {
        WriteImages(40);
        int[] order = new NumpyRandomState(7).Permutation(40);
        File.WriteAllText(Path.Combine(_folder, "set", $"{order[2]:000}.bmp"), "no image");
        File.WriteAllText(Path.Combine(_folder, "set", $"{order[30]:000}.bmp"), "no image either");
        ExtractionResult result = Extract("x", 4, 1, "cache", OnUnreadable.Skip, budget: Budget(11));
        Assert.Equal($"{order[2]:000}.bmp", Assert.Single(result.Unreadable).Id);
        Assert.Equal(9, result.Set.Count);
        Assert.Equal(order[..10].Where(i => i != order[2]).Order(), result.Sample!.Rows);
    }

    private static ExtractionBudget Budget(int readings) =>
        new(TimeSpan.FromSeconds(readings), TimeSpan.FromSeconds(readings), new CountingClock(TimeSpan.FromSeconds(1)), 7);

    private ExtractionResult Extract(
        string operation, int batch, int workers, string cacheName, OnUnreadable policy = OnUnreadable.Error, IExtractionProgress? progress = null,
        ExtractionBudget? budget = null, CancellationToken cancellation = default)
    {
        ExtractorRecipe recipe = Recipe(operation);
        ExtractorIdentity identity = ExtractorIdentity.Of(recipe);
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions { BatchSize = Math.Max(2, batch) });
        using FeatureCache cache = FeatureCache.Open(Path.Combine(_folder, cacheName), identity.Fingerprint);
        using ImageSet set = ImageSet.Open(Path.Combine(_folder, "set"));
        ExtractionOptions options = new() { BatchSize = batch, Workers = workers, OnUnreadable = policy, Progress = progress, Budget = budget };
        return new ExtractionPipeline(recipe, identity, extractor, cache, options).Run(set, cancellation);
    }

    // A model whose one feature is the image's only pixel, or a function of it.
    private ExtractorRecipe Recipe(string operation)
    {
        string path = Path.Combine(_folder, operation + ".onnx");
        GraphBuilder graph = new("pixel");
        string flat = graph.Flatten(graph.Input("image", OnnxElementType.Float, "batch", 1, 1, 1));
        string feature = operation == "x" ? flat : graph.Node(operation, [flat]);
        graph.Output(graph.Identity(feature, "features"), OnnxElementType.Float, "batch", 1);
        File.WriteAllBytes(path, graph.ToModelBytes());
        return new ExtractorRecipe
        {
            Name = "pixel",
            ModelPath = path,
            FeaturesOutput = "features",
            Preprocessing = new PreprocessingRecipe { Color = ColorMode.Gray, Height = 1, Width = 1 },
        };
    }

    private void WriteImages(int count)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "set"));
        for (int i = 0; i < count; i++)
        {
            File.WriteAllBytes(Path.Combine(_folder, "set", $"{i:000}.bmp"), Bitmap(Shade(i)));
        }
    }

    private static byte Shade(int i) => (byte)(i * 5);

    // The smallest 24-bit bitmap: one grey pixel.
    private static byte[] Bitmap(byte shade)
    {
        byte[] file = new byte[58];
        "BM"u8.CopyTo(file);
        BitConverter.TryWriteBytes(file.AsSpan(2), 58);
        BitConverter.TryWriteBytes(file.AsSpan(10), 54);
        BitConverter.TryWriteBytes(file.AsSpan(14), 40);
        BitConverter.TryWriteBytes(file.AsSpan(18), 1);
        BitConverter.TryWriteBytes(file.AsSpan(22), 1);
        BitConverter.TryWriteBytes(file.AsSpan(26), (short)1);
        BitConverter.TryWriteBytes(file.AsSpan(28), (short)24);
        file.AsSpan(54, 3).Fill(shade);
        return file;
    }

    private sealed class CancelAfter(CancellationTokenSource source, int images) : IExtractionProgress
    {
        private int _done;

        public void Start(string stage, int total)
        {
        }

        public void Advance(int done, int computed)
        {
            _done += done;
            if (_done >= images)
            {
                source.Cancel();
            }
        }

        public void Finish()
        {
        }
    }
}
