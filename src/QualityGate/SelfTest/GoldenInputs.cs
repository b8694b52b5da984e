using System.Globalization;
using QualityGate.Features;
using QualityGate.Numerics;

namespace QualityGate.SelfTest;

/// <summary>
/// Sets that any language can rebuild, row-major: <c>x = (x * 1664525 + 1013904223) mod 2^32</c>, <c>u = x / 2^32</c>, <c>g = u + u + u + u - 2</c>,
/// value <c>g * factor + shift</c>, rounded to float32.
/// </summary>
internal static class GoldenInputs
{
    /// <summary>Seed 1, 64 x 16.</summary>
    public static FeatureSet Reference { get; } = Features(Draw(1, 64, 16, 1, 0));

    /// <summary>Seed 2, 48 x 16, times 1.1 plus 0.1.</summary>
    public static FeatureSet Candidate { get; } = Features(Draw(2, 48, 16, 1.1, 0.1));

    /// <summary>Twenty equal images: every decision is a tie.</summary>
    public static FeatureSet Ones { get; } = Features(new DenseFeatureMatrix([.. Enumerable.Repeat(1f, 80)], 20, 4));

    /// <summary>Class logits: seed 3, 40 x 10, times 3.</summary>
    public static FeatureSet Logits { get; } = Of("logits", Draw(3, 40, 10, 3, 0), isLogits: true);

    /// <summary>Labelled embeddings: seed 5, 12 x 6, the fourth row a copy of the first, three a class.</summary>
    public static FeatureSet Embeddings { get; } = WithCopy(Draw(5, 12, 6, 1, 0)) with { Labels = [.. Enumerable.Range(0, 12).Select(i => $"class {i / 3}")] };

    /// <summary>Unit directions: seed 4, 8 x 16, each row brought to length 1 in float64.</summary>
    public static double[] Directions()
    {
        FeatureMatrix drawn = Draw(4, 8, 16, 1, 0);
        return
        [
            .. Enumerable.Range(0, drawn.Count).SelectMany(i =>
            {
                double[] row = Array.ConvertAll(drawn.Row(i).ToArray(), value => (double)value);
                double length = Math.Sqrt(row.Sum(value => value * value));
                return row.Select(value => value / length);
            }),
        ];
    }

    /// <summary>The first images of a set.</summary>
    public static FeatureSet Head(FeatureSet set, int count) => set.Features is { } features
        ? Features(new SelectedRows(features, [.. Enumerable.Range(0, count)]))
        : Of("logits", new SelectedRows(set.Logits!, [.. Enumerable.Range(0, count)]), isLogits: true);

    /// <summary>One set.</summary>
    public static FeatureMatrix Draw(uint seed, int count, int width, double factor, double shift)
    {
        uint x = seed;
        float[] values = new float[count * width];
        for (int i = 0; i < values.Length; i++)
        {
            double sum = -2;
            for (int t = 0; t < 4; t++)
            {
                x = unchecked((x * 1664525u) + 1013904223u);
                sum += x / 4294967296.0;
            }

            values[i] = (float)((sum * factor) + shift);
        }

        return new DenseFeatureMatrix(values, count, width);
    }

    /// <summary>A set of features without names.</summary>
    public static FeatureSet Features(FeatureMatrix rows) => Of("features", rows, isLogits: false);

    private static FeatureSet WithCopy(FeatureMatrix rows) => Features(new SelectedRows(rows, [0, 1, 2, 0, .. Enumerable.Range(4, rows.Count - 4)]));

    private static FeatureSet Of(string what, FeatureMatrix rows, bool isLogits) => new()
    {
        Source = string.Create(CultureInfo.InvariantCulture, $"golden {what} {rows.Count} x {rows.Width}"),
        Count = rows.Count,
        Fingerprint = "golden",
        Features = isLogits ? null : rows,
        Logits = isLogits ? rows : null,
    };
}
