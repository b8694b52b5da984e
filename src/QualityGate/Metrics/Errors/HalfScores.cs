using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>Neighbour metrics of a part of a <see cref="SamplePool"/>: plain loops over distances that are there.</summary>
internal static class HalfScores
{
    /// <summary>How many balls hold each point.</summary>
    public static int[] Counts(PoolSide side, int[] rows, int[] points, float[] radii, bool inclusive)
    {
        int[] counts = new int[points.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<float> distances = side.Across(rows[r]);
            float radius = inclusive ? MathF.BitIncrement(radii[r]) : radii[r];
            for (int j = 0; j < points.Length; j++)
            {
                counts[j] += distances[points[j]] < radius ? 1 : 0;
            }
        }

        return counts;
    }

    /// <summary>Whether any ball holds a point, 1 or 0.</summary>
    public static HalfSamples.PointScores Held(BallRule rule) => (side, rows, points) =>
        Array.ConvertAll(Counts(side, rows, points, side.Radii(rows, rule.K), rule.Inclusive), count => count > 0 ? 1.0 : 0);

    /// <summary>Balls around a point, over k.</summary>
    public static HalfSamples.PointScores Density(BallRule rule) => (side, rows, points) =>
        Array.ConvertAll(Counts(side, rows, points, side.Radii(rows, rule.K), rule.Inclusive), count => (double)count / rule.K);

    /// <summary>Points in each ball, at most <paramref name="most"/>, mean, over that.</summary>
    public static HalfSamples.Metric Covered(BallRule rule, int most) => (side, rows, points) =>
    {
        float[] radii = side.Radii(rows, rule.K);
        long sum = 0;
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<float> distances = side.Across(rows[r]);
            float radius = rule.Inclusive ? MathF.BitIncrement(radii[r]) : radii[r];
            int count = 0;
            for (int j = 0; j < points.Length && count < most; j++)
            {
                count += distances[points[j]] < radius ? 1 : 0;
            }

            sum += count;
        }

        return (double)sum / most / rows.Length;
    };

    /// <summary>Clipped density before it is clipped at 1.</summary>
    public static HalfSamples.Metric ClippedDensity(int k) => (side, rows, points) =>
    {
        float[] radii = side.Radii(rows, k);
        float median = Median(radii);
        radii = Array.ConvertAll(radii, radius => Math.Min(radius, median));
        double outside = Counts(side, rows, points, radii, true).Sum(count => Math.Min(count, k)) / (double)points.Length;
        int[] own = new int[rows.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<float> distances = side.Own(rows[r]);
            for (int i = 0; i < rows.Length; i++)
            {
                own[i] += i != r && distances[rows[i]] <= radii[r] ? 1 : 0;
            }
        }

        return outside / (own.Sum(count => Math.Min(count, k)) / (double)rows.Length);
    };

    /// <summary>Realism of a point.</summary>
    public static HalfSamples.PointScores Realism(RealismRule rule) => (side, rows, points) =>
    {
        float[] radii = side.Radii(rows, rule.K);
        float median = Median(radii);
        double[] best = new double[points.Length];
        for (int r = 0; r < rows.Length; r++)
        {
            if (rule.Pruning == RealismPruning.None || radii[r] < median || (rule.Pruning == RealismPruning.AtMostMedian && radii[r] == median))
            {
                ReadOnlySpan<float> distances = side.Across(rows[r]);
                double radius = rule.IsSquared ? radii[r] : Math.Sqrt(radii[r]);
                for (int j = 0; j < points.Length; j++)
                {
                    double distance = distances[points[j]];
                    best[j] = Math.Max(best[j], radius / ((rule.IsSquared ? distance : Math.Sqrt(distance)) + rule.Epsilon));
                }
            }
        }

        return best;
    };

    /// <summary>Radius of the smallest ball around a point; NaN outside all.</summary>
    public static HalfSamples.PointScores Rarity(int k) => (side, rows, points) =>
    {
        float[] radii = side.Radii(rows, k);
        double[] smallest = new double[points.Length];
        Array.Fill(smallest, double.PositiveInfinity);
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<float> distances = side.Across(rows[r]);
            double radius = Math.Sqrt(radii[r]);
            for (int j = 0; j < points.Length; j++)
            {
                smallest[j] = distances[points[j]] < radii[r] ? Math.Min(smallest[j], radius) : smallest[j];
            }
        }

        return Array.ConvertAll(smallest, radius => double.IsFinite(radius) ? radius : double.NaN);
    };

    /// <summary>Whether a point is authentic, and whether it is a copy: by its nearest row and that row's own nearest one.</summary>
    public static HalfSamples.PointScores Nearest(Func<float, float, bool> isSo) => (side, rows, points) =>
    {
        float[] own = side.Radii(rows, 1), least = new float[points.Length];
        int[] nearest = new int[points.Length];
        Array.Fill(least, float.PositiveInfinity);
        for (int r = 0; r < rows.Length; r++)
        {
            ReadOnlySpan<float> distances = side.Across(rows[r]);
            for (int j = 0; j < points.Length; j++)
            {
                if (distances[points[j]] < least[j])
                {
                    (least[j], nearest[j]) = (distances[points[j]], r);
                }
            }
        }

        return [.. Enumerable.Range(0, points.Length).Select(j => isSo(least[j], own[nearest[j]]) ? 1.0 : 0)];
    };

    private static float Median(float[] values)
    {
        float[] sorted = [.. values.Order()];
        float low = MathF.Sqrt(sorted[(sorted.Length - 1) / 2]), high = MathF.Sqrt(sorted[sorted.Length / 2]);
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (low + high) / 2 * ((low + high) / 2);
    }
}
