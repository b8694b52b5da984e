namespace QualityGate.Metrics;

/// <summary>All that the families of a run computed.</summary>
/// <param name="Values">Every metric, in the registry's order.</param>
/// <param name="Tables">Curves, histograms and sweeps.</param>
/// <param name="Notes">What a reader should know.</param>
public sealed record MeasuredMetrics(IReadOnlyList<MetricValue> Values, IReadOnlyList<MetricTable> Tables, IReadOnlyList<string> Notes)
{
    /// <summary>Both together.</summary>
    public MeasuredMetrics With(MeasuredMetrics more)
    {
        ArgumentNullException.ThrowIfNull(more);
        return new MeasuredMetrics([.. Values, .. more.Values], [.. Tables, .. more.Tables], [.. Notes, .. more.Notes]);
    }
}
