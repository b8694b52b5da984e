using QualityGate.Anomaly.Evaluation;

namespace QualityGate.Anomaly;

/// <summary>Choices of an evaluation.</summary>
public sealed record AnomalyOptions
{
    /// <summary>Which quantile of the reference's scores an image must exceed to count into <c>anomaly_rate</c>.</summary>
    public double ReferenceQuantile { get; init; } = 0.95;

    /// <summary>Confidence level of intervals.</summary>
    public double Level { get; init; } = 0.95;

    /// <summary>On which scale the interval of an area is made.</summary>
    public IntervalScale Scale { get; init; } = IntervalScale.Logit;

    /// <summary>Scores at or above it are anomalous; null takes the reference's quantile, or without a reference Youden's threshold.</summary>
    public double? Threshold { get; init; }

    /// <summary>Residuals at or above it are anomalous pixels; null takes the threshold with the best overlap.</summary>
    public float? PixelThreshold { get; init; }

    /// <summary>Most points of the ROC curve that a report keeps.</summary>
    public int MostRocPoints { get; init; } = 500;

    /// <summary>Up to so many pixels their area is exact (8 bytes each at worst); beyond, values that agree in 11 bits of their mantissa count as ties.</summary>
    public int MostExactPixels { get; init; } = 50_000_000;
}
