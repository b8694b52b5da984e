namespace QualityGate.Metrics;

/// <summary>All that the families of a run computed.</summary>
/// <param name="Values">Every metric, in the registry's order.</param>
/// <param name="Tables">Curves, histograms and sweeps.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record MeasuredMetrics(IReadOnlyList<MetricValue> Values, IReadOnlyList<MetricTable> Tables, IReadOnlyList<string> Notes)
{
    /// <summary>The same metrics class by class; empty unless both sets have labels.</summary>
    public IReadOnlyList<MeasuredClass> Classes { get; init; } = [];

    /// <summary>What the candidate lacks, when coverage was computed; else null.</summary>
    public UncoveredModes? Uncovered { get; init; }

    /// <summary>Both together.</summary>
    public MeasuredMetrics With(MeasuredMetrics more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new MeasuredMetrics([.. Values, .. more.Values], [.. Tables, .. more.Tables], [.. Notes, .. more.Notes]) { Classes = [.. Classes, .. more.Classes], Uncovered = Uncovered ?? more.Uncovered };
    }
}
