using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Numerics;

namespace QualityGate.Tests.Features.Files;

/// <summary>Small sets with known values for the tests of files, cache and baselines.</summary>
internal static class Sets
{
    public static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Data", "features", name);

    /// <summary>The matrix of the golden files: value(i, j) = (7 i + 3 j) / 8 - 2.</summary>
    public static float[] GoldenValues()
    {
        float[] values = new float[15];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (((7f * (i / 3)) + (3f * (i % 3))) / 8f) - 2f;
        }

        return values;
    }

    public static float[] Flatten(FeatureMatrix matrix)
    {
        float[] values = new float[matrix.Count * matrix.Width];
        for (int i = 0; i < matrix.Count; i++)
        {
            matrix.Row(i).CopyTo(values.AsSpan(i * matrix.Width));
        }

        return values;
    }

    public static FeatureMatrix Matrix(int count, int width, int seed)
    {
        Random random = new(seed);
        float[] values = new float[count * width];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = random.NextSingle() - 0.5f;
        }

        return new DenseFeatureMatrix(values, count, width);
    }

    public static byte[] Hashes(int count, int seed)
    {
        byte[] hashes = new byte[count * 32];
        new Random(seed).NextBytes(hashes);
        return hashes;
    }

    public static FeatureSet Full(int count = 6, int width = 4, int logits = 3, int seed = 1)
    {
        FeatureMatrix features = Matrix(count, width, seed);
        FeatureMatrix logitMatrix = Matrix(count, logits, seed + 1);
        return new FeatureSet
        {
            Source = "images",
            Count = count,
            Fingerprint = FeatureFingerprint.Of(features, logitMatrix),
            Features = features,
            Logits = logitMatrix,
            Hashes = Hashes(count, seed),
            Ids = [.. Enumerable.Range(0, count).Select(i => $"class{i % 2}/image {i}.png")],
            ExtractorName = "random-vgg16",
            ExtractorFingerprint = "sha256:00ff",
        };
    }
}
