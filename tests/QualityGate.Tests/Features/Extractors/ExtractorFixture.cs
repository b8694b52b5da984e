using QualityGate.Features.Extractors;
using QualityGate.Specs;
using QualityGate.Tests.Onnx;

namespace QualityGate.Tests.Features.Extractors;

/// <summary>A folder with model files, removed afterwards, and recipes for them.</summary>
internal sealed class ExtractorFixture : IDisposable
{
    public ExtractorFixture() => Folder = Directory.CreateTempSubdirectory("qualitygate-extractors-").FullName;

    public string Folder { get; }

    public ExtractorRecipe Recipe(byte[] model, string? features = TinyNetwork.Features, string? logits = null, bool pool = false)
    {
        string path = Path.Combine(Folder, "tiny.onnx");
        File.WriteAllBytes(path, model);
        return new ExtractorRecipe
        {
            Name = "tiny",
            ModelPath = path,
            FeaturesOutput = features,
            LogitsOutput = logits,
            PoolMean = pool,
            Preprocessing = new PreprocessingRecipe { Height = TinyNetwork.Size, Width = TinyNetwork.Size, Scale = 1, Offset = 0 },
        };
    }

    /// <summary>Features and logits of <paramref name="count"/> images.</summary>
    public static (float[] Features, float[] Logits) Run(ExtractorRecipe recipe, float[] images, int count, ExtractorOptions? options = null)
    {
        using FeatureExtractor extractor = FeatureExtractor.Create(recipe, options ?? new ExtractorOptions());
        float[] features = new float[count * extractor.FeatureWidth];
        float[] logits = new float[count * (extractor.LogitWidth ?? 0)];
        extractor.Run(images, count, features, logits);
        return (features, logits);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}
