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

    /// <summary>Judges every limit, in the order given.</summary>
    /// <param name="limits">The limits, at least one.</param>
    /// <param name="now">This run's metrics by name.</param>
    /// <param name="baseline">Accepted values by metric name, or null without a baseline.</param>
    /// <returns>One result a limit: pass, warn or fail.</returns>
    /// <exception cref="UserErrorException">
    /// There is no limit, or for some limits a value is missing, failed, not finite, or has nothing accepted to compare with.
    /// </exception>
    public static IReadOnlyList<GateResult> Judge(
        IReadOnlyList<GateLimit> limits,
        IReadOnlyDictionary<string, MetricValue> now,
        IReadOnlyDictionary<string, double>? baseline)
    {
        if (limits.Count == 0)
            throw new UserErrorException(GateErrors.NothingToJudge, "there are no gates, so there is nothing to judge");
        Problem[] problems = [.. limits.Select(l => ProblemOf(l, now, baseline)).OfType<Problem>().Distinct()];
        if (problems.Length > 0)
            throw UserErrorException.ForProblems(problems);
        return [.. limits.Select(l => Judge(l, now[l.Metric].Value!.Value, Accepted(l.Metric, baseline)))];
    }

    /// <summary>The run's verdict: fail before inconclusive before warn before pass.</summary>
    /// <param name="results">The judged gates.</param>
    /// <param name="onInconclusive">With <see cref="OnInconclusive.Pass"/> an inconclusive gate does not count, with <see cref="OnInconclusive.Fail"/> it fails.</param>
    public static Verdict Overall(IReadOnlyList<GateResult> results, OnInconclusive onInconclusive) => results
        .Select(r => r.Verdict == Verdict.Inconclusive ? Weigh(onInconclusive) : r.Verdict)
        .DefaultIfEmpty(Verdict.None)
        .Max();

    private static Verdict Weigh(OnInconclusive policy) => policy switch
    {
        OnInconclusive.Pass => Verdict.Pass,
        OnInconclusive.Warn => Verdict.Inconclusive,
        OnInconclusive.Fail => Verdict.Fail,
        _ => throw new ArgumentOutOfRangeException(nameof(policy), policy, null),
    };

    private static Problem? ProblemOf(
        GateLimit limit, IReadOnlyDictionary<string, MetricValue> now, IReadOnlyDictionary<string, double>? baseline)
    {
        Problem Say(ErrorCode code, string message) => new(code, message, limit.Location);

        string rule = GateRules.NameOf(limit.Rule);
        if (!now.TryGetValue(limit.Metric, out MetricValue? metric))
            return Say(GateErrors.NotMeasured, $"{limit.Metric} has a gate ({rule}) but was not measured");
        if (metric.Value is not { } value)
            return Say(GateErrors.MetricFailed, $"{limit.Metric} has a gate ({rule}) but could not be computed: {metric.Error ?? "no reason given"}");
        if (!double.IsFinite(value))
            return Say(GateErrors.NotFinite, $"{limit.Metric} has a gate ({rule}) but its value is not a finite number");
        if (!GateRules.IsChange(limit.Rule))
            return null;
        return Accepted(limit.Metric, baseline) switch
        {
            null => Say(GateErrors.NotAccepted, $"{limit.Metric} has a gate ({rule}) but the baseline has no accepted value for it"),
            0 when limit.IsRelative => Say(
                GateErrors.RelativeToZero, $"{limit.Metric} has a relative gate ({rule}) but its baseline is 0; write an absolute limit"),
            { } accepted when !double.IsFinite(accepted) =>
                Say(GateErrors.NotFinite, $"{limit.Metric} has a gate ({rule}) but its accepted value is not a finite number"),
            _ => null,
        };
    }

    private static double? Accepted(string metric, IReadOnlyDictionary<string, double>? baseline) =>
        baseline is not null && baseline.TryGetValue(metric, out double value) ? value : null;

    private static GateResult Judge(GateLimit limit, double value, double? accepted)
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
        Verdict breach = limit.Level == GateLevel.Warn ? Verdict.Warn : Verdict.Fail;
        return new GateResult
        {
            Limit = limit,
            Verdict = isBreached ? breach : Verdict.Pass,
            Observed = value,
            Baseline = accepted,
            Message = GateMessage.Write(limit, value, accepted, isBreached),
            Code = GateRules.CodeOf(limit.Rule),
        };
    }

    /// <summary>Whether a distance exceeds what is allowed by more than the rounding of the numbers it was computed from.</summary>
    private static bool IsMore(double distance, double allowed, double one, double other) =>
        distance - allowed > EqualWithin * Math.Max(Math.Abs(one), Math.Abs(other));
}
