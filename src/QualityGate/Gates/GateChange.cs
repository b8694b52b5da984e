using QualityGate.Metrics;

namespace QualityGate.Gates;

/// <summary>A change against the baseline, and how sure it is.</summary>
/// <param name="Value">Value less baseline, in the metric's unit.</param>
/// <param name="StandardError">Its standard error; 0 when both runs measured the same images.</param>
/// <param name="Interval">Where the true change lies.</param>
/// <param name="Confidence">With which confidence, in (0, 1): that of the spec, shared out among the classes that a limit holds.</param>
public sealed record GateChange(double Value, double StandardError, MetricInterval Interval, double Confidence)
{
    /// <summary>Candidate images that the baseline measured too; null when that is not known.</summary>
    public int? SharedImages { get; init; }

    /// <summary>Whether both runs measured the very same images: then the change has no noise.</summary>
    public bool IsSameImages { get; init; }

    /// <summary>Of an inconclusive gate: about how many candidate images more would decide it if the change stays as it is; null when no number would.</summary>
    public double? MoreImages { get; init; }
}
