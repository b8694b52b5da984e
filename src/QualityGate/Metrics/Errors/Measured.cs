namespace QualityGate.Metrics;

/// <summary>Numbers with their errors and influences.</summary>
internal static class Measured
{
    /// <summary>A mean over one set's images of scores that depend on the other set.</summary>
    /// <param name="value">The mean.</param>
    /// <param name="influence">What each image does.</param>
    /// <param name="own">The influences of the set that is averaged over; their variance is exact.</param>
    /// <param name="other">What the other set, which owns the balls, adds to the variance.</param>
    /// <param name="trials">Images, when the mean is a share.</param>
    public static MetricNumber Mean(double value, MetricInfluence influence, double[] own, BallNoise? other, int trials = 0) => new(value, null)
    {
        StandardError = other is { } noise ? Math.Sqrt(MetricInfluence.Variance(own) + noise.Added) : null,
        CandidateVariance = ReferenceEquals(own, influence.Candidate) ? MetricInfluence.Variance(own) : other?.GivenPoints,
        Influence = influence,
        Trials = trials,
    };

    /// <summary>A number whose whole variance is known.</summary>
    public static MetricNumber Whole(double value, MetricInfluence? influence, double? variance, int trials = 0) => new(value, null)
    {
        StandardError = variance is { } known ? Math.Sqrt(known) : null,
        Influence = influence,
        Trials = trials,
    };
}
