using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>Metrics that are computed together. A new one is one file and one line in <see cref="MetricRegistry"/>.</summary>
public interface IMetricFamily
{
    /// <summary>Name under <c>metrics:</c> in the spec.</summary>
    string Name { get; }

    /// <summary>What it yields, in the order of results.</summary>
    IReadOnlyList<MetricDefinition> Metrics { get; }

    /// <summary>What can be set.</summary>
    IReadOnlyList<ParameterDefinition> Parameters { get; }

    /// <summary>What it cannot be computed without.</summary>
    MetricNeeds Needs { get; }

    /// <summary>Whether it says something of one class alone, and so is computed by class too where there are labels.</summary>
    bool IsPerClass => true;

    /// <summary>Whether its values depend on the reference.</summary>
    bool LooksAtReference => Needs == MetricNeeds.None || Needs.HasFlag(MetricNeeds.ReferenceFeatures);

    /// <summary>Name of the public definition followed under <paramref name="parameters"/>.</summary>
    string Convention(ParameterValues parameters);

    /// <summary>Says what it will ask of the pass over all neighbours, so that one pass serves every family of a run.</summary>
    void Ask(NeighbourDemand demand, ParameterValues parameters)
    {
    }

    /// <summary>Why these sets are too small for its numbers to be taken as they stand, in one sentence, or null.</summary>
    string? SizeWarning(MetricInputs inputs, ParameterValues parameters) => null;

    /// <summary>Computes one number for each of <see cref="Metrics"/>, in order.</summary>
    /// <exception cref="MetricUnavailableException">The sets do not allow it: too few images, no logits, other widths.</exception>
    MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation);
}
