namespace QualityGate.Specs;

/// <summary>The names that a spec may use for metrics. The metrics' registry is one; the spec's reader needs no more of it than this.</summary>
public interface IMetricCatalogue
{
    /// <summary>Names a gate can hold, such as <c>coverage</c>.</summary>
    IReadOnlyCollection<string> MetricNames { get; }

    /// <summary>Regular expressions of more such names, for metrics with a number in their name.</summary>
    IReadOnlyCollection<string> MetricPatterns => [];

    /// <summary>Names under <c>metrics:</c>, such as <c>prdc</c>, which computes several metrics in one pass.</summary>
    IReadOnlyCollection<string> FamilyNames { get; }

    /// <summary>Whether a gate can be put on this name.</summary>
    /// <param name="name">Name as written.</param>
    bool IsMetric(string name);

    /// <summary>Whether the name may stand under <c>metrics:</c>.</summary>
    /// <param name="name">Name as written.</param>
    bool IsFamily(string name);

    /// <summary>Parameters of a family, such as <c>k</c>; empty when it has none.</summary>
    /// <param name="family">A name of <see cref="FamilyNames"/>.</param>
    IReadOnlyCollection<string> ParametersOf(string family);
}
