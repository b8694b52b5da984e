using QualityGate.Metrics;

namespace QualityGate.Anomaly.Evaluation;

/// <summary>Counts of one group of images.</summary>
/// <param name="Name">Name of the group.</param>
/// <param name="Counts">Images in each bin.</param>
public sealed record HistogramGroup(string Name, IReadOnlyList<int> Counts);

/// <summary>Histograms of several groups over the same bins. A bin holds its lower edge, the last one both.</summary>
/// <param name="Edges">Edges of the bins, one more than bins.</param>
/// <param name="Groups">The groups.</param>
public sealed record ScoreHistogram(IReadOnlyList<double> Edges, IReadOnlyList<HistogramGroup> Groups)
{
    private const int FewestBins = 5;
    private const int MostBins = 60;

    /// <summary>
    /// Bins of Freedman and Diaconis's width (1981), 2 IQR / cube root of n, over all groups together, but at least 5 and at most 60.
    /// </summary>
    /// <param name="groups">Names and finite values.</param>
    /// <exception cref="ArgumentException">There is no value, or one is not finite.</exception>
    public static ScoreHistogram Of(IReadOnlyList<(string Name, double[] Values)> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        double[] sorted = [.. groups.SelectMany(g => g.Values).Order()];
        if (sorted.Length == 0 || !Array.TrueForAll(sorted, double.IsFinite))
        {
            throw new ArgumentException("A histogram needs finite values.", nameof(groups));
        }

        double[] edges = Edge(sorted);
        return new ScoreHistogram(edges, [.. groups.Select(g => new HistogramGroup(g.Name, Count(g.Values, edges)))]);
    }

    private static double[] Edge(double[] sorted)
    {
        double low = sorted[0], high = sorted[^1];
        if (high - low < 1e-12 * Math.Max(1, Math.Abs(low)))
        {
            // All alike: bins around the value.
            (low, high) = (low - 0.5, high + 0.5);
        }

        double spread = Distribution.Quantile(sorted, 0.75) - Distribution.Quantile(sorted, 0.25);
        double wanted = Math.Ceiling((high - low) / (2 * spread / Math.Cbrt(sorted.Length)));

        // Without a spread between the quartiles the rule asks for infinitely many.
        int bins = double.IsFinite(wanted) ? (int)Math.Clamp(wanted, FewestBins, MostBins) : FewestBins;
        return [.. Enumerable.Range(0, bins + 1).Select(i => i == bins ? high : low + ((high - low) * i / bins))];
    }

    private static int[] Count(double[] values, double[] edges)
    {
        int[] counts = new int[edges.Length - 1];
        foreach (double value in values)
        {
            int at = Array.BinarySearch(edges, value);
            counts[Math.Clamp(at >= 0 ? at : ~at - 1, 0, counts.Length - 1)]++;
        }

        return counts;
    }
}
