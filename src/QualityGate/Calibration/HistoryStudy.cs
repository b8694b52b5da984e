using QualityGate.Baselines;

namespace QualityGate.Calibration;

/// <summary>What a baseline's history says of a metric: how far apart acceptances were, and how far apart their errors let them be.</summary>
internal static class HistoryStudy
{
    /// <summary>Metrics that were accepted at least twice.</summary>
    /// <param name="history">Oldest first.</param>
    /// <param name="metrics">Which metrics.</param>
    public static IReadOnlyList<HistorySpread> Of(IReadOnlyList<BaselineHistoryEntry> history, IEnumerable<string> metrics) =>
        [.. metrics.Select(m => Of(history, m)).OfType<HistorySpread>()];

    private static HistorySpread? Of(IReadOnlyList<BaselineHistoryEntry> history, string metric)
    {
        (double Value, double? Error)[] accepted = [.. history.Where(e => e.Values.Any(v => v.Key == metric)).Select(e => (Find(e.Values, metric)!.Value, Find(e.Errors, metric)))];
        if (accepted.Length < 2)
        {
            return null;
        }

        (double Change, double? Error)[] steps =
        [
            .. accepted.Zip(accepted.Skip(1), (a, b) => (b.Value - a.Value, a.Error is { } x && b.Error is { } y ? Math.Sqrt((x * x) + (y * y)) : (double?)null)),
        ];
        return new HistorySpread(
            metric,
            Spread.Of([.. accepted.Select(a => a.Value)]),
            accepted.Length,
            steps.Length < 2 ? null : Spread.Of([.. steps.Select(s => s.Change)]),
            Array.TrueForAll(steps, s => s.Error is not null) ? Spread.Median(steps.Select(s => s.Error!.Value)) : null);
    }

    private static double? Find(IReadOnlyList<KeyValuePair<string, double>> values, string metric) =>
        values.Where(v => v.Key == metric).Select(v => (double?)v.Value).FirstOrDefault();
}
