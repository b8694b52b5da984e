using QualityGate.Features;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>Scores of single images.</summary>
public static class PerImageMetrics
{
    /// <summary>Names every image of both sets.</summary>
    /// <param name="inputs">The sets.</param>
    /// <param name="parameters">Parameters of the metrics.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static PerImageScores Compute(MetricInputs inputs, IReadOnlyList<MetricParameter> parameters, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        cancellation.ThrowIfCancellationRequested();
        return new PerImageScores(SideOf(inputs.Reference), SideOf(inputs.Candidate));
    }

    private static PerImageSide SideOf(FeatureSet set) =>
        new(set.Features?.Count ?? set.Logits?.Count ?? 0, set.Ids, set.Labels is { } labels ? [PerImageColumn.Of("label", labels)] : []);
}
