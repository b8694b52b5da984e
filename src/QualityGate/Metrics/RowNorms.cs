using QualityGate.Numerics;

namespace QualityGate.Metrics;

/// <summary>Lengths of rows in float64, for metrics on the unit sphere.</summary>
internal static class RowNorms
{
    /// <summary>One over the length of each row, <c>[N]</c>.</summary>
    /// <exception cref="MetricUnavailableException">A row is all zeros, which has no direction.</exception>
    public static double[] Inverses(FeatureMatrix rows, string role)
    {
        double[] inverses = new double[rows.Count];
        Parallel.For(0, rows.Count, i =>
        {
            double sum = 0;
            foreach (float value in rows.Row(i))
            {
                sum += (double)value * value;
            }

            inverses[i] = 1 / Math.Sqrt(sum);
        });
        int zero = Array.FindIndex(inverses, double.IsInfinity);
        return zero < 0
            ? inverses
            : throw new MetricUnavailableException($"the features of image {zero} of the {role} are all zero, which has no direction");
    }
}
