namespace QualityGate.Numerics.Projection;

/// <summary>
/// How alike rows are, as t-SNE wants it: for each row a Gaussian over its nearest rows, as wide as makes its entropy that of <c>perplexity</c> equal neighbours;
/// made symmetric and summing to 1. Rows further than the nearest 3 x perplexity count as not alike, as in van der Maaten, "Accelerating t-SNE using
/// Tree-Based Algorithms", 2014.
/// </summary>
internal sealed class NeighbourAffinities
{
    private const int BisectionSteps = 64;

    private NeighbourAffinities(int[][] neighbours, double[][] weights) => (Neighbours, Weights) = (neighbours, weights);

    /// <summary>The rows that each row is alike to.</summary>
    public int[][] Neighbours { get; }

    /// <summary>How alike, aligned with <see cref="Neighbours"/>.</summary>
    public double[][] Weights { get; }

    public static NeighbourAffinities Of(IReadOnlyList<double[]> rows, double perplexity, ParallelOptions parallel)
    {
        int count = rows.Count, k = Math.Min(count - 1, (int)(3 * perplexity));
        int[][] nearest = new int[count][];
        double[][] conditional = new double[count][];
        Parallel.For(0, count, parallel, i =>
        {
            double[] squared = new double[count];
            for (int j = 0; j < count; j++)
            {
                squared[j] = Squared(rows[i], rows[j]);
            }

            squared[i] = double.NegativeInfinity;
            int[] order = [.. Enumerable.Range(0, count)];
            Array.Sort(order, (a, b) => squared[a] != squared[b] ? squared[a].CompareTo(squared[b]) : a.CompareTo(b));
            nearest[i] = order[1..(k + 1)];
            conditional[i] = Calibrated(Array.ConvertAll(nearest[i], j => squared[j]), Math.Min(perplexity, k));
        });
        return Symmetric(nearest, conditional);
    }

    private static double Squared(double[] a, double[] b)
    {
        double sum = 0;
        for (int c = 0; c < a.Length; c++)
        {
            sum += (a[c] - b[c]) * (a[c] - b[c]);
        }

        return sum;
    }

    // The entropy falls as the precision rises, so bisection finds the one that is asked for.
    private static double[] Calibrated(double[] squared, double perplexity)
    {
        double low = 0, high = double.PositiveInfinity, scale = squared.Length > 0 ? squared[^1] : 0, precision = scale > 0 ? 1 / scale : 1, wanted = Math.Log(perplexity);
        double[] weights = Weighted(squared, precision);
        for (int step = 0; step < BisectionSteps; step++)
        {
            double entropy = -weights.Where(w => w > 0).Sum(w => w * Math.Log(w));
            if (Math.Abs(entropy - wanted) < 1e-6)
            {
                break;
            }

            (low, high) = entropy > wanted ? (precision, high) : (low, precision);
            precision = double.IsPositiveInfinity(high) ? precision * 2 : (low + high) / 2;
            weights = Weighted(squared, precision);
        }

        return weights;
    }

    private static double[] Weighted(double[] squared, double precision)
    {
        double nearest = squared.Length > 0 ? squared[0] : 0;
        double[] weights = Array.ConvertAll(squared, d => Math.Exp(-precision * (d - nearest)));
        double sum = weights.Sum();
        return Array.ConvertAll(weights, w => w / sum);
    }

    private static NeighbourAffinities Symmetric(int[][] nearest, double[][] conditional)
    {
        int count = nearest.Length;
        SortedDictionary<int, double>[] rows = [.. nearest.Select(_ => new SortedDictionary<int, double>())];
        for (int i = 0; i < count; i++)
        {
            for (int n = 0; n < nearest[i].Length; n++)
            {
                int j = nearest[i][n];
                double share = conditional[i][n] / (2.0 * count);
                rows[i][j] = rows[i].GetValueOrDefault(j) + share;
                rows[j][i] = rows[j].GetValueOrDefault(i) + share;
            }
        }

        return new NeighbourAffinities([.. rows.Select(r => r.Keys.ToArray())], [.. rows.Select(r => r.Values.ToArray())]);
    }
}
