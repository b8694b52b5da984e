namespace QualityGate.Metrics;

/// <summary>What a metric is, for people and for the gate.</summary>
/// <param name="Name">Name in specs, gates and results.</param>
/// <param name="Direction">Which way is better.</param>
/// <param name="Summary">One sentence for a reader who does not know it.</param>
public sealed record MetricDefinition(string Name, MetricDirection Direction, string Summary);
