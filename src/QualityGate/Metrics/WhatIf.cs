using QualityGate.Features;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>What a metric would be without the candidate images that are most to blame for it: what the influences predict, and what measuring anew gives.</summary>
/// <param name="Metric">Name of the metric.</param>
/// <param name="Dropped">Candidate images left out.</param>
/// <param name="CandidateCount">Candidate images there were.</param>
/// <param name="Before">The value with all images.</param>
/// <param name="Predicted">The value that the sum of the influences promises.</param>
/// <param name="Measured">The value of the sets that are left.</param>
public sealed record WhatIf(string Metric, int Dropped, int CandidateCount, double Before, double Predicted, double Measured)
{
    /// <summary>Leaves out the most blamed images and measures again.</summary>
    /// <param name="value">The metric, with its influences.</param>
    /// <param name="inputs">The sets it was measured on.</param>
    /// <param name="parameters">What was written for the metrics.</param>
    /// <param name="share">Share of the candidate to leave out, in (0, 1).</param>
    /// <param name="cancellation">Stops between tiles.</param>
    /// <returns>The outcome; null when the metric is not one that candidate images are blamed for, when none is to blame, or when the metric cannot be computed on the rest.</returns>
    public static WhatIf? Drop(MetricValue value, MetricInputs inputs, IReadOnlyList<MetricParameter> parameters, double share, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(value);
        ArgumentNullException.ThrowIfNull(inputs);
        if (value is not { Value: { } before, Influence.Candidate: { Length: > 1 } influence }
            || MetricRegistry.Find(value.Name) is not { } family || family.Metrics.First(m => m.Name == value.Name).Blames == MetricSides.Reference)
        {
            return null;
        }

        int[] dropped = [.. BlamedSide.Order(influence, value.Direction, null).Take((int)Math.Ceiling(share * influence.Length))];
        int left = influence.Length - dropped.Length;
        if (dropped.Length == 0 || left < 2)
        {
            return null;
        }

        HashSet<int> gone = [.. dropped];
        MetricInputs rest = inputs.With(inputs.Reference, RowSubset.Of(inputs.Candidate, [.. Enumerable.Range(0, influence.Length).Where(row => !gone.Contains(row))]), withErrors: false);
        double? measured = MetricRegistry.Compute([family], parameters, rest, cancellation).Values.First(v => v.Name == value.Name).Value;
        return measured is { } after
            ? new WhatIf(value.Name, dropped.Length, influence.Length, before, before - (dropped.Sum(row => influence[row]) / left), after)
            : null;
    }
}
