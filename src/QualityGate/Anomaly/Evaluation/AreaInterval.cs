namespace QualityGate.Anomaly.Evaluation;

/// <summary>On which scale an interval is made.</summary>
public enum IntervalScale
{
    /// <summary>On log(a / (1 - a)) and back: stays in [0, 1] and holds its level near 1, where detectors are.</summary>
    Logit,

    /// <summary>Area plus and minus z standard errors, cut to [0, 1].</summary>
    Plain,
}

/// <summary>A confidence interval of an area under the ROC curve.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
/// <param name="Level">Confidence level, such as 0.95.</param>
/// <param name="Method"><c>delong-logit</c>, <c>delong</c>, or <c>newcombe</c> where DeLong's variance says nothing.</param>
public sealed record AreaInterval(double Low, double High, double Level, string Method)
{
    /// <summary>
    /// The interval of an area. The logit scale is the default: the plain interval is too short and leaves [0, 1] when the area is near 1.
    /// DeLong's variance is 0 when the kinds are perfectly separated or all scores equal, and undefined for a single image of a kind, as if
    /// the area were certain; then Newcombe's score interval (2006, method 5), which needs only area and counts, takes its place.
    /// </summary>
    /// <param name="area">The area and its variance.</param>
    /// <param name="level">Confidence level.</param>
    /// <param name="scale">On which scale.</param>
    public static AreaInterval Of(DeLong area, double level = 0.95, IntervalScale scale = IntervalScale.Logit)
    {
        ArgumentNullException.ThrowIfNull(area);
        double z = NormalDistribution.TwoSided(level), a = area.Area;
        if (!(area.Variance > 0) || a is <= 0 or >= 1)
        {
            return Newcombe(a, area.AnomalousCount, area.NormalCount, z, level);
        }

        double error = Math.Sqrt(area.Variance);
        if (scale == IntervalScale.Plain)
        {
            return new AreaInterval(Math.Max(0, a - (z * error)), Math.Min(1, a + (z * error)), level, "delong");
        }

        double logit = Math.Log(a / (1 - a)), reach = z * error / (a * (1 - a));
        return new AreaInterval(FromLogit(logit - reach), FromLogit(logit + reach), level, "delong-logit");
    }

    private static double FromLogit(double logit) => 1 / (1 + Math.Exp(-logit));

    // The areas from which the observed one is at most z of their own standard errors away.
    private static AreaInterval Newcombe(double area, int anomalous, int normal, double z, double level)
    {
        bool Allows(double theta) => Math.Abs(area - theta) <= z * Math.Sqrt(HanleyVariance(theta, anomalous, normal));
        return new AreaInterval(End(0), End(1), level, "newcombe");

        double End(double outer)
        {
            double inner = area;
            for (int step = 0; step < 60; step++)
            {
                double middle = (inner + outer) / 2;
                (inner, outer) = Allows(middle) ? (middle, outer) : (inner, middle);
            }

            return inner;
        }
    }

    // Hanley and McNeil's variance with both counts replaced by their mean in the terms that depend on the distributions' shape.
    private static double HanleyVariance(double theta, double m, double n)
    {
        double others = ((m + n) / 2) - 1;
        return theta * (1 - theta) * (1 + (others * (1 - theta) / (2 - theta)) + (others * theta / (1 + theta))) / (m * n);
    }
}
