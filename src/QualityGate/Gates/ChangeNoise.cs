using QualityGate.Baselines;
using QualityGate.Metrics;

namespace QualityGate.Gates;

/// <summary>
/// How much of the difference between a metric now and when it was accepted may be chance. The reference is taken as it stands, since both numbers are measured against
/// it; and images that both candidates hold move both numbers alike, so only what they do differently counts.
/// </summary>
public sealed record ChangeNoise
{
    // Less than this share of the values' own errors is rounding.
    private const double Rounding = 1e-6;

    /// <summary>Standard error of the change, in the metric's unit; 0 when both runs measured the same images.</summary>
    public required double StandardError { get; init; }

    /// <summary>Candidate images that both runs measured; null when it is not known, and the candidates count as independent.</summary>
    public int? SharedImages { get; init; }

    /// <summary>Whether both runs measured the very same images.</summary>
    public bool IsSameImages { get; init; }

    /// <summary>Candidate images of this run.</summary>
    public required int Images { get; init; }

    /// <summary>Part of the variance that more candidate images do not lessen: the baseline's own.</summary>
    public double Lasting { get; init; }

    /// <summary>The noise of a change.</summary>
    /// <param name="now">The metric as measured.</param>
    /// <param name="accepted">What was accepted.</param>
    /// <param name="images">This run's candidate images, to say how many more it takes.</param>
    /// <param name="overlap">Which images both runs share, or null when it is not known.</param>
    /// <param name="sharesReference">Whether both were measured against one reference.</param>
    /// <returns>Null when a side's error is not known.</returns>
    public static ChangeNoise? Of(MetricValue now, AcceptedMetric accepted, int images, ImageOverlap? overlap, bool sharesReference = true)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(accepted);
        if (!sharesReference)
        {
            return Independent(now.StandardError, accepted.StandardError, images);
        }

        if (overlap is { IsSame: true })
        {
            return new ChangeNoise { StandardError = 0, SharedImages = images, Images = images, IsSameImages = true };
        }

        return overlap is not null && now.Influence is { Candidate.Length: > 0 } influence && overlap.Before.Influences.TryGetValue(accepted.Name, out MetricInfluence? before)
            && before.Candidate.Length > 0 && overlap.Fits(influence)
            ? Paired(now, accepted, AcceptedImages.Rounded(influence).Candidate, before.Candidate, overlap)
            : Independent(now.CandidateError ?? now.StandardError, accepted.CandidateError ?? accepted.StandardError, images);
    }

    /// <summary>The noise of two numbers that are measured apart.</summary>
    /// <param name="now">Standard error now.</param>
    /// <param name="before">Standard error then.</param>
    /// <param name="images">This run's candidate images.</param>
    public static ChangeNoise? Independent(double? now, double? before, int images) => now is { } a && before is { } b
        ? new ChangeNoise { StandardError = Math.Sqrt((a * a) + (b * b)), Images = images, Lasting = b * b }
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
    private static ChangeNoise Paired(MetricValue now, AcceptedMetric accepted, double[] influence, double[] before, ImageOverlap overlap)
    {
        double varianceNow = MetricInfluence.Variance(influence), varianceBefore = MetricInfluence.Variance(before), own = varianceNow + varianceBefore;
        double variance = Difference(influence, before, overlap.Candidate, varianceBefore);
        double factor = own > 0 && now.CandidateError is { } a && accepted.CandidateError is { } b ? ((a * a) + (b * b)) / own : 1;
        return new ChangeNoise
        {
            StandardError = variance <= Rounding * Rounding * own ? 0 : Math.Sqrt(variance * factor),
            SharedImages = overlap.Candidate.Count(partner => partner >= 0),
            Images = influence.Length,
            Lasting = varianceBefore * factor,
        };
    }

    // Sum over images of (what it does to the value now, less what it did then), squared.
    private static double Difference(double[] now, double[] before, int[] partners, double varianceBefore)
    {
        double scaleNow = Scale(now.Length), scaleBefore = Scale(before.Length), total = 0, shared = 0;
        for (int i = 0; i < now.Length; i++)
        {
            double then = partners[i] >= 0 ? before[partners[i]] * scaleBefore : 0, difference = (now[i] * scaleNow) - then;
            total += difference * difference;
            shared += then * then;
        }

        return total + Math.Max(0, varianceBefore - shared);
    }

    private static double Scale(int count) => count < 2 ? 0 : 1 / Math.Sqrt((double)count * (count - 1));
}
