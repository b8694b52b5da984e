using QualityGate.Baselines;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>What is known of a past run: enough to judge it again.</summary>
/// <param name="Name">The file, or the acceptance.</param>
/// <param name="Then">Its verdict then; none for an acceptance.</param>
/// <param name="Now">Its metrics by name.</param>
/// <param name="Accepted">What it was compared with, or null.</param>
internal sealed record PastRun(string Name, Verdict Then, IReadOnlyDictionary<string, MetricValue> Now, IReadOnlyDictionary<string, double>? Accepted)
{
    /// <summary>Noise of changes by metric, of those where it is known.</summary>
    public IReadOnlyDictionary<string, ChangeNoise> Noise { get; init; } = new Dictionary<string, ChangeNoise>();

    /// <summary>Its classes.</summary>
    public IReadOnlyList<ClassValues> Classes { get; init; } = [];

    /// <summary>What was judged then.</summary>
    public IReadOnlyList<GateResult> Gates { get; init; } = [];

    /// <summary>Whether only a sample was measured: a breach is then inconclusive.</summary>
    public bool IsSample { get; init; }

    /// <summary>What made its features, or null.</summary>
    public string? Extractor { get; init; }

    /// <summary>A run that wrote a result.</summary>
    /// <param name="name">The file.</param>
    /// <param name="result">What was read, from anywhere.</param>
    public static PastRun Of(string name, RunResult result) => new(name, result.Verdict, ValuesOf(result.Metrics), AcceptedOf(result.Metrics, result))
    {
        Noise = NoiseOf(result),
        Classes = [.. result.Classes.Select(c => new ClassValues(c.Name, ValuesOf(c.Metrics), AcceptedOf(c.Metrics, result)) { Noise = ChangesOf(result, c.Name, c.CandidateCount) })],
        Gates = result.Gates,
        IsSample = result.IsSample,
        Extractor = result.Extractor?.Fingerprint,
    };

    /// <summary>The acceptances of a baseline, each but the first against the one before it.</summary>
    /// <param name="history">Oldest first.</param>
    public static IReadOnlyList<PastRun> Of(IReadOnlyList<BaselineHistoryEntry> history) =>
        [.. history.Select((entry, i) => Of(entry, i == 0 ? null : history[i - 1]))];

    private static PastRun Of(BaselineHistoryEntry entry, BaselineHistoryEntry? before)
    {
        Dictionary<string, double> errors = Numbers(entry.Errors), errorsBefore = Numbers(before?.Errors ?? []);
        return new PastRun(
            $"accepted {entry.Created.UtcDateTime:yyyy-MM-dd HH:mm}{(entry.Commit is { } commit ? $" at {PlainText.Cut(commit, 10)}" : string.Empty)}",
            Verdict.None,
            Numbers(entry.Values).ToDictionary(v => v.Key, v => ValueOf(v.Key, v.Value)),
            before is null ? null : Numbers(before.Values))
        {
            Noise = errors.Keys.Intersect(errorsBefore.Keys)
                .Select(m => (Metric: m, Noise: ChangeNoise.Independent(errors[m], errorsBefore[m], 0)!)).ToDictionary(n => n.Metric, n => n.Noise),
        };
    }

    private static Dictionary<string, double> Numbers(IReadOnlyList<KeyValuePair<string, double>> values) =>
        values.DistinctBy(v => v.Key, StringComparer.Ordinal).ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);

    private static MetricValue ValueOf(string metric, double value) => new() { Name = metric, Value = value, Direction = MetricDirection.Lower, Convention = string.Empty };

    private static Dictionary<string, MetricValue> ValuesOf(IReadOnlyList<MetricReport> metrics) => metrics.ToDictionary(m => m.Value.Name, m => m.Value, StringComparer.Ordinal);

    // Without a baseline there is nothing to compare with, as on a first run.
    private static Dictionary<string, double>? AcceptedOf(IReadOnlyList<MetricReport> metrics, RunResult result) =>
        result.Baseline is null ? null : metrics.Where(m => m.Baseline is not null).ToDictionary(m => m.Value.Name, m => m.Baseline!.Value, StringComparer.Ordinal);

    /// <summary>As it was judged then; a metric whose change had no gate then counts as measured apart from the baseline, which errs on the side of noise.</summary>
    private static Dictionary<string, ChangeNoise> NoiseOf(RunResult result)
    {
        Dictionary<string, ChangeNoise> noise = ChangesOf(result, null, result.Candidate.Count);
        Dictionary<string, double> errors = Numbers(result.History.Count > 0 ? result.History[^1].Errors : []);
        foreach (MetricValue value in result.Metrics.Select(m => m.Value).Where(v => !noise.ContainsKey(v.Name) && errors.ContainsKey(v.Name)))
        {
            if (ChangeNoise.Independent(value.StandardError, errors[value.Name], result.Candidate.Count) is { } apart)
            {
                noise[value.Name] = apart;
            }
        }

        return noise;
    }

    private static Dictionary<string, ChangeNoise> ChangesOf(RunResult result, string? inClass, int images) => result.Gates
        .Where(g => g.Class == inClass && g.Change is { StandardError: >= 0 })
        .DistinctBy(g => g.Limit.Metric, StringComparer.Ordinal)
        .ToDictionary(g => g.Limit.Metric, g => new ChangeNoise { StandardError = g.Change!.StandardError, SharedImages = g.Change.SharedImages, Images = images }, StringComparer.Ordinal);
}
