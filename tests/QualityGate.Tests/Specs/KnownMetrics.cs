using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

/// <summary>A catalogue with a few metrics, so that these tests do not change when a metric is added.</summary>
internal sealed class KnownMetrics : IMetricCatalogue
{
    private static readonly Dictionary<string, string[]> Families = new(StringComparer.Ordinal)
    {
        ["fid"] = [],
        ["kid"] = ["subsets", "subset_size"],
        ["inception_score"] = ["splits"],
        ["prdc"] = ["k", "convention"],
    };

    public IReadOnlyCollection<string> MetricNames { get; } =
        ["fid", "kid", "inception_score", "precision", "recall", "density", "coverage"];

    public IReadOnlyCollection<string> FamilyNames { get; } = [.. Families.Keys];

    public bool IsMetric(string name) => MetricNames.Contains(name);

    public bool IsFamily(string name) => Families.ContainsKey(name);

    public IReadOnlyCollection<string> ParametersOf(string family) => Families[family];
}
