using QualityGate.Numerics.Linear;
using QualityGate.Numerics.Random;

namespace QualityGate.Numerics.Clustering;

/// <summary>Clusters the union of two sets several times over and counts both sets' rows in the clusters. One pass over the rows serves all runs.</summary>
internal static class UnionClusters
{
    private const int BlockRows = 1024;

    /// <summary>For each run the cluster of every row of the first and of the second set.</summary>
    public static (ushort[] First, ushort[] Second)[] Memberships(
        FeatureMatrix first, FeatureMatrix second, ClusterSettings settings, IMatrixProducts products, CancellationToken cancellation)
    {
        UnionRows union = new(first, second, MomentAccumulator.Mean(first));
        NumpyRandomState random = new(settings.Seed);
        uint[] seeds = [.. Enumerable.Range(0, settings.Runs).Select(_ => random.NextUInt32())];
        float[] centres = new float[settings.Runs * settings.Clusters * union.Width];
        ParallelOptions options = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount };
        Parallel.For(0, settings.Runs, options, r =>
        {
            float[] fitted = MiniBatchKMeans.Fit(union, settings.Clusters, settings.Restarts, new NumpyRandomState(seeds[r]), products, cancellation);
            fitted.CopyTo(centres, r * fitted.Length);
        });
        ushort[][] ours = Nearest(union, first, centres, settings, products, options), theirs = Nearest(union, second, centres, settings, products, options);
        return [.. ours.Zip(theirs)];
    }

    /// <summary>Share of the rows in each cluster.</summary>
    public static double[] Shares(ushort[] memberships, int clusters)
    {
        double[] shares = new double[clusters];
        foreach (ushort cluster in memberships)
        {
            shares[cluster]++;
        }

        return Array.ConvertAll(shares, n => n / memberships.Length);
    }

    private static ushort[][] Nearest(
        UnionRows union, FeatureMatrix rows, float[] centres, ClusterSettings settings, IMatrixProducts products, ParallelOptions options)
    {
        int all = settings.Runs * settings.Clusters, width = rows.Width;
        double[] halves = Centres.HalfNorms(centres, width);
        ushort[][] nearest = [.. Enumerable.Range(0, settings.Runs).Select(_ => new ushort[rows.Count])];
        Parallel.For(0, (rows.Count + BlockRows - 1) / BlockRows, options, b =>
        {
            int start = b * BlockRows, count = Math.Min(BlockRows, rows.Count - start);
            float[] block = new float[count * width], inner = new float[count * all];
            union.Copy(rows, start, count, block);
            products.MultiplyTile(block, centres, inner, count, all, width);
            for (int i = 0; i < count; i++)
            {
                for (int r = 0; r < settings.Runs; r++)
                {
                    int first = r * settings.Clusters;
                    nearest[r][start + i] = (ushort)Centres.Nearest(inner, halves, i, first, settings.Clusters);
                }
            }
        });
        return nearest;
    }
}

/// <summary>How often and how finely a union is clustered.</summary>
/// <param name="Clusters">Clusters in each run.</param>
/// <param name="Runs">Independent runs.</param>
/// <param name="Restarts">Starts that each run chooses from.</param>
/// <param name="Seed">Seed of starts and batches.</param>
internal readonly record struct ClusterSettings(int Clusters, int Runs, int Restarts, uint Seed);
