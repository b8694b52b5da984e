using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>
/// The smallest change that a gate sees: where it fails in 80 % of runs. A limit on a change fails when change - z error exceeds it (judged on the value alone,
/// z is 0), and runs spread around the true change by the null's deviation: limit + z error + 0.84 deviation. A limit on the value: the way to it, and 0.84 deviations of a value.
/// </summary>
internal static class Sensitivity
{
    /// <summary>How often a change of that size is seen.</summary>
    public const double Power = 0.8;

    private static readonly double PowerQuantile = NormalQuantile.At(Power);

    /// <summary>The smallest change that a gate sees; of a gate per class, in the class where it sees least.</summary>
    public static GateSensitivity Of(GateLimit limit, GateSpec spec, NullDraws draws)
    {
        NullSubject[] subjects = [.. draws.Pairs.Keys.Where(s => s.Metric == limit.Metric && (s.Class is null) == (limit.Scope == GateScope.Whole))];
        if (subjects.Length == 0)
        {
            return new GateSensitivity(limit, null, null, draws.Failures.FirstOrDefault(f => f.Key.Metric == limit.Metric).Value ?? "it was not drawn");
        }

        double confidence = 1 - ((1 - spec.Confidence) / subjects.Length);
        (NullSubject Subject, double Change)[] changes = [.. subjects.Select(s => (s, Of(limit, spec, draws.Pairs[s], draws.Centres[s], confidence)))];
        if (changes.FirstOrDefault(c => c.Change <= 0) is { Subject.Metric: not null } beyond)
        {
            return new GateSensitivity(limit, null, beyond.Subject.Class, "the value lies beyond the limit already");
        }

        (NullSubject least, double change) = changes.MaxBy(c => c.Change);
        return new GateSensitivity(limit, change, least.Class, null);
    }

    /// <summary>The smallest change that a limit on a change sees.</summary>
    /// <param name="allowed">The limit, in the metric's unit.</param>
    /// <param name="pairs">The null.</param>
    /// <param name="confidence">Confidence of the interval.</param>
    /// <param name="failsWhenInconclusive">Whether an inconclusive gate fails the run.</param>
    public static double OfChange(double allowed, NullPair[] pairs, double confidence, bool failsWhenInconclusive)
    {
        double reach = ErrorOf(pairs) is { } error ? Quantile(confidence) * error : 0;
        return allowed + (failsWhenInconclusive ? -reach : reach) + (PowerQuantile * DeviationOf(pairs));
    }

    /// <summary>The smallest change that a limit on the value sees.</summary>
    /// <param name="distance">From the value to the limit.</param>
    /// <param name="pairs">The null.</param>
    public static double OfValue(double distance, NullPair[] pairs) => distance + (PowerQuantile * DeviationOf(pairs) / Math.Sqrt(2));

    /// <summary>The median of the errors, or null when a draw had none.</summary>
    public static double? ErrorOf(NullPair[] pairs) => Array.TrueForAll(pairs, p => p.Error is not null) ? Spread.Median(pairs.Select(p => p.Error!.Value)) : null;

    /// <summary>Standard errors on each side of an interval.</summary>
    public static double Quantile(double confidence) => NormalQuantile.TwoSided(confidence);

    /// <summary>The spread of changes between two runs of one kind, where a change and its opposite are equally likely: around 0.</summary>
    public static double DeviationOf(NullPair[] pairs) => Math.Sqrt(pairs.Average(p => p.Change * p.Change));

    private static double Of(GateLimit limit, GateSpec spec, NullPair[] pairs, double centre, double confidence) => limit.Rule switch
    {
        GateRule.Max => limit.Limit < centre ? 0 : OfValue(limit.Limit - centre, pairs),
        GateRule.Min => limit.Limit > centre ? 0 : OfValue(centre - limit.Limit, pairs),
        _ => OfChange(
            limit.IsRelative ? limit.Limit * Math.Abs(centre) : limit.Limit, pairs, confidence, spec.OnInconclusive == OnInconclusive.Fail && limit.Level == GateLevel.Error),
    };
}
