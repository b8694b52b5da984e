using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>
/// Compares measured values with limits. Pure functions. A gate that cannot be judged is an error and never a pass.
/// </summary>
/// <remarks>
/// A limit on the value (min, max) holds for the images that were measured, so the value alone decides. A limit on a change is about the generators behind two
/// sets of images: it is breached when the whole interval of the change lies beyond it, held when none of it does, and else inconclusive.
/// </remarks>
public static class GateJudge
{
    /// <summary>
    /// Numbers nearer than this share of the larger one count as equal, and equal is within the limit: 0.86 - 0.84 must not
    /// exceed 0.02 only because binary fractions round.
    /// </summary>
    private const double EqualWithin = 1e-12;

    private const double UsualConfidence = 0.95;

    /// <summary>Judges every limit, in the order given; of a limit on each class, the classes in theirs.</summary>
    /// <param name="limits">The limits, at least one.</param>
    /// <param name="now">This run's metrics by name.</param>
    /// <param name="baseline">Accepted values by metric name, or null without a baseline.</param>
    /// <param name="classes">The classes of this run and of the baseline; null or empty without labels.</param>
    /// <param name="noise">Noise of the changes of the whole sets, by metric; a change without one is judged by its value alone.</param>
    /// <param name="confidence">Confidence of intervals, in (0, 1).</param>
    /// <param name="isFirstRun">Whether there is no baseline yet and that is accepted: limits on changes are then inconclusive.</param>
    /// <returns>One result a limit, and one a class for a limit on each class: pass, warn or fail; inconclusive on a first run.</returns>
    /// <exception cref="UserErrorException">
    /// There is no limit, or for some limits a value is missing, failed, not finite, or has nothing accepted to compare with.
    /// </exception>
    public static IReadOnlyList<GateResult> Judge(
        IReadOnlyList<GateLimit> limits,
        IReadOnlyDictionary<string, MetricValue> now,
        IReadOnlyDictionary<string, double>? baseline,
        IReadOnlyList<ClassValues>? classes = null,
        bool isFirstRun = false,
        IReadOnlyDictionary<string, ChangeNoise>? noise = null,
        double confidence = UsualConfidence)
    {
        if (limits.Count == 0)
            throw new UserErrorException(GateErrors.NothingToJudge, "there are no gates, so there is nothing to judge");
        GateSubject whole = new(null, now, baseline) { Noise = noise };
        (GateLimit Limit, IReadOnlyList<GateSubject> Subjects)[] held = [.. limits.Select(l => (l, GateSubject.Of(l, whole, classes ?? [])))];
        Problem[] problems = [.. held.SelectMany(h => GateProblems.Of(h.Limit, h.Subjects, isFirstRun)).Distinct()];
        if (problems.Length > 0)
            throw UserErrorException.ForProblems(problems);
        return [.. held.SelectMany(h => Judge(h.Limit, h.Subjects, confidence))];
    }

    /// <summary>The run's verdict: fail before inconclusive before warn before pass.</summary>
    /// <param name="results">The judged gates.</param>
    /// <param name="onInconclusive">
    /// With <see cref="OnInconclusive.Pass"/> an inconclusive gate does not count; with <see cref="OnInconclusive.Fail"/> it fails, unless it only warns, or only the
    /// baseline is missing and the spec accepts that.
    /// </param>
    public static Verdict Overall(IReadOnlyList<GateResult> results, OnInconclusive onInconclusive) => results
        .Select(r => r.Verdict == Verdict.Inconclusive ? Weigh(r.CanFailByPolicy || onInconclusive != OnInconclusive.Fail ? onInconclusive : OnInconclusive.Warn) : r.Verdict)
        .DefaultIfEmpty(Verdict.None)
        .Max();

    private static Verdict Weigh(OnInconclusive policy) => policy switch
    {
        OnInconclusive.Pass => Verdict.Pass,
        OnInconclusive.Warn => Verdict.Inconclusive,
        OnInconclusive.Fail => Verdict.Fail,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, null),
    };

    private static IEnumerable<GateResult> Judge(GateLimit limit, IReadOnlyList<GateSubject> subjects, double confidence)
    {
        // Twenty classes are twenty chances to be wrong: each gets its share (Bonferroni).
        double each = 1 - ((1 - confidence) / Math.Max(1, subjects.Count));
        IEnumerable<GateResult> results = subjects.Select(s => Judge(limit, s, each));

        // As long as the worst one passes, no class breaches; of equals the first.
        return limit.Scope == GateScope.WorstClass
            ? [results.OrderBy(Rank).ThenByDescending(Strain).First()]
            : results;
    }

    private static int Rank(GateResult result) => result.Verdict switch
    {
        Verdict.Pass => 2,
        Verdict.Inconclusive => 1,
        _ => 0,
    };

    /// <summary>How far a value has gone in the direction of its limit: comparable between classes.</summary>
    private static double Strain(GateResult result)
    {
        double from = result.Baseline ?? 0;
        double unit = result.Limit.IsRelative ? Math.Abs(from) : 1;
        return result.Limit.Rule switch
        {
            GateRule.Min => -result.Observed,
            GateRule.Max => result.Observed,
            GateRule.MaxIncrease => (result.Observed - from) / unit,
            GateRule.MaxDecrease => (from - result.Observed) / unit,
            _ => throw new ArgumentOutOfRangeException(nameof(result), result.Limit.Rule, null),
        };
    }

    private static GateResult Judge(GateLimit limit, GateSubject subject, double confidence)
    {
        double value = subject.Now[limit.Metric].Value!.Value;
        double? accepted = subject.AcceptedOf(limit.Metric);
        if (accepted is null && GateRules.IsChange(limit.Rule))
        {
            return Result(limit, subject, value, null, Verdict.Inconclusive, GateMessage.WithoutBaseline(limit, subject.Class, value));
        }

        double from = accepted ?? 0;
        double allowed = limit.IsRelative ? limit.Limit * Math.Abs(from) : limit.Limit;
        GateChange? change = GateRules.IsChange(limit.Rule) ? ChangeOf(subject.NoiseOf(limit.Metric), value - from, confidence) : null;
        bool isBreached = limit.Rule switch
        {
            GateRule.Min => IsMore(limit.Limit - value, 0, value, limit.Limit),
            GateRule.Max => IsMore(value - limit.Limit, 0, value, limit.Limit),
            GateRule.MaxIncrease => IsMore(change?.Interval.Low ?? (value - from), allowed, value, from),
            GateRule.MaxDecrease => IsMore(-(change?.Interval.High ?? (value - from)), allowed, value, from),
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit.Rule, null),
        };
        double worst = limit.Rule == GateRule.MaxIncrease ? change?.Interval.High ?? 0 : -(change?.Interval.Low ?? 0);
        bool isOpen = !isBreached && change is not null && IsMore(worst, allowed, value, from);
        change = isOpen ? WithMoreImages(change!, subject.NoiseOf(limit.Metric)!, limit.Rule == GateRule.MaxIncrease ? allowed : -allowed) : change;
        Verdict verdict = isOpen ? Verdict.Inconclusive : !isBreached ? Verdict.Pass : limit.Level == GateLevel.Warn ? Verdict.Warn : Verdict.Fail;
        return Result(limit, subject, value, accepted, verdict, GateMessage.Write(limit, subject.Class, value, accepted, isBreached, change, isOpen)) with { Change = change };
    }

    private static GateResult Result(GateLimit limit, GateSubject subject, double value, double? accepted, Verdict verdict, string message) => new()
    {
        Limit = limit,
        Class = subject.Class,
        Verdict = verdict,
        Observed = value,
        Baseline = accepted,
        Message = message,
        Code = GateRules.CodeOf(limit.Rule),
    };

    private static GateChange? ChangeOf(ChangeNoise? noise, double change, double confidence)
    {
        // An error that is no number would make every comparison false, which reads as a pass.
        if (noise is null || !double.IsFinite(noise.StandardError))
        {
            return null;
        }

        double half = NormalQuantile.TwoSided(confidence) * noise.StandardError;
        return new GateChange(change, noise.StandardError, new MetricInterval(change - half, change + half), confidence) { SharedImages = noise.SharedImages, IsSameImages = noise.IsSameImages };
    }

    private static GateChange WithMoreImages(GateChange change, ChangeNoise noise, double limit) =>
        change with { MoreImages = noise.MoreImages(change.Value - limit, NormalQuantile.TwoSided(change.Confidence)) };

    /// <summary>Whether a distance exceeds what is allowed by more than the rounding of the numbers it was computed from.</summary>
    private static bool IsMore(double distance, double allowed, double one, double other) =>
        distance - allowed > EqualWithin * Math.Max(Math.Abs(one), Math.Abs(other));
}
