using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>Every metric there is. A new one is one line here.</summary>
public static class MetricRegistry
{
    /// <summary>All families, in the order of results.</summary>
    public static IReadOnlyList<IMetricFamily> Families { get; } =
    [
        new FrechetInceptionDistance(),
        new FrechetInfinity(),
        new KernelInceptionDistance(),
        new MongeDistance(),
        new PrecisionRecallDistributions(),
        new PrecisionRecallDensityCoverage(),
        new ImprovedPrecisionRecall(),
        new ClippedDensityCoverage(),
        new Realism(),
        new Rarity(),
        new Authenticity(),
        new InceptionScore(),
        new VendiScore(),
        new ClipMeanDiscrepancy(),
        new RecallAtK(),
        new AnomalyFamily(),
        new BackgroundFamily(),
    ];

    /// <summary>All names, as the spec's reader wants them.</summary>
    public static IMetricCatalogue Catalogue { get; } = new MetricCatalogue();

    /// <summary>The family that is called <paramref name="name"/> or yields a metric of that name, or null.</summary>
    public static IMetricFamily? Find(string name) =>
        Families.FirstOrDefault(f => f.Name == name || f.Metrics.Any(m => m.Name == name)) ?? (RecallAtK.KOf(name) is { } k ? new RecallAtK(k) : null);

    /// <summary>Families in the registry's order, each once; of recalls at several K one family with all of them.</summary>
    public static IReadOnlyList<IMetricFamily> Distinct(IEnumerable<IMetricFamily> families)
    {
        ILookup<string, IMetricFamily> wanted = families.Distinct().ToLookup(f => f.Name, StringComparer.Ordinal);
        return [.. Families.Where(f => wanted.Contains(f.Name)).Select(f => wanted[f.Name].Count() == 1 ? wanted[f.Name].Single() : RecallAtK.Of(wanted[f.Name].Cast<RecallAtK>()))];
    }

    /// <summary>Computes families one after another, in the registry's order.</summary>
    /// <param name="families">Which; each at most once.</param>
    /// <param name="parameters">What was written for them.</param>
    /// <param name="inputs">The sets.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static MeasuredMetrics Compute(
        IEnumerable<IMetricFamily> families, IReadOnlyList<MetricParameter> parameters, MetricInputs inputs, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        (IMetricFamily Family, ParameterValues Parameters)[] bound =
            [.. Distinct(families).Select(family => (family, ParameterValues.Bind(family, parameters)))];
        inputs.Demand.WantsInfluence = inputs.WithErrors;
        foreach ((IMetricFamily family, ParameterValues values) in bound)
        {
            family.Ask(inputs.Demand, values);
        }

        MeasuredMetrics measured = new([], [], []);
        foreach ((IMetricFamily family, ParameterValues values) in bound)
        {
            measured = measured.With(ComputeFamily(family, values, inputs, cancellation));
        }

        return measured;
    }

    private static MeasuredMetrics ComputeFamily(
        IMetricFamily family, ParameterValues parameters, MetricInputs inputs, CancellationToken cancellation)
    {
        MetricOutcome outcome;
        try
        {
            inputs.Require(family.Needs);
            outcome = family.Compute(inputs, parameters, cancellation);
            outcome = family.SizeWarning(inputs, parameters) is { } warning ? outcome with { Notes = [.. outcome.Notes, warning] } : outcome;
        }
        catch (MetricUnavailableException unavailable)
        {
            outcome = new MetricOutcome([.. family.Metrics.Select(_ => MetricNumber.Unavailable(unavailable.Message))]);
        }

        return new MeasuredMetrics([.. family.Metrics.Select((_, i) => Value(family, parameters, i, outcome.Numbers[i], inputs))], outcome.Tables, outcome.Notes);
    }

    /// <summary>What became of a family's metric.</summary>
    internal static MetricValue Value(IMetricFamily family, ParameterValues parameters, int index, MetricNumber number, MetricInputs inputs)
    {
        MetricDefinition metric = family.Metrics[index];
        bool isNumber = number.Reason is null && double.IsFinite(number.Value);
        return new MetricValue
        {
            Name = metric.Name,
            Direction = metric.Direction,
            Value = isNumber ? number.Value : null,
            Error = isNumber ? null : number.Reason ?? "the result is not a finite number; do the features hold extreme values?",
            StandardError = isNumber && inputs.WithErrors ? Finite(number.StandardError) : null,
            CandidateError = isNumber && inputs.WithErrors ? Finite(CandidateError(number)) : null,
            Interval = isNumber && inputs.WithErrors ? MetricIntervals.Of(metric, number, inputs.Confidence) : null,
            Influence = isNumber && inputs.WithErrors ? number.Influence : null,
            Convention = family.Convention(parameters),
            Parameters = parameters.InOrder(family),
        };
    }

    private static double? Finite(double? error) => error is { } known && double.IsFinite(known) ? known : null;

    // By the share of the influences where a family does not say better; where the candidate's are not known, all of the error, which errs on the side of noise.
    private static double? CandidateError(MetricNumber number)
    {
        if (number.CandidateVariance is { } variance)
        {
            return Math.Sqrt(variance);
        }

        if (number.Influence is not { Candidate.Length: > 0 } influence)
        {
            return number.StandardError;
        }

        double candidate = MetricInfluence.Variance(influence.Candidate), both = candidate + MetricInfluence.Variance(influence.Reference);
        return number.StandardError is { } error && both > 0 ? error * Math.Sqrt(candidate / both) : Math.Sqrt(candidate);
    }

    /// <summary>A family's metric that has no value.</summary>
    internal static MetricValue Without(IMetricFamily family, ParameterValues parameters, int index, string reason) => new()
    {
        Name = family.Metrics[index].Name,
        Direction = family.Metrics[index].Direction,
        Error = reason,
        Convention = family.Convention(parameters),
        Parameters = parameters.InOrder(family),
    };
}
