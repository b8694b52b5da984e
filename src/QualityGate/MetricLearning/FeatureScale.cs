using QualityGate.Numerics;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>Mean and deviation of features over the training images, in float64.</summary>
internal static class FeatureScale
{
    // A feature that hardly varies says nothing; enlarged it would be noise.
    private const double LeastShare = 1e-3;

    public static FeatureScaling Of(FeatureMatrix rows, int[] train)
    {
        double[] mean = new double[rows.Width], square = new double[rows.Width];
        foreach (int row in train) Add(rows.Row(row), mean, null);
        for (int i = 0; i < mean.Length; i++) mean[i] /= train.Length;
        foreach (int row in train) Add(rows.Row(row), square, mean);
        double[] deviation = [.. square.Select(sum => Math.Sqrt(sum / train.Length))];
        double least = deviation.Sum() / deviation.Length * LeastShare;
        return new FeatureScaling(
            Array.ConvertAll(mean, value => (float)value), Array.ConvertAll(deviation, value => value > least ? (float)(1 / value) : 0));
    }

    private static void Add(ReadOnlySpan<float> row, double[] sums, double[]? mean)
    {
        for (int i = 0; i < sums.Length; i++)
        {
            double value = row[i];
            sums[i] += mean is null ? value : (value - mean[i]) * (value - mean[i]);
        }
    }
}
