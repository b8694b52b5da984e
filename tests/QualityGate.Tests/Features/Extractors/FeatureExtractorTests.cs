using QualityGate.Features.Extractors;
using QualityGate.Specs;
using QualityGate.Tests.Onnx;

namespace QualityGate.Tests.Features.Extractors;

public sealed class FeatureExtractorTests : IDisposable
{
    private readonly ExtractorFixture _fixture = new();

    [Fact]
    public void Features_are_those_of_PyTorch()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        (float[] features, float[] logits) = ExtractorFixture.Run(recipe, TinyNetwork.Images(3), 3);
        AssertGolden("features", features);
        Assert.Empty(logits);
    }

    [Fact]
    public void An_inner_tensor_is_pooled_and_logits_come_beside_it()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build(), TinyNetwork.Spatial, TinyNetwork.Features, pool: true);
        (float[] features, float[] logits) = ExtractorFixture.Run(recipe, TinyNetwork.Images(3), 3);
        AssertGolden("pooled", features);
        AssertGolden("features", logits);
    }

    [Fact]
    public void Pooling_a_tensor_without_height_and_width_leaves_it_alone()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build(), pool: true);
        AssertGolden("features", ExtractorFixture.Run(recipe, TinyNetwork.Images(3), 3).Features);
    }

    [Fact]
    public void Logits_alone_are_enough()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build(), features: null, logits: TinyNetwork.Features);
        (float[] features, float[] logits) = ExtractorFixture.Run(recipe, TinyNetwork.Images(3), 3);
        Assert.Empty(features);
        AssertGolden("features", logits);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void A_model_with_a_fixed_batch_gives_the_same_features(int batch)
    {
        float[] images = TinyNetwork.Images(7);
        float[] expected = ExtractorFixture.Run(_fixture.Recipe(TinyNetwork.Build()), images, 7).Features;
        float[] actual = ExtractorFixture.Run(_fixture.Recipe(TinyNetwork.Build(batch)), images, 7).Features;
        Assert.Equal(expected, actual);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    [InlineData(7, 1)]
    [InlineData(16, 2)]
    [InlineData(64, 3)]
    public void Batch_size_position_and_threads_change_no_bit_of_random_vgg16(int batchSize, int threads)
    {
        const int count = 11, imageLength = 3 * 32 * 32;
        float[] images = TinyNetwork.Pattern(count * imageLength, 9);
        ExtractorRecipe recipe = RandomVgg16Recipe();
        float[] expected = ExtractorFixture.Run(recipe, images, count, new ExtractorOptions { BatchSize = 4 }).Features;
        float[] reversed = new float[images.Length];
        for (int i = 0; i < count; i++) images.AsSpan(i * imageLength, imageLength).CopyTo(reversed.AsSpan((count - 1 - i) * imageLength));
        var options = new ExtractorOptions { BatchSize = batchSize, ThreadsPerRun = threads };
        float[] actual = ExtractorFixture.Run(recipe, reversed, count, options).Features;
        for (int i = 0; i < count; i++)
        {
            Assert.Equal(expected.AsSpan(i * 16, 16).ToArray(), actual.AsSpan((count - 1 - i) * 16, 16).ToArray());
        }
    }

    [Fact]
    public void Random_vgg16_features_neither_die_nor_explode()
    {
        float[] features = ExtractorFixture.Run(RandomVgg16Recipe(), TinyNetwork.Pattern(8 * 3 * 32 * 32, 9), 8).Features;
        double rootMeanSquare = Math.Sqrt(features.Average(value => (double)value * value));
        Assert.InRange(rootMeanSquare, 0.05, 20);
    }

    [Fact]
    public void Several_workers_may_run_at_once()
    {
        const int count = 12;
        float[] images = TinyNetwork.Images(count);
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        float[] expected = ExtractorFixture.Run(recipe, images, count).Features;
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, new ExtractorOptions());
        float[] actual = new float[expected.Length];
        Parallel.For(0, count, i => extractor.Run(
            images.AsMemory(i * TinyNetwork.ImageLength, TinyNetwork.ImageLength), 1, actual.AsSpan(i * TinyNetwork.FeatureWidth, TinyNetwork.FeatureWidth), []));
        Assert.Equal(expected, actual);
    }

    [Fact]
    public void No_images_have_no_features()
    {
        Assert.Empty(ExtractorFixture.Run(_fixture.Recipe(TinyNetwork.Build()), [], 0).Features);
    }

    [Fact]
    public void A_buffer_of_the_wrong_length_is_refused()
    {
        using FeatureExtractor extractor = FeatureExtractor.Create(_fixture.Recipe(TinyNetwork.Build()), new ExtractorOptions());
        Assert.Throws<ArgumentException>(() => extractor.Run(TinyNetwork.Images(2), 2, new float[9], []));
        Assert.Throws<ArgumentException>(() => extractor.Run(TinyNetwork.Images(1), 2, new float[10], []));
        Assert.Throws<ArgumentException>(() => extractor.Run(TinyNetwork.Images(2), 2, new float[10], new float[1]));
    }

    [Fact]
    public void A_disposed_extractor_refuses_work()
    {
        FeatureExtractor extractor = FeatureExtractor.Create(_fixture.Recipe(TinyNetwork.Build()), new ExtractorOptions());
        extractor.Dispose();
        Assert.Throws<ObjectDisposedException>(() => extractor.FeatureWidth);
    }

    public void Dispose() => _fixture.Dispose();

    private static ExtractorRecipe RandomVgg16Recipe() => new()
    {
        Name = "random-vgg16",
        FeaturesOutput = "features",
        BuiltIn = new BuiltInParameters(0.0625, 32, 16, 0),
        Preprocessing = new PreprocessingRecipe { Height = 32, Width = 32, Scale = 1, Offset = 0 },
    };

    private static void AssertGolden(string name, float[] actual)
    {
        double[] expected = Golden.Read(name);
        Assert.Equal(expected.Length, actual.Length);

        // 64 products of values below 2, summed in float32.
        for (int i = 0; i < actual.Length; i++) Assert.Equal(expected[i], actual[i], 2e-6);
    }
}
