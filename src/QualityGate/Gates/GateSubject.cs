using QualityGate.Metrics;
using QualityGate.Specs;
using QualityGate.Specs.Syntax;

namespace QualityGate.Gates;

/// <summary>What a limit is held against: the whole sets, or one class of them.</summary>
/// <param name="Class">The class, or null for the whole sets.</param>
/// <param name="Now">This run's metrics by name.</param>
/// <param name="Accepted">Accepted values by metric name, or null without a baseline.</param>
internal sealed record GateSubject(
    string? Class, IReadOnlyDictionary<string, MetricValue> Now, IReadOnlyDictionary<string, double>? Accepted)
{
    /// <summary>Noise of changes by metric; a metric that is not there is compared as if it had none.</summary>
    public IReadOnlyDictionary<string, ChangeNoise>? Noise { get; init; }

    /// <summary>The subjects of a limit. A class that only the baseline knows counts where its accepted value would be compared with.</summary>
    public static IReadOnlyList<GateSubject> Of(GateLimit limit, GateSubject whole, IReadOnlyList<ClassValues> classes) =>
        limit.Scope == GateScope.Whole
            ? [whole]
            :
            [
                .. classes.Select(c => new GateSubject(c.Name, c.Now, c.Accepted) { Noise = c.Noise })
                    .Where(s => !s.IsGone || (GateRules.IsChange(limit.Rule) && s.AcceptedOf(limit.Metric) is not null)),
            ];

    /// <summary>Whether this run has none of its images.</summary>
    public bool IsGone => Class is not null && Now.Count == 0;

    /// <summary>The accepted value of a metric, or null.</summary>
    public double? AcceptedOf(string metric) => Accepted is not null && Accepted.TryGetValue(metric, out double value) ? value : null;

    /// <summary>The noise of a metric's change, or null when it is not known.</summary>
    public ChangeNoise? NoiseOf(string metric) => Noise?.GetValueOrDefault(metric);

    /// <summary>A metric of it in a sentence: <c>coverage</c>, or <c>coverage of class `boot`</c>.</summary>
    public string NameOf(string metric) => NameOf(metric, Class);

    /// <inheritdoc cref="NameOf(string)"/>
    public static string NameOf(string metric, string? inClass) => inClass is null ? metric : $"{metric} of class {Quoted.Text(inClass)}";
}
