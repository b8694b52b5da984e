namespace QualityGate.Metrics;

/// <summary>Mean, quantiles and histogram of per-image scores.</summary>
internal static class Distribution
{
    private const int Bins = 20;
    private static readonly double[] Levels = [0, 0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95, 0.99, 1];

    /// <summary>Mean, in the order of rows.</summary>
    public static double Mean(IReadOnlyCollection<double> values) => values.Sum() / values.Count;

    /// <summary>Quantile of ascending values, linear between ranks as numpy's default.</summary>
    public static double Quantile(double[] sorted, double level)
    {
        double place = level * (sorted.Length - 1);
        int below = (int)Math.Floor(place), above = Math.Min(below + 1, sorted.Length - 1);

        // Written so that equal neighbours, infinite ones too, give themselves.
        return sorted[below] == sorted[above] ? sorted[below] : sorted[below] + ((place - below) * (sorted[above] - sorted[below]));
    }

    /// <summary>Quantiles and a histogram of the finite values, named after their family.</summary>
    public static MetricTable[] Tables(string family, double[] sorted)
    {
        double[] finite = [.. sorted.Where(double.IsFinite)];
        return finite.Length == 0 ? [] :
        [
            new MetricTable($"{family}.quantiles", ["level", "value"], [.. Levels.Select(level => (IReadOnlyList<double?>)[level, Quantile(finite, level)])]),
            new MetricTable($"{family}.histogram", ["from", "to", "count"], Histogram(finite)),
        ];
    }

    private static List<IReadOnlyList<double?>> Histogram(double[] sorted)
    {
        double first = sorted[0], width = (sorted[^1] - first) / Bins;
        if (!(width > 0) || !double.IsFinite(width))
        {
            return [[first, sorted[^1], sorted.Length]];
        }

        int[] counts = new int[Bins];
        foreach (double value in sorted)
        {
            counts[Math.Min(Bins - 1, (int)((value - first) / width))]++;
        }

        return [.. counts.Select((count, i) => (IReadOnlyList<double?>)[first + (i * width), i == Bins - 1 ? sorted[^1] : first + ((i + 1) * width), count])];
    }
}
