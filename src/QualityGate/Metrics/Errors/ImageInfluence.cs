using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>Influences of single images on neighbour metrics: what leaving one out does, times minus one less than the images, centred.</summary>
internal static class ImageInfluence
{
    /// <summary>Of a mean over the images: each score less the mean.</summary>
    public static double[] OfMean(IReadOnlyList<double> scores) => Centred([.. scores]);

    /// <summary>Of the mean over the images that count, by the share of them.</summary>
    public static double[] OfMean(IReadOnlyList<double> scores, Func<int, bool> counts)
    {
        int counted = Enumerable.Range(0, scores.Count).Count(counts);
        if (counted == 0)
        {
            return new double[scores.Count];
        }

        double mean = Enumerable.Range(0, scores.Count).Where(counts).Sum(i => scores[i]) / counted, scale = (double)scores.Count / counted;
        return Centred([.. Enumerable.Range(0, scores.Count).Select(i => counts(i) ? (scores[i] - mean) * scale : 0)]);
    }

    /// <summary>
    /// Of a quantile of the images that have a score: those above it all do the same, and those below. How much says the distance between quantiles on both sides of it
    /// (Siddiqui's estimate of a density's inverse).
    /// </summary>
    /// <param name="scores">A score an image; NaN for none.</param>
    /// <param name="level">Which quantile.</param>
    /// <param name="draws">How many draws of the images the scores are of, one after another.</param>
    public static double[] OfQuantile(IReadOnlyList<double> scores, double level, int draws = 1)
    {
        double[] sorted = [.. scores.Where(score => !double.IsNaN(score)).Order()];
        if (sorted.Length == 0)
        {
            return new double[scores.Count];
        }

        double quantile = Distribution.Quantile(sorted, level), reach = Math.Min(Math.Min(level, 1 - level) / 2, 1 / Math.Sqrt(1 + ((double)sorted.Length / draws)));
        double slope = (Distribution.Quantile(sorted, level + reach) - Distribution.Quantile(sorted, level - reach)) / (2 * reach) * scores.Count / sorted.Length;
        return Centred([.. scores.Select(score => double.IsNaN(score) || !double.IsFinite(slope) ? 0 : slope * (level - (score <= quantile ? 1 : 0)))]);
    }

    /// <summary>The same of all draws of a table of halves.</summary>
    public static Func<double[], double[]> OfQuantileIn(double level) => scores => OfQuantile(scores, level, HalfSamples.OneSidedDraws);

    /// <summary>Of the share of points that lie in some ball, the images that own the balls.</summary>
    /// <param name="points">How many points.</param>
    /// <param name="balls">Which balls hold each point.</param>
    /// <param name="wider">The same of balls that reach to the next neighbour.</param>
    /// <param name="growth">Which balls grow to that when an image is left out.</param>
    public static double[] OfHeldShare(int points, Finders balls, Finders wider, BallGrowth growth)
    {
        double[] lost = new double[growth.Count];
        for (int point = 0; point < points; point++)
        {
            if (balls.Counts[point] == 0)
            {
                foreach (int owner in wider.Rows[point].SelectMany(ball => growth.Within(ball).ToArray()).Distinct())
                {
                    lost[owner]--;
                }
            }
            else if (balls.Sole(point) is >= 0 and int owner && !Array.Exists(wider.Rows[point], ball => ball != owner && growth.Within(ball).Contains(owner)))
            {
                lost[owner]++;
            }
        }

        double scale = (growth.Count - 1.0) / points;
        return Centred(Array.ConvertAll(lost, value => value * scale));
    }

    /// <summary>Of the density of candidates, the images that own the balls.</summary>
    public static double[] OfDensity(int[] inBall, int[] inWider, BallGrowth growth, int k, int points)
    {
        double[] gained = growth.Spread([.. inBall.Select((count, i) => (double)(inWider[i] - count))]);
        double scale = (growth.Count - 1.0) / ((double)k * points);
        return Centred([.. inBall.Select((count, i) => (count - gained[i]) * scale)]);
    }

    /// <summary>Of the share of balls that hold something, the images that own the balls.</summary>
    public static double[] OfCoverage(int[] inBall, int[] inWider, BallGrowth growth)
    {
        double[] gained = growth.Spread([.. inBall.Select((count, i) => count == 0 && inWider[i] > 0 ? 1.0 : 0)]);
        return Centred([.. inBall.Select((count, i) => (count > 0 ? 1 : 0) - gained[i])]);
    }

    /// <summary>Of the share of balls that hold something, the images inside: those that are alone in a ball.</summary>
    public static double[] OfCovering(Finders inside, int candidates)
    {
        double[] alone = new double[candidates];
        double scale = (candidates - 1.0) / inside.Counts.Length;
        for (int ball = 0; ball < inside.Counts.Length; ball++)
        {
            if (inside.Sole(ball) is >= 0 and int sole)
            {
                alone[sole] += scale;
            }
        }

        return Centred(alone);
    }

    /// <summary>Less their mean, so that they sum to 0; in place.</summary>
    public static double[] Centred(double[] values)
    {
        double mean = values.Length == 0 ? 0 : values.Sum() / values.Length;
        for (int i = 0; i < values.Length; i++)
        {
            values[i] -= mean;
        }

        return values;
    }
}
