using QualityGate.Onnx;

namespace QualityGate.Calibration;

/// <summary>How numbers of draws spread.</summary>
/// <param name="Mean">Their mean.</param>
/// <param name="Deviation">Their standard deviation.</param>
/// <param name="Quantiles">At <see cref="Levels"/>, linear between order statistics.</param>
public sealed record Spread(double Mean, double Deviation, IReadOnlyList<double> Quantiles)
{
    // One-sided 95 %: a deviation of a hundred draws is itself uncertain by some 12 %.
    private const double UpperNormal = 1.645;

    /// <summary>Where quantiles are given.</summary>
    public static IReadOnlyList<double> Levels { get; } = [0.01, 0.05, 0.5, 0.95, 0.99];

    /// <summary>The spread of at least two numbers.</summary>
    public static Spread Of(IReadOnlyList<double> values)
    {
        double[] sorted = [.. values.Order()];
        double mean = sorted.Average();
        double deviation = Math.Sqrt(sorted.Sum(v => (v - mean) * (v - mean)) / Math.Max(1, sorted.Length - 1));
        return new Spread(mean, deviation, [.. Levels.Select(level => Quantile(sorted, level))]);
    }

    /// <summary>
    /// A number that further draws exceed with at most a probability: the larger of the empirical quantile, when there are draws enough to have one, and the normal
    /// one with a deviation at the upper end of its uncertainty.
    /// </summary>
    /// <param name="values">The draws.</param>
    /// <param name="probability">In (0, 0.5].</param>
    /// <param name="independent">How many of the draws are independent of each other.</param>
    public static double UpperBound(IReadOnlyList<double> values, double probability, int independent)
    {
        double[] sorted = [.. values.Order()];
        Spread spread = Of(sorted);
        double wider = 1 + (UpperNormal / Math.Sqrt(2.0 * Math.Max(1, independent - 1)));
        double normal = spread.Mean - (NormalQuantile.At(probability) * spread.Deviation * wider);
        return sorted.Length * probability >= 1 ? Math.Max(normal, Quantile(sorted, 1 - probability)) : Math.Max(normal, sorted[^1]);
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values) => Quantile([.. values.Order()], 0.5);

    private static double Quantile(double[] sorted, double level)
    {
        double at = level * (sorted.Length - 1);
        int below = (int)Math.Floor(at);
        return below + 1 >= sorted.Length ? sorted[^1] : sorted[below] + ((at - below) * (sorted[below + 1] - sorted[below]));
    }
}
