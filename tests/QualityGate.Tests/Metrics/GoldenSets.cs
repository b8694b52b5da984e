using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.SelfTest;

namespace QualityGate.Tests.Metrics;

/// <summary>
/// Sets that any language can rebuild: x = (x * 1664525 + 1013904223) mod 2^32, u = x / 2^32, g = u + u + u + u - 2. The golden numbers
/// beside them come from the public implementations named in the tests, run on the same sets in float64.
/// </summary>
internal static class GoldenSets
{
    /// <summary>Seed 1, 64 x 16.</summary>
    public static FeatureMatrix Reference { get; } = Draw(1, 64, 16, 1, 0);

    /// <summary>Seed 2, 48 x 16, times 1.1 plus 0.1.</summary>
    public static FeatureMatrix Candidate { get; } = Draw(2, 48, 16, 1.1, 0.1);

    public static FeatureMatrix Draw(uint seed, int count, int width, double factor, double shift) => GoldenInputs.Draw(seed, count, width, factor, shift);

    public static FeatureMatrix Rows(float[][] rows) => new DenseFeatureMatrix([.. rows.SelectMany(r => r)], rows.Length, rows[0].Length);

    public static FeatureSet Set(FeatureMatrix? features, FeatureMatrix? logits = null) => new()
    {
        Source = "test",
        Count = (features ?? logits)!.Count,
        Fingerprint = "sha256:test",
        Features = features,
        Logits = logits,
    };
}
