using QualityGate.Metrics;

namespace QualityGate.Calibration;

/// <summary>A metric of the whole sets or of one class.</summary>
/// <param name="Class">The class, or null.</param>
/// <param name="Metric">The metric.</param>
internal readonly record struct NullSubject(string? Class, string Metric);

/// <summary>A metric in two runs between which nothing changed, at the size of a real run.</summary>
/// <param name="Accepted">What the earlier run gave.</param>
/// <param name="Now">What the later run gave.</param>
/// <param name="Error">Standard error of the change as a check would take it, or null when the metric has none.</param>
internal readonly record struct NullPair(double Accepted, double Now, double? Error)
{
    public double Change => Now - Accepted;
}

/// <summary>All pairs of runs that were drawn for a null.</summary>
/// <param name="Plan">What was drawn.</param>
/// <param name="Pairs">For each subject with a value in every draw, one pair a draw.</param>
/// <param name="Failures">For each other subject, why a draw had none.</param>
/// <param name="Centres">The value that draws lie around: on the whole sets, or the mean of the draws.</param>
internal sealed record NullDraws(
    NullPlan Plan,
    IReadOnlyDictionary<NullSubject, NullPair[]> Pairs,
    IReadOnlyDictionary<NullSubject, string> Failures,
    IReadOnlyDictionary<NullSubject, double> Centres)
{
    /// <summary>Draws.</summary>
    public int Count => Pairs.Count == 0 ? 0 : Pairs.First().Value.Length;

    /// <summary>Gathers draws. With whole values, each draw is a change from them; else it stands as drawn.</summary>
    public static NullDraws Of(NullPlan plan, IReadOnlyList<DrawnRuns> draws, IReadOnlyDictionary<NullSubject, double>? whole)
    {
        Dictionary<NullSubject, NullPair[]> pairs = [];
        Dictionary<NullSubject, string> failures = [];
        Dictionary<NullSubject, double> centres = [];
        foreach (NullSubject subject in draws.SelectMany(d => d.Subjects).Distinct())
        {
            if (draws.Select(d => d.FailureOf(subject)).FirstOrDefault(f => f is not null) is { } failure)
            {
                failures[subject] = failure;
            }
            else if (whole is null)
            {
                pairs[subject] = [.. draws.Select(d => d.PairOf(subject))];
                centres[subject] = pairs[subject].Average(p => (p.Accepted + p.Now) / 2);
            }
            else if (whole.TryGetValue(subject, out double value))
            {
                pairs[subject] = [.. draws.Select(d => d.PairOf(subject)).Select(p => new NullPair(value, value + (p.Change * plan.Scale), p.Error))];
                centres[subject] = value;
            }
            else
            {
                failures[subject] = "it has no value on the whole sets";
            }
        }

        return new NullDraws(plan, pairs, failures, centres);
    }
}

/// <summary>Two runs of one draw, as measured; errors are those of a real run's size.</summary>
/// <param name="Then">The metrics that stand for the accepted ones.</param>
/// <param name="Now">The metrics that stand for the new ones.</param>
/// <param name="Errors">Standard errors of the changes, of those metrics that have one.</param>
internal sealed record DrawnRuns(
    IReadOnlyDictionary<NullSubject, MetricValue> Then, IReadOnlyDictionary<NullSubject, MetricValue> Now, IReadOnlyDictionary<NullSubject, double> Errors)
{
    public IEnumerable<NullSubject> Subjects => Then.Keys.Union(Now.Keys);

    public string? FailureOf(NullSubject subject) =>
        !Then.TryGetValue(subject, out MetricValue? then) || !Now.TryGetValue(subject, out MetricValue? now)
            ? "a draw has no image of this class"
            : then.Error ?? now.Error;

    public NullPair PairOf(NullSubject subject) =>
        new(Then[subject].Value!.Value, Now[subject].Value!.Value, Errors.TryGetValue(subject, out double error) ? error : null);
}
