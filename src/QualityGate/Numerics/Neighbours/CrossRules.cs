namespace QualityGate.Numerics.Neighbours;

/// <summary>Balls of one set under one rule, one a group, as the pass over all pairs needs them.</summary>
internal sealed class BallSet
{
    public BallSet(BallRule rule, CentredRows rows, double[] squaredRadii, bool ranked)
    {
        double scale = rows.Scale;
        Rule = rule;
        SquaredRadii = rule.Reach == BallReach.AtMostMedian ? Clip(squaredRadii, Median(rows.PerRow(squaredRadii))) : squaredRadii;
        Scaled = new float[rows.PaddedCount];
        Array.Fill(Scaled, -1);
        for (int i = 0; i < SquaredRadii.Length; i++)
        {
            Scaled[i] = (float)(SquaredRadii[i] * scale * scale);
        }

        if (ranked)
        {
            ByRank = [.. Enumerable.Range(0, SquaredRadii.Length)];
            Array.Sort(Array.ConvertAll(ByRank, i => SquaredRadii[i]), ByRank);
            Rank = new int[ByRank.Length];
            for (int r = 0; r < ByRank.Length; r++)
            {
                Rank[ByRank[r]] = r;
            }
        }
    }

    public BallRule Rule { get; }

    /// <summary>Exact, one a group.</summary>
    public double[] SquaredRadii { get; }

    /// <summary>In float32, scaled; negative beyond the last group.</summary>
    public float[] Scaled { get; }

    /// <summary>Place of each group's ball among all, the smallest first; null when nobody asks for the smallest.</summary>
    public int[]? Rank { get; }

    /// <summary>Group of each rank.</summary>
    public int[]? ByRank { get; }

    public bool Holds(int ball, double squaredDistance) =>
        Rule.Inclusive ? squaredDistance <= SquaredRadii[ball] : squaredDistance < SquaredRadii[ball];

    /// <summary>Median of radii given squared: of two middle ones the mean of the radii themselves, then squared again.</summary>
    public static double Median(double[] squared)
    {
        double[] sorted = [.. squared];
        Array.Sort(sorted);
        double high = sorted[sorted.Length / 2];
        if (sorted.Length % 2 == 1)
        {
            return high;
        }

        double low = sorted[(sorted.Length / 2) - 1], mean = (Math.Sqrt(low) + Math.Sqrt(high)) / 2;
        return low == high ? high : mean * mean;
    }

    private static double[] Clip(double[] squared, double most) => Array.ConvertAll(squared, radius => Math.Min(radius, most));
}

/// <summary>Reference balls that count for realism.</summary>
internal sealed class RealismBalls
{
    private readonly RealismRule _rule;
    private readonly double[] _squaredRadii;

    public RealismBalls(RealismRule rule, CentredRows rows, double[] squaredRadii)
    {
        double scale = rows.Scale;
        _rule = rule;
        _squaredRadii = squaredRadii;
        double median = BallSet.Median(rows.PerRow(squaredRadii));
        // The ratio of a ball without extent is 0, which is what a row has without any ball.
        Counts = Array.ConvertAll(squaredRadii, radius => radius > 0 && rule.Pruning switch
        {
            RealismPruning.AtMostMedian => radius <= median,
            RealismPruning.BelowMedian => radius < median,
            _ => true,
        });

        // A little too large, so that rounding never hides a better ball.
        Scaled = new float[squaredRadii.Length];
        for (int i = 0; i < Scaled.Length; i++)
        {
            Scaled[i] = Counts[i] ? ((float)(squaredRadii[i] * scale * scale) * (1 + 1e-5f)) + 1e-30f : float.NegativeInfinity;
        }
    }

    /// <summary>Which balls count.</summary>
    public bool[] Counts { get; }

    /// <summary>Upper bounds of scaled squared radii; minus infinity for balls that do not count.</summary>
    public float[] Scaled { get; }

    /// <summary>The ratio, given the exact squared distance.</summary>
    public double Ratio(int ball, double squaredDistance)
    {
        double radius = _rule.IsSquared ? _squaredRadii[ball] : Math.Sqrt(_squaredRadii[ball]);
        double distance = (_rule.IsSquared ? squaredDistance : Math.Sqrt(squaredDistance)) + _rule.Epsilon;
        return radius / distance;
    }

    /// <summary>A squared ratio that a better ball must exceed, without epsilon: never more than it should be.</summary>
    public float Bar(double ratio) => (float)Math.Min(_rule.IsSquared ? ratio : ratio * ratio, float.MaxValue) * (1 - 1e-5f);
}
