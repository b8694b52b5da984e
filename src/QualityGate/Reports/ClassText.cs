using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>What reports that people read show of many classes.</summary>
internal static class ClassText
{
    private const int MostFailures = 10;

    /// <summary>All classes in their order when they are few, else the worst ones, the worst first.</summary>
    /// <param name="result">The run.</param>
    /// <param name="most">Most classes shown.</param>
    /// <returns>The classes, and the metric they were chosen by, null when all are shown.</returns>
    public static (IReadOnlyList<ClassReport> Classes, string? By) Worst(RunResult result, int most)
    {
        string? by = result.Gates.FirstOrDefault(g => g.Class is not null)?.Limit.Metric
            ?? result.Classes.SelectMany(c => c.Metrics).FirstOrDefault(m => m.Value.Value is not null)?.Value.Name;
        return result.Classes.Count <= most || by is null
            ? ([.. result.Classes.Take(most)], null)
            : ([.. result.Classes.OrderByDescending(c => Badness(c, by)).Take(most)], by);
    }

    /// <summary>What could not be computed, a sentence a class and reason.</summary>
    public static IEnumerable<string> Failures(RunResult result)
    {
        string[] failures =
        [
            .. result.Classes.SelectMany(c => c.Metrics.Where(m => m.Value.Value is null).GroupBy(m => m.Value.Error, StringComparer.Ordinal)
                .Select(g => $"class {c.Name}: {(g.Count() == c.Metrics.Count ? "nothing could" : string.Join(", ", g.Select(m => m.Value.Name)) + " could not")} be computed: {g.Key}")),
        ];
        return failures.Length <= MostFailures ? failures : [.. failures.Take(MostFailures), $"and {failures.Length - MostFailures} more of this kind"];
    }

    // What has no value is worse than what has a bad one.
    private static double Badness(ClassReport report, string metric) =>
        report.Metrics.FirstOrDefault(m => m.Value.Name == metric)?.Value is { Value: { } value, Direction: var direction }
            ? (direction == MetricDirection.Lower ? value : -value)
            : double.PositiveInfinity;
}
