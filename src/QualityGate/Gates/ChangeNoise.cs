using QualityGate.Baselines;
using QualityGate.Metrics;

namespace QualityGate.Gates;

/// <summary>
/// How much of the difference between a metric now and when it was accepted may be chance. Images that both runs measured move both numbers alike, so only what
/// they do differently counts: identical sets have no noise, and sets that share half of their images less than unrelated ones.
/// </summary>
public sealed record ChangeNoise
{
    // Less than this share of the values' own errors is rounding.
    private const double Rounding = 1e-6;

    /// <summary>Standard error of the change, in the metric's unit; 0 when both runs measured the same images.</summary>
    public required double StandardError { get; init; }

    /// <summary>Candidate images that both runs measured; null when it is not known, and the runs count as independent.</summary>
    public int? SharedImages { get; init; }

    /// <summary>Candidate images of this run.</summary>
    public required int Images { get; init; }

    /// <summary>Part of the variance that more candidate images do not lessen: the baseline's own, and the reference's.</summary>
    public double Lasting { get; init; }

    /// <summary>Variance that the influences of both runs give each value, without what they share.</summary>
    private double OwnVariance { get; init; }

    /// <summary>The noise of a change.</summary>
    /// <param name="now">The metric as measured.</param>
    /// <param name="accepted">What was accepted.</param>
    /// <param name="images">This run's candidate images, to say how many more it takes.</param>
    /// <param name="overlap">Which images both runs share, or null when it is not known.</param>
    /// <returns>Null when a side's error is not known.</returns>
    public static ChangeNoise? Of(MetricValue now, AcceptedMetric accepted, int images, ImageOverlap? overlap)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(accepted);
        return overlap is not null && now.Influence is { } influence && overlap.Before.Influences.TryGetValue(accepted.Name, out MetricInfluence? before) && overlap.Fits(influence)
            ? Paired(AcceptedImages.Rounded(influence), before, images, overlap).Scaled(now, accepted)
            : Independent(now.StandardError, accepted.StandardError, now.Influence, images);
    }

    /// <summary>The noise of two numbers that are measured apart.</summary>
    /// <param name="now">Standard error now.</param>
    /// <param name="before">Standard error then.</param>
    /// <param name="influence">What each image does now, or null.</param>
    /// <param name="images">This run's candidate images.</param>
    public static ChangeNoise? Independent(double? now, double? before, MetricInfluence? influence, int images) => now is { } a && before is { } b
        ? new ChangeNoise
        {
            StandardError = Math.Sqrt((a * a) + (b * b)),
            Images = images,
            Lasting = (b * b) + (influence is null ? 0 : MetricInfluence.Variance(influence.Reference)),
        }
        : null;

    /// <summary>Candidate images that this run would need besides its own for the change to be told from a limit.</summary>
    /// <param name="distance">From the change to the limit, in the metric's unit.</param>
    /// <param name="quantile">Standard errors that make the interval.</param>
    /// <returns>Null when no number of them would do.</returns>
    public double? MoreImages(double distance, double quantile)
    {
        double wanted = Math.Pow(distance / quantile, 2), lessening = (StandardError * StandardError) - Lasting;
        return wanted <= Lasting || lessening <= 0 ? null : Math.Max(0, Math.Ceiling(Images * ((lessening / (wanted - Lasting)) - 1)));
    }

    // Where a metric's error is more or less than its influences alone say (what is quadratic in the noise counts too), the change's is in the same proportion.
    private ChangeNoise Scaled(MetricValue now, AcceptedMetric accepted)
    {
        if (now.StandardError is not { } a || accepted.StandardError is not { } b || OwnVariance <= 0)
        {
            return this;
        }

        double factor = ((a * a) + (b * b)) / OwnVariance;
        return this with { StandardError = StandardError * Math.Sqrt(factor), Lasting = Lasting * factor };
    }

    private static ChangeNoise Paired(MetricInfluence now, MetricInfluence before, int images, ImageOverlap overlap)
    {
        SideNoise candidate = SideNoise.Of(now.Candidate, before.Candidate, overlap.Candidate);
        SideNoise reference = SideNoise.Of(now.Reference, before.Reference, overlap.Reference);
        double variance = candidate.Total + reference.Total;
        double own = candidate.Now + candidate.Before + reference.Now + reference.Before;
        return new ChangeNoise
        {
            StandardError = variance <= Rounding * Rounding * own ? 0 : Math.Sqrt(variance),
            SharedImages = overlap.Candidate.Count(partner => partner >= 0),
            Images = images,
            Lasting = candidate.Before + reference.Total,
            OwnVariance = own,
        };
    }

    /// <summary>Variance that one side adds: its part now, its part then, and what both share.</summary>
    private readonly record struct SideNoise(double Now, double Before, double Total)
    {
        public static SideNoise Of(double[] now, double[] before, int[] partners)
        {
            double scaleNow = Scale(now.Length), scaleBefore = Scale(before.Length), total = 0, shared = 0;
            for (int i = 0; i < now.Length; i++)
            {
                double then = partners.Length > 0 && partners[i] >= 0 && before.Length > 0 ? before[partners[i]] * scaleBefore : 0;
                double difference = (now[i] * scaleNow) - then;
                total += difference * difference;
                shared += then * then;
            }

            double varianceBefore = MetricInfluence.Variance(before);
            return new SideNoise(MetricInfluence.Variance(now), varianceBefore, total + Math.Max(0, varianceBefore - shared));
        }

        private static double Scale(int count) => count < 2 ? 0 : 1 / Math.Sqrt((double)count * (count - 1));
    }
}
