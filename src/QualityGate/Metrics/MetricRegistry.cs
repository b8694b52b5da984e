using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>Every metric there is. A new one is one line here.</summary>
public static class MetricRegistry
{
    /// <summary>All families, in the order of results.</summary>
    public static IReadOnlyList<IMetricFamily> Families { get; } =
    [
        new FrechetInceptionDistance(),
        new KernelInceptionDistance(),
        new PrecisionRecallDensityCoverage(),
        new InceptionScore(),
    ];

    /// <summary>All names, as the spec's reader wants them.</summary>
    public static IMetricCatalogue Catalogue { get; } = new MetricCatalogue();

    /// <summary>The family that is called <paramref name="name"/> or yields a metric of that name, or null.</summary>
    public static IMetricFamily? Find(string name) =>
        Families.FirstOrDefault(f => f.Name == name || f.Metrics.Any(m => m.Name == name));

    /// <summary>Computes families one after another, in the registry's order.</summary>
    /// <param name="families">Which; each at most once.</param>
    /// <param name="parameters">What was written for them.</param>
    /// <param name="inputs">The sets.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static IReadOnlyList<MetricValue> Compute(
        IEnumerable<IMetricFamily> families, IReadOnlyList<MetricParameter> parameters, MetricInputs inputs, CancellationToken cancellation)
    {
        HashSet<IMetricFamily> wanted = [.. families];
        List<MetricValue> values = [];
        foreach (IMetricFamily family in Families.Where(wanted.Contains))
        {
            values.AddRange(ComputeFamily(family, ParameterValues.Bind(family, parameters), inputs, cancellation));
        }

        return values;
    }

    private static IEnumerable<MetricValue> ComputeFamily(
        IMetricFamily family, ParameterValues parameters, MetricInputs inputs, CancellationToken cancellation)
    {
        IReadOnlyList<double>? numbers = null;
        string? reason = null;
        try
        {
            numbers = family.Compute(inputs, parameters, cancellation);
        }
        catch (MetricUnavailableException unavailable)
        {
            reason = unavailable.Message;
        }

        for (int i = 0; i < family.Metrics.Count; i++)
        {
            bool isNumber = numbers is not null && double.IsFinite(numbers[i]);
            yield return new MetricValue
            {
                Name = family.Metrics[i].Name,
                Direction = family.Metrics[i].Direction,
                Value = isNumber ? numbers![i] : null,
                Error = isNumber ? null : reason ?? "the result is not a finite number; do the features hold extreme values?",
                Convention = family.Convention(parameters),
                Parameters = parameters.InOrder(family),
            };
        }
    }
}
