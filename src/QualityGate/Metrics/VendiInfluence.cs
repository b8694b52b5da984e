using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>
/// The influence of each image on the Vendi score: without image x of n an eigenvalue w with the direction v changes by <c>(w - (v.x)^2) / (n - 1)</c>, to first order. For order 0, the
/// rank, there is none.
/// </summary>
internal static class VendiInfluence
{
    private const int TileRows = 256;

    /// <summary>One for each row.</summary>
    /// <param name="system">Of <c>X X^T / n</c> when there are at most as many rows as columns, or else of <c>X^T X / n</c>.</param>
    /// <param name="rows">The rows.</param>
    /// <param name="factors">One over their lengths.</param>
    /// <param name="order">q.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static double[] Of(EigenSystem system, FeatureMatrix rows, double[] factors, double order, IMatrixProducts products, CancellationToken cancellation)
    {
        double[] slopes = Slopes(system.Values, order), influence = new double[rows.Count];
        if (rows.Count <= rows.Width)
        {
            // The directions of K are the images' own: (v.x)^2 = n w u^2.
            for (int k = 0; k < system.Count; k++)
            {
                double weight = slopes[k] * rows.Count * Math.Max(system.Values[k], 0);
                Span<double> vector = system.Vector(k);
                for (int i = 0; i < influence.Length; i++)
                {
                    influence[i] += weight * vector[i] * vector[i];
                }
            }

            return MetricInfluence.Centred(influence);
        }

        PairSide side = new(rows, factors);
        Parallel.For(0, (rows.Count + TileRows - 1) / TileRows, new ParallelOptions { CancellationToken = cancellation }, tile =>
        {
            int start = tile * TileRows, count = Math.Min(TileRows, rows.Count - start), width = rows.Width;
            double[] block = new double[count * width], along = new double[count * width];
            side.Fill(start, count, block);
            products.MultiplyTile(block, system.Vectors, along, count, width, width);
            for (int i = 0; i < count; i++)
            {
                for (int k = 0; k < width; k++)
                {
                    double x = along[(i * width) + k];
                    influence[start + i] += slopes[k] * x * x;
                }
            }
        });
        return MetricInfluence.Centred(influence);
    }

    // d score / d w.
    private static double[] Slopes(double[] values, double order)
    {
        double score = VendiScore.Score(values, order), sum = values.Where(IsPositive).Sum(w => Math.Pow(w, order)), largest = values.Max();
        return Array.ConvertAll(values, w => !IsPositive(w) ? 0 : order switch
        {
            double.PositiveInfinity => w == largest ? -score * score : 0,
            1 => -score * (Math.Log(w) + 1),
            _ => score * order / (1 - order) * Math.Pow(w, order - 1) / sum,
        });
    }

    private static bool IsPositive(double w) => w > VendiScore.NotPositive;
}
