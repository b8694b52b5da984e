using QualityGate.Metrics;

namespace QualityGate.Gates;

/// <summary>What gates per class are judged by: one class's values.</summary>
/// <param name="Name">The class.</param>
/// <param name="Now">This run's metrics of the class by name; empty for a class that only the baseline knows.</param>
/// <param name="Accepted">Accepted values of the class by metric name, or null without a baseline.</param>
public sealed record ClassValues(string Name, IReadOnlyDictionary<string, MetricValue> Now, IReadOnlyDictionary<string, double>? Accepted)
{
    /// <summary>Noise of the class's changes by metric, or null when none is known.</summary>
    public IReadOnlyDictionary<string, ChangeNoise>? Noise { get; init; }
}
