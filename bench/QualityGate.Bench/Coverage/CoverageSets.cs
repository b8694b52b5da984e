using System.Globalization;
using QualityGate.Features;
using QualityGate.Numerics;

namespace QualityGate.Bench.Coverage;

/// <summary>Populations that pairs of sets are drawn from, seeded: a draw of a seed is the same whatever was drawn before it.</summary>
/// <param name="name"><c>same</c>, <c>shifted</c>, <c>mixture</c> or <c>heavy</c>.</param>
/// <param name="width">D.</param>
internal sealed class CoverageSets(string name, int width)
{
    private const int Classes = 10;
    private const int Modes = 8;
    private const int LogitSeed = 77;

    public static IReadOnlyList<string> Names { get; } = ["same", "shifted", "mixture", "heavy"];

    /// <summary>One side, with features <c>[N, D]</c> and logits <c>[N, 10]</c> of a fixed linear classifier.</summary>
    public FeatureSet Draw(bool isCandidate, int count, int seed)
    {
        Random random = new(seed);
        float[] rows = new float[count * width];
        double[] row = new double[width];
        for (int i = 0; i < count; i++)
        {
            Fill(row, isCandidate, random);
            for (int d = 0; d < width; d++)
            {
                rows[(i * width) + d] = (float)row[d];
            }
        }

        return new FeatureSet
        {
            Source = isCandidate ? "candidate" : "reference",
            Count = count,
            Fingerprint = string.Create(CultureInfo.InvariantCulture, $"{name}-{isCandidate}-{seed}"),
            Features = new DenseFeatureMatrix(rows, count, width),
            Logits = Logits(rows, count),
        };
    }

    // Standard deviations fall along the features, as those of networks do.
    private static double Spread(int d) => 1 / Math.Sqrt(1 + (d / 4.0));

    private void Fill(double[] row, bool isCandidate, Random random)
    {
        int mode = Mode(isCandidate, random);
        Random centre = new(1000 + mode);
        double tail = name == "heavy" ? Math.Sqrt(4 / Gamma(random)) : 1;
        for (int d = 0; d < row.Length; d++)
        {
            row[d] = Spread(d) * tail * Normal(random);
            if (name is "mixture")
            {
                row[d] = (0.6 * row[d]) + (1.5 * Spread(d) * Normal(centre));
            }

            if (isCandidate && name is "shifted" or "heavy")
            {
                row[d] = (row[d] * (d % 2 == 0 ? 1.2 : 0.9)) + (0.3 * Spread(d));
            }
        }
    }

    // The candidate of the mixture lacks the last mode and has twice as much of the first.
    private static int Mode(bool isCandidate, Random random)
    {
        int mode = random.Next(Modes);
        return isCandidate && mode == Modes - 1 ? 0 : mode;
    }

    // Half of a chi-square with 8 degrees of freedom, doubled: features of a t distribution with 8 degrees of freedom.
    private static double Gamma(Random random)
    {
        double sum = 0;
        for (int i = 0; i < 4; i++)
        {
            sum -= Math.Log(1 - random.NextDouble());
        }

        return sum;
    }

    private static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private DenseFeatureMatrix Logits(float[] rows, int count)
    {
        Random random = new(LogitSeed);
        double[] weights = [.. Enumerable.Range(0, Classes * width).Select(i => 1.5 * Normal(random))];
        float[] logits = new float[count * Classes];
        for (int i = 0; i < count; i++)
        {
            for (int c = 0; c < Classes; c++)
            {
                double sum = 0;
                for (int d = 0; d < width; d++)
                {
                    sum += rows[(i * width) + d] * weights[(c * width) + d];
                }

                logits[(i * Classes) + c] = (float)sum;
            }
        }

        return new DenseFeatureMatrix(logits, count, Classes);
    }
}
