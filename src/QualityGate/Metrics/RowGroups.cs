using QualityGate.Numerics;
using QualityGate.Numerics.Clustering;
using QualityGate.Numerics.Linear;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// Rows that look alike, by k-means for 2 to a few groups. How well a row sits is <c>1 - a / b</c> with a its distance from its own centre and b that from the next (the
/// simplified silhouette; Hruschka et al., 2004). The number of groups is the one whose mean over rows is furthest above that of the same columns, each shuffled by
/// itself, which have no groups that go together (after Tibshirani et al.'s gap, 2001); one group when none is clearly above. One seed, one answer, whatever the thread count.
/// </summary>
/// <param name="Groups">Rows of each group, from its middle outwards.</param>
internal sealed record RowGroups(IReadOnlyList<int[]> Groups)
{
    private const int RowsForGroup = 10;
    private const int FewestInGroup = 3;
    private const int Restarts = 5;
    private const uint Seed = 2004;

    private const int ShuffledRows = 1000;
    private const double Clearly = 0.1;

    public static RowGroups Of(FeatureMatrix rows, int most, IMatrixProducts products, CancellationToken cancellation)
    {
        if (rows.Count == 0)
        {
            return new RowGroups([]);
        }

        double[] mean = MomentAccumulator.Mean(rows);
        UnionRows union = new(rows, new SelectedRows(rows, []), mean);
        (int[] Assigned, double[] Distance, double Fit) best = Assign(union, new float[rows.Width], 1);
        double bar = Clearly;
        UnionRows? shuffled = null;
        for (int clusters = 2; clusters <= Math.Min(most, rows.Count / RowsForGroup); clusters++)
        {
            (int[] Assigned, double[] Distance, double Fit) next = Grouped(union, clusters, products, cancellation);
            double above = next.Fit - Grouped(shuffled ??= Shuffled(union), clusters, products, cancellation).Fit;
            if (above > bar && next.Assigned.CountBy(c => c).All(group => group.Value >= FewestInGroup))
            {
                (best, bar) = (next, above);
            }
        }

        return new RowGroups([.. Enumerable.Range(0, rows.Count).GroupBy(row => best.Assigned[row]).OrderBy(group => group.Key)
            .Select(group => group.OrderBy(row => best.Distance[row]).ThenBy(row => row).ToArray())]);
    }

    private static (int[] Assigned, double[] Distance, double Fit) Grouped(UnionRows rows, int clusters, IMatrixProducts products, CancellationToken cancellation) =>
        Assign(rows, MiniBatchKMeans.Fit(rows, clusters, Restarts, new NumpyRandomState(Seed + (uint)clusters), products, cancellation), clusters);

    private static UnionRows Shuffled(UnionRows rows)
    {
        NumpyRandomState random = new(Seed);
        int count = Math.Min(rows.Count, ShuffledRows), width = rows.Width;
        int[] chosen = random.ChoiceWithoutReplacement(rows.Count, count);
        float[] values = new float[count * width], shuffled = new float[count * width];
        for (int i = 0; i < count; i++)
        {
            rows.Copy(chosen[i], values.AsSpan(i * width, width));
        }

        for (int d = 0; d < width; d++)
        {
            int[] order = random.Permutation(count);
            for (int i = 0; i < count; i++)
            {
                shuffled[(i * width) + d] = values[(order[i] * width) + d];
            }
        }

        DenseFeatureMatrix matrix = new(shuffled, count, width);
        return new UnionRows(matrix, new SelectedRows(matrix, []), new double[width]);
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
