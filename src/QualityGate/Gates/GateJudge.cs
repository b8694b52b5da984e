using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>
/// Compares measured values with limits. Pure functions. A gate that cannot be judged is an error and never a pass.
/// </summary>
public static class GateJudge
{
    /// <summary>
    /// Numbers nearer than this share of the larger one count as equal, and equal is within the limit: 0.86 - 0.84 must not
    /// exceed 0.02 only because binary fractions round.
    /// </summary>
    private const double EqualWithin = 1e-12;

    /// <summary>Judges every limit, in the order given; of a limit on each class, the classes in theirs.</summary>
    /// <param name="limits">The limits, at least one.</param>
    /// <param name="now">This run's metrics by name.</param>
    /// <param name="baseline">Accepted values by metric name, or null without a baseline.</param>
    /// <param name="classes">The classes of this run and of the baseline; null or empty without labels.</param>
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
        bool isFirstRun = false)
    {
        if (limits.Count == 0)
            throw new UserErrorException(GateErrors.NothingToJudge, "there are no gates, so there is nothing to judge");
        GateSubject whole = new(null, now, baseline);
        (GateLimit Limit, IReadOnlyList<GateSubject> Subjects)[] held = [.. limits.Select(l => (l, GateSubject.Of(l, whole, classes ?? [])))];
        Problem[] problems = [.. held.SelectMany(h => GateProblems.Of(h.Limit, h.Subjects, isFirstRun)).Distinct()];
        if (problems.Length > 0)
            throw UserErrorException.ForProblems(problems);
        return [.. held.SelectMany(h => Judge(h.Limit, h.Subjects))];
    }

    /// <summary>The run's verdict: fail before inconclusive before warn before pass.</summary>
    /// <param name="results">The judged gates.</param>
    /// <param name="onInconclusive">With <see cref="OnInconclusive.Pass"/> an inconclusive gate does not count, with <see cref="OnInconclusive.Fail"/> it fails, unless only the baseline is missing and the spec accepts that.</param>
    public static Verdict Overall(IReadOnlyList<GateResult> results, OnInconclusive onInconclusive) => results
        .Select(r => r.Verdict == Verdict.Inconclusive ? Weigh(r.IsUnjudged && onInconclusive == OnInconclusive.Fail ? OnInconclusive.Warn : onInconclusive) : r.Verdict)
        .DefaultIfEmpty(Verdict.None)
        .Max();

    private static Verdict Weigh(OnInconclusive policy) => policy switch
    {
        OnInconclusive.Pass => Verdict.Pass,
        OnInconclusive.Warn => Verdict.Inconclusive,
        OnInconclusive.Fail => Verdict.Fail,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, null),
    };

    private static IEnumerable<GateResult> Judge(GateLimit limit, IReadOnlyList<GateSubject> subjects)
    {
        IEnumerable<GateResult> results = subjects.Select(s => Judge(limit, s.Now[limit.Metric].Value!.Value, s.AcceptedOf(limit.Metric), s.Class));

        // As long as the worst one passes, no class breaches; of equals the first.
        return limit.Scope == GateScope.WorstClass
            ? [results.OrderBy(r => r.Verdict == Verdict.Pass).ThenByDescending(Strain).First()]
            : results;
    }

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

    private static GateResult Judge(GateLimit limit, double value, double? accepted, string? inClass)
    {
        double from = accepted ?? 0;
        double allowed = limit.IsRelative ? limit.Limit * Math.Abs(from) : limit.Limit;
        bool isBreached = limit.Rule switch
        {
            GateRule.Min => IsMore(limit.Limit - value, 0, value, limit.Limit),
            GateRule.Max => IsMore(value - limit.Limit, 0, value, limit.Limit),
            GateRule.MaxIncrease => IsMore(value - from, allowed, value, from),
            GateRule.MaxDecrease => IsMore(from - value, allowed, value, from),
            _ => throw new ArgumentOutOfRangeException(nameof(limit), limit.Rule, null),
        };
        bool isUnjudged = accepted is null && GateRules.IsChange(limit.Rule);
        Verdict breach = limit.Level == GateLevel.Warn ? Verdict.Warn : Verdict.Fail;
        return new GateResult
        {
            Limit = limit,
            Class = inClass,
            Verdict = isUnjudged ? Verdict.Inconclusive : isBreached ? breach : Verdict.Pass,
            Observed = value,
            Baseline = accepted,
            Message = isUnjudged ? GateMessage.WithoutBaseline(limit, inClass, value) : GateMessage.Write(limit, inClass, value, accepted, isBreached),
            Code = GateRules.CodeOf(limit.Rule),
        };
    }

    /// <summary>Whether a distance exceeds what is allowed by more than the rounding of the numbers it was computed from.</summary>
    private static bool IsMore(double distance, double allowed, double one, double other) =>
        distance - allowed > EqualWithin * Math.Max(Math.Abs(one), Math.Abs(other));
}
