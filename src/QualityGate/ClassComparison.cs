using QualityGate.Baselines;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports;

namespace QualityGate;

/// <summary>Brings this run's classes and those of the baseline together.</summary>
internal static class ClassComparison
{
    /// <summary>What gates per class are judged by, in ordinal order: this run's classes, and those that only the baseline knows.</summary>
    public static IReadOnlyList<ClassValues> ValuesOf(IReadOnlyList<MeasuredClass> now, Baseline? baseline)
    {
        Dictionary<string, Dictionary<string, double>> accepted = AcceptedIn(baseline);
        HashSet<string> present = [.. now.Select(c => c.Name)];
        IEnumerable<ClassValues> here = now.Select(
            c => new ClassValues(c.Name, c.Values.ToDictionary(v => v.Name), accepted.GetValueOrDefault(c.Name)) { Noise = NoiseOf(c, baseline) });
        IEnumerable<ClassValues> gone = accepted.Where(a => !present.Contains(a.Key))
            .Select(a => new ClassValues(a.Key, new Dictionary<string, MetricValue>(), a.Value));
        return [.. here.Concat(gone).OrderBy(c => c.Name, StringComparer.Ordinal)];
    }

    /// <summary>What reports show of this run's classes.</summary>
    public static IReadOnlyList<ClassReport> ReportsOf(IReadOnlyList<MeasuredClass> now, Baseline? baseline)
    {
        Dictionary<string, Dictionary<string, double>> accepted = AcceptedIn(baseline);
        return [.. now.Select(c => new ClassReport(c.Name, c.ReferenceCount, c.CandidateCount, Metrics(c, accepted.GetValueOrDefault(c.Name))))];
    }

    /// <summary>The values of classes too, so that a metric that only a class has is compared by its definition as well.</summary>
    public static IEnumerable<MetricValue> AllValues(MeasuredMetrics metrics) =>
        metrics.Values.Concat(metrics.Classes.SelectMany(c => c.Values)).Where(v => v.Value is not null).DistinctBy(v => v.Name, StringComparer.Ordinal);

    // The images of a class are not kept apart in baselines: the two runs count as independent, which errs on the side of noise.
    private static Dictionary<string, ChangeNoise> NoiseOf(MeasuredClass now, Baseline? baseline)
    {
        Dictionary<string, double> before = (baseline?.Classes.FirstOrDefault(c => c.Name == now.Name)?.Errors ?? []).ToDictionary(e => e.Key, e => e.Value, StringComparer.Ordinal);
        return now.Values
            .Select(v => (v.Name, Noise: before.TryGetValue(v.Name, out double error) ? ChangeNoise.Independent(v.CandidateError, error, now.CandidateCount) : null))
            .Where(v => v.Noise is not null)
            .ToDictionary(v => v.Name, v => v.Noise!, StringComparer.Ordinal);
    }

    private static MetricReport[] Metrics(MeasuredClass measured, Dictionary<string, double>? accepted) =>
    [
        .. measured.Values.Select(v => new MetricReport(v, accepted is not null && accepted.TryGetValue(v.Name, out double value) ? value : null)),
    ];

    private static Dictionary<string, Dictionary<string, double>> AcceptedIn(Baseline? baseline) =>
        (baseline?.Classes ?? []).ToDictionary(c => c.Name, c => c.Values.ToDictionary(v => v.Key, v => v.Value), StringComparer.Ordinal);
}
