namespace QualityGate.Numerics.Linear;

/// <summary>Mean and covariance of a set in float64, in two passes over its rows and blocks of fixed size.</summary>
internal static class MomentAccumulator
{
    private const int BlockRows = 512;

    /// <summary>Mean <c>[D]</c>.</summary>
    public static double[] Mean(FeatureMatrix rows)
    {
        double[] sum = new double[rows.Width];
        double[] block = new double[rows.Width];
        for (int start = 0; start < rows.Count; start += BlockRows)
        {
            // Block sums keep the rounding error of a long sum near that of a short one.
            Array.Clear(block);
            for (int i = start; i < Math.Min(start + BlockRows, rows.Count); i++)
            {
                Add(block, rows.Row(i));
            }

            VectorKernels.AddScaled(sum, 1, block);
        }

        for (int d = 0; d < sum.Length; d++)
        {
            sum[d] /= rows.Count;
        }

        return sum;
    }

    /// <summary>Covariance <c>[D, D]</c>, divided by N - 1.</summary>
    public static double[] Covariance(FeatureMatrix rows, double[] mean, IMatrixProducts products, CancellationToken cancellation)
    {
        int width = rows.Width;
        double[] covariance = new double[(long)width * width];
        double[] part = new double[(long)width * width];
        double[] block = new double[(long)Math.Min(BlockRows, rows.Count) * width];
        for (int start = 0; start < rows.Count; start += BlockRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(BlockRows, rows.Count - start);
            Centre(rows, mean, start, count, block);
            ReadOnlySpan<double> used = block.AsSpan(0, count * width);
            products.TransposedMultiply(used, used, part, count, width, width);
            VectorKernels.AddScaled(covariance, 1, part);
        }

        double scale = 1.0 / (rows.Count - 1);
        for (long i = 0; i < covariance.LongLength; i++)
        {
            covariance[i] *= scale;
        }

        return covariance;
    }

    /// <summary>Writes rows <c>[start, start + count)</c> less the mean, in float64.</summary>
    public static void Centre(FeatureMatrix rows, double[] mean, int start, int count, Span<double> destination)
    {
        int width = rows.Width;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = rows.Row(start + i);
            Span<double> target = destination.Slice(i * width, width);
            for (int d = 0; d < width; d++)
            {
                target[d] = row[d] - mean[d];
            }
        }
    }

    private static void Add(double[] sum, ReadOnlySpan<float> row)
    {
        for (int d = 0; d < row.Length; d++)
        {
            sum[d] += row[d];
        }
    }
}
