using QualityGate.Features;
using QualityGate.Features.Extractors;
using QualityGate.Images;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Training;

/// <summary>
/// FID of a generator's images against the training images by a small random VGG16: cheap enough for every epoch, and fit to rank the epochs
/// of one training. It is no number to compare with others'.
/// </summary>
internal sealed class GanQuality : IDisposable
{
    private const int MostImages = 2000;
    private const int ExtractorBatch = 16;
    private const double ExtractorWidth = 0.25;
    private const int ExtractorSide = 32;
    private const int ExtractorFeatures = 64;

    private readonly GanOptions _options;
    private readonly ExtractorRecipe _recipe;
    private readonly ImagePreprocessor _preprocessor;
    private readonly FeatureExtractor _extractor;
    private readonly MatrixEngine _engine;
    private readonly FeatureSet _reference;
    private readonly int _count;

    /// <summary>Takes the features of training images, or of 2,000 drawn from them.</summary>
    public GanQuality(ImageBatches images, GanOptions options, CancellationToken cancellation)
    {
        _options = options;
        _recipe = BuiltInExtractors.RandomVgg16(new BuiltInParameters(ExtractorWidth, ExtractorSide, ExtractorFeatures, 0));
        _preprocessor = new ImagePreprocessor(_recipe.Preprocessing);
        _extractor = FeatureExtractor.Create(_recipe, new ExtractorOptions { BatchSize = ExtractorBatch });
        _engine = new MatrixEngine(options.ThreadCount);
        _count = Math.Min(MostImages, images.Count);
        int[] chosen = GanRandom.Order(options.Seed, 0, images.Count)[.._count];
        byte[] samples = new byte[_count * images.Length];
        for (int i = 0; i < _count; i++) images[chosen[i]].CopyTo(samples.AsSpan(i * images.Length));
        _reference = Features("training images", samples, cancellation);
    }

    /// <summary>FID of a generator.</summary>
    public double Measure(GanGenerator generator, CancellationToken cancellation)
    {
        FeatureSet candidate = Features("samples", generator.Make(GanRandom.Measured(_options.Seed), _count, cancellation), cancellation);
        FrechetInceptionDistance fid = new();
        MetricInputs inputs = new(_reference, candidate, _engine);
        return fid.Compute(inputs, ParameterValues.Bind(fid, []), cancellation).Numbers[0].Value;
    }

    public void Dispose()
    {
        _extractor.Dispose();
        _engine.Dispose();
    }

    private FeatureSet Features(string source, byte[] samples, CancellationToken cancellation)
    {
        int width = _extractor.FeatureWidth;
        float[] features = new float[_count * width];
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.ThreadCount, CancellationToken = cancellation };
        Parallel.For(0, (_count + ExtractorBatch - 1) / ExtractorBatch, parallel, batch =>
        {
            int start = batch * ExtractorBatch, count = Math.Min(ExtractorBatch, _count - start), length = _preprocessor.Length;
            float[] inputs = new float[count * length];
            for (int i = 0; i < count; i++) Prepare(samples, start + i, inputs.AsSpan(i * length, length));
            _extractor.Run(inputs, count, features.AsSpan(start * width, count * width), []);
        });
        return new FeatureSet { Source = source, Count = _count, Fingerprint = source, Features = new DenseFeatureMatrix(features, _count, width) };
    }

    private void Prepare(byte[] samples, int index, Span<float> input)
    {
        int plane = _options.Size * _options.Size, channels = _options.Channels;
        byte[] interleaved = new byte[plane * channels];
        for (int c = 0; c < channels; c++)
        {
            for (int p = 0; p < plane; p++) interleaved[(p * channels) + c] = samples[(((index * channels) + c) * plane) + p];
        }

        using DecodedImage image = DecodedImage.FromPixels("sample", _options.Size, _options.Size, channels, interleaved);
        _preprocessor.Apply(image, input);
    }
}
