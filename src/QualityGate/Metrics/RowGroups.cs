using QualityGate.Numerics;
using QualityGate.Numerics.Clustering;
using QualityGate.Numerics.Linear;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// Rows that look alike, by k-means for 2 to a few groups: the number whose groups are furthest apart for their width, one group when none are. How well a row sits is
/// <c>1 - a / b</c> with a its distance from its own centre and b that from the next (the simplified silhouette; Hruschka et al., 2004); the mean over rows decides.
/// One seed, one answer, whatever the thread count.
/// </summary>
/// <param name="Groups">Rows of each group, from its middle outwards.</param>
internal sealed record RowGroups(IReadOnlyList<int[]> Groups)
{
    private const int RowsForGroup = 10;
    private const int FewestInGroup = 3;
    private const int Restarts = 5;
    private const uint Seed = 2004;

    // Rows of one round cloud sit about a tenth on the way to the next centre in many dimensions.
    private const double Apart = 0.2;

    public static RowGroups Of(FeatureMatrix rows, int most, IMatrixProducts products, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return new RowGroups([]);
        }

        double[] mean = MomentAccumulator.Mean(rows);
        UnionRows union = new(rows, new SelectedRows(rows, []), mean);
        (int[] Assigned, double[] Distance, double Fit) best = Assign(union, new float[rows.Width], 1);
        double bar = Apart;
        for (int clusters = 2; clusters <= Math.Min(most, rows.Count / RowsForGroup); clusters++)
        {
            float[] centres = MiniBatchKMeans.Fit(union, clusters, Restarts, new NumpyRandomState(Seed + (uint)clusters), products, cancellation);
            (int[] Assigned, double[] Distance, double Fit) next = Assign(union, centres, clusters);
            if (next.Fit > bar && next.Assigned.CountBy(c => c).All(group => group.Value >= FewestInGroup))
            {
                (best, bar) = (next, next.Fit);
            }
        }

        return new RowGroups([.. Enumerable.Range(0, rows.Count).GroupBy(row => best.Assigned[row]).OrderBy(group => group.Key)
            .Select(group => group.OrderBy(row => best.Distance[row]).ThenBy(row => row).ToArray())]);
    }

    private static (int[] Assigned, double[] Distance, double Fit) Assign(UnionRows union, float[] centres, int clusters)
    {
        int[] assigned = new int[union.Count];
        double[] distance = new double[union.Count];
        double fit = 0;
        float[] row = new float[union.Width];
        for (int i = 0; i < assigned.Length; i++)
        {
            union.Copy(i, row);
            double own = double.PositiveInfinity, next = double.PositiveInfinity;
            for (int c = 0; c < clusters; c++)
            {
                double squared = SquaredDistance(row, centres.AsSpan(c * row.Length, row.Length));
                if (squared < own) (own, next, assigned[i]) = (squared, own, c);
                else next = Math.Min(next, squared);
            }

            distance[i] = own;
            fit += clusters == 1 || next == 0 ? 0 : 1 - Math.Sqrt(own / next);
        }

        return (assigned, distance, fit / union.Count);
    }

    private static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int d = 0; d < a.Length; d++)
        {
            double difference = (double)a[d] - b[d];
            sum += difference * difference;
        }

        return sum;
    }
}
