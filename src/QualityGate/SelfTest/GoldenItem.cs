using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate.SelfTest;

/// <summary>One golden number and how it is computed here.</summary>
/// <param name="Name">What it is, for people.</param>
/// <param name="Golden">Where it stands in golden.json, or after <see cref="Float32"/> in golden-float32.json: names and indices, <c>|</c> between them.</param>
/// <param name="Tolerance">Largest difference, relative to the golden number; absolute where that is 0.</param>
/// <param name="Compute">Computes it; may throw <see cref="MetricUnavailableException"/>.</param>
internal sealed record GoldenItem(string Name, string Golden, double Tolerance, Func<IMatrixProducts, double> Compute)
{
    /// <summary>Begins the path of a number that was computed on inputs rounded to float32.</summary>
    public const string Float32 = "float32";

    /// <summary>A metric, through its family as a run computes it.</summary>
    /// <param name="golden">See <see cref="Golden"/>.</param>
    /// <param name="tolerance">See <see cref="Tolerance"/>.</param>
    /// <param name="metric">Name of the metric.</param>
    /// <param name="reference">The reference.</param>
    /// <param name="candidate">The candidate.</param>
    /// <param name="settings">Parameters, <c>NAME=VALUE</c>.</param>
    public static GoldenItem Metric(string golden, double tolerance, string metric, FeatureSet reference, FeatureSet candidate, params string[] settings) =>
        new(
            $"{metric} ({golden.Replace('|', ' ')})",
            golden,
            tolerance,
            products => Measure(metric, new MetricInputs(reference, candidate, products), settings));

    /// <summary>Several metrics of one family, each under its own name below <paramref name="golden"/>.</summary>
    public static IEnumerable<GoldenItem> MetricsOf(
        string golden, double tolerance, string[] metrics, FeatureSet reference, FeatureSet candidate, params string[] settings) =>
        metrics.Select(metric => Metric($"{golden}|{metric}", tolerance, metric, reference, candidate, settings) with { Name = $"{metric} ({golden.Replace('|', ' ')})" });

    private static double Measure(string metric, MetricInputs inputs, string[] settings)
    {
        IMetricFamily family = MetricRegistry.Find(metric) ?? throw new MetricUnavailableException($"there is no metric {metric}");
        MetricParameter[] parameters = [.. settings.Select(s => s.Split('=')).Select(s => new MetricParameter(family.Name, s[0], s[1], null))];
        MetricValue value = MetricRegistry.Compute([family], parameters, inputs, CancellationToken.None).Values.First(v => v.Name == metric);
        return value.Value ?? throw new MetricUnavailableException(value.Error!);
    }
}
