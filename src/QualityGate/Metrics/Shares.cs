namespace QualityGate.Metrics;

/// <summary>How many of all.</summary>
internal static class Shares
{
    /// <summary>Share of the items that are so, in [0, 1].</summary>
    public static double Of<T>(IReadOnlyCollection<T> items, Func<T, bool> isSo) => (double)items.Count(isSo) / items.Count;
}
