using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// Variances of neighbour metrics from random halves of a <see cref="SamplePool"/>, drawn without replacement. A bootstrap would fill its samples with copies, each the
/// nearest neighbour of the other; a half has none. A value of n images varies between halves of 2n images as it does between independent draws of 2n, to first order;
/// what is not of first order counts up to twice, so that errors are rather too large than too small. Source: Wu, "On the asymptotic properties of the jackknife histogram", 1990;
/// Politis, Romano and Wolf, "Subsampling", 1999.
/// </summary>
/// <param name="pool">Where the halves come from.</param>
internal sealed class HalfSamples(SamplePool pool)
{
    /// <summary>Halves that one side is drawn as.</summary>
    public const int OneSidedDraws = 40;

    private const int JointDraws = 100;
    private const int FewestValues = 20;
    private const uint Seed = 1990;

    /// <summary>A score of each of some points, given the rows that own balls.</summary>
    public delegate double[] PointScores(PoolSide side, int[] rows, int[] points);

    /// <summary>A metric of some rows that own balls and some points.</summary>
    public delegate double Metric(PoolSide side, int[] rows, int[] points);

    /// <summary>
    /// What the rows that own balls add to the variance of a mean of scores over the points; null when there are too few. What varies from point to point is no part of it:
    /// the points' own variance holds that already.
    /// </summary>
    /// <param name="ofReferences">Whether reference rows own the balls.</param>
    /// <param name="needed">Rows that a half must have.</param>
    /// <param name="scores">The scores.</param>
    /// <param name="linear">For what is no mean of scores: what each of all draws' scores does to it, as <see cref="ImageInfluence"/> says; null for the scores themselves.</param>
    public BallNoise? OneSided(bool ofReferences, int needed, PointScores scores, Func<double[], double[]>? linear = null)
    {
        PoolSide side = ofReferences ? pool.References : pool.Candidates;
        int half = side.Balls / 2;
        if (half < needed || side.Points < 2)
        {
            return null;
        }

        double[][] table = new double[OneSidedDraws][];
        Parallel.For(0, table.Length, s => table[s] = scores(side, Half(side.Balls, half, s, ofReferences), side.All));
        table = linear is null ? table : [.. linear([.. table.SelectMany(row => row)]).Chunk(side.Points)];
        return Array.TrueForAll(table, row => Array.TrueForAll(row, double.IsFinite))
            ? BetweenDraws(table).Times((double)half / (side.Balls - half) * pool.Share)
            : null;
    }

    /// <summary>The whole variance of a metric, from halves of both sides; null when there are too few.</summary>
    /// <param name="needed">Rows that a half of the reference must have.</param>
    /// <param name="metric">The metric; NaN where a half has none.</param>
    public double? Joint(int needed, Metric metric)
    {
        PoolSide side = pool.References;
        int half = side.Balls / 2, points = side.Points / 2;
        if (half < needed || points < 2)
        {
            return null;
        }

        double[] values = new double[JointDraws];
        Parallel.For(0, values.Length, s => values[s] = metric(side, Half(side.Balls, half, s, true), Half(side.Points, points, s, false)));
        double[] known = [.. values.Where(double.IsFinite)];
        return known.Length < FewestValues ? null : Variance(known) * half / (side.Balls - half) * pool.Share;
    }

    private static int[] Half(int count, int half, int draw, bool ofReferences) =>
        [.. new NumpyRandomState(Seed + (2 * (uint)draw) + (ofReferences ? 0u : 1u)).Permutation(count)[..half].Order()];

    // Two-way analysis of variance: how far the means of draws differ beyond what their points' differences from draw to draw explain.
    private static BallNoise BetweenDraws(double[][] table)
    {
        int draws = table.Length, points = table[0].Length;
        double[] ofDraw = Array.ConvertAll(table, row => row.Sum() / points), ofPoint = new double[points];
        foreach (double[] row in table)
        {
            for (int j = 0; j < points; j++)
            {
                ofPoint[j] += row[j] / draws;
            }
        }

        double mean = ofDraw.Sum() / draws, rest = 0;
        for (int s = 0; s < draws; s++)
        {
            for (int j = 0; j < points; j++)
            {
                double left = table[s][j] - ofDraw[s] - ofPoint[j] + mean;
                rest += left * left;
            }
        }

        double given = Variance(ofDraw);
        return new BallNoise(Math.Max(0, given - (rest / ((draws - 1.0) * (points - 1)) / points)), given);
    }

    private static double Variance(double[] values)
    {
        double mean = values.Sum() / values.Length, sum = 0;
        foreach (double value in values)
        {
            sum += (value - mean) * (value - mean);
        }

        return sum / (values.Length - 1);
    }
}
