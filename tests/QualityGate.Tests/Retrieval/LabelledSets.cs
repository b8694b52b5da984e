using QualityGate.Numerics;
using QualityGate.Tests.Metrics;

namespace QualityGate.Tests.Retrieval;

/// <summary>Rows with classes, as tests/golden/retrieval.py makes them, and planted ones.</summary>
internal static class LabelledSets
{
    public static (FeatureMatrix Rows, string[] Labels) Make(uint seed, int count, int width, int classes)
    {
        FeatureMatrix drawn = GoldenSets.Draw(seed, count, width, 1, 0);
        float[] values = [.. Enumerable.Range(0, count).SelectMany(i => drawn.Row(i).ToArray())];
        int[] labels = [.. Enumerable.Range(0, count).Select(i => i * i % classes)];
        for (int i = 0; i < count; i++)
        {
            values[(i * width) + (labels[i] % width)] += 1;
        }

        return (new DenseFeatureMatrix(values, count, width), [.. labels.Select(label => $"{label}")]);
    }

    public static DenseFeatureMatrix Of(IReadOnlyList<float[]> rows) => new([.. rows.SelectMany(r => r)], rows.Count, rows[0].Length);
}
