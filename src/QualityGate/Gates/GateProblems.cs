using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Gates;

/// <summary>Why a limit cannot be judged. None of it is ever a pass.</summary>
internal static class GateProblems
{
    // Of a thousand classes that fail alike, the first few say it all.
    private const int MostClasses = 5;

    public static IReadOnlyList<Problem> Of(GateLimit limit, IReadOnlyList<GateSubject> subjects, bool isFirstRun)
    {
        string rule = GateRules.NameOf(limit.Rule);
        if (limit.Scope != GateScope.Whole)
        {
            GateSubject[] present = [.. subjects.Where(s => !s.IsGone)];
            if (present.Length == 0)
                return [new Problem(GateErrors.NoClasses, $"{limit.Metric} has a gate per class ({rule}) but there are no classes: both sets need labels", limit.Location)];
            if (!present.Any(s => s.Now.ContainsKey(limit.Metric)))
                return [new Problem(GateErrors.NotMeasured, $"{limit.Metric} has a gate per class ({rule}) but is not measured by class", limit.Location)];
        }

        Problem[] problems = [.. subjects.Select(s => Of(limit, s, isFirstRun)).OfType<Problem>()];
        return problems.Length <= MostClasses + 1
            ? problems
            :
            [
                .. problems.Take(MostClasses),
                new Problem(problems[MostClasses].Code, $"{limit.Metric} cannot be judged ({rule}) in {problems.Length - MostClasses} more classes", limit.Location),
            ];
    }

    private static Problem? Of(GateLimit limit, GateSubject subject, bool isFirstRun)
    {
        string gate = $"{subject.NameOf(limit.Metric)} has a gate ({GateRules.NameOf(limit.Rule)})";
        Problem Say(ErrorCode code, string message) => new(code, gate + message, limit.Location);

        if (subject.IsGone)
            return Say(GateErrors.ClassGone, " and an accepted value, but neither set has this class now");
        if (!subject.Now.TryGetValue(limit.Metric, out MetricValue? metric))
            return Say(GateErrors.NotMeasured, " but was not measured");
        if (metric.Value is not { } value)
            return Say(GateErrors.MetricFailed, $" but could not be computed: {metric.Error ?? "no reason given"}");
        if (!double.IsFinite(value))
            return Say(GateErrors.NotFinite, " but its value is not a finite number");
        if (!GateRules.IsChange(limit.Rule) || isFirstRun)
            return null;
        return subject.AcceptedOf(limit.Metric) switch
        {
            null => Say(GateErrors.NotAccepted, $" but the baseline has no accepted value for {(subject.Class is null ? "it" : "this class")}"),
            0 when limit.IsRelative => new Problem(
                GateErrors.RelativeToZero,
                $"{subject.NameOf(limit.Metric)} has a relative gate ({GateRules.NameOf(limit.Rule)}) but its baseline is 0; write an absolute limit",
                limit.Location),
            { } accepted when !double.IsFinite(accepted) => Say(GateErrors.NotFinite, " but its accepted value is not a finite number"),
            _ => null,
        };
    }
}
