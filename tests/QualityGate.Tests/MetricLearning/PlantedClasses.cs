using QualityGate.Features;
using QualityGate.MetricLearning;
using QualityGate.Numerics;
using QualityGate.Onnx;

namespace QualityGate.Tests.MetricLearning;

/// <summary>Features in which classes differ in a few directions and images in all others, those more strongly: what a head can learn to tell apart, unseen classes too.</summary>
internal static class PlantedClasses
{
    public static EmbeddingData Data(int classes = 12, int imagesOfEach = 20, int width = 24, long seed = 1, double within = 1.5)
    {
        const int Told = 8;
        int count = classes * imagesOfEach;
        float[] centres = NormalWeights.Draw(seed, 1, classes * Told, 1), noise = NormalWeights.Draw(seed, 2, count * width, 1), mixing = NormalWeights.Draw(seed, 3, width * width, Math.Sqrt(1.0 / width));
        float[] values = new float[count * width];
        for (int row = 0; row < count; row++)
        {
            double[] source = [.. Enumerable.Range(0, width).Select(i => i < Told ? centres[(row / imagesOfEach * Told) + i] + (0.5 * noise[(row * width) + i]) : within * noise[(row * width) + i])];
            for (int i = 0; i < width; i++) values[(row * width) + i] = (float)Enumerable.Range(0, width).Sum(j => source[j] * mixing[(j * width) + i]);
        }

        return Of(values, count, [.. Enumerable.Range(0, count).Select(row => $"class-{row / imagesOfEach:00}")]);
    }

    public static EmbeddingData Of(float[] values, int count, string[] labels) => new()
    {
        Set = new FeatureSet { Source = "planted", Count = count, Fingerprint = "planted", Features = new DenseFeatureMatrix(values, count, values.Length / count), Labels = labels },
    };
}
