using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>The registry's names, for the spec's reader.</summary>
internal sealed class MetricCatalogue : IMetricCatalogue
{
    public IReadOnlyCollection<string> MetricNames { get; } = [.. MetricRegistry.Families.SelectMany(f => f.Metrics).Select(m => m.Name)];

    public IReadOnlyCollection<string> FamilyNames { get; } = [.. MetricRegistry.Families.Select(f => f.Name)];

    public IReadOnlyCollection<string> MetricPatterns { get; } = [RecallAtK.NamePattern, MaskedMetric.NamePattern];

    public bool IsMetric(string name) => MetricNames.Contains(name, StringComparer.Ordinal) || RecallAtK.KOf(name) is not null || MaskedMetric.Parse(name) is not null;

    public bool IsFamily(string name) => FamilyNames.Contains(name, StringComparer.Ordinal);

    public IReadOnlyCollection<string> ParametersOf(string family) =>
        [.. MetricRegistry.Families.Where(f => f.Name == family).SelectMany(f => f.Parameters).Select(p => p.Name)];
}
