using System.Globalization;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>A gate that did not pass, told in one order everywhere: expected, found, interval, baseline, counts, what to do.</summary>
internal static class GateText
{
    /// <summary>Names and texts, not escaped; a row that has nothing to say is left out.</summary>
    /// <param name="result">The run.</param>
    /// <param name="gate">One of its gates.</param>
    public static IEnumerable<KeyValuePair<string, string>> Rows(RunResult result, GateResult gate)
    {
        // Of a limit that many classes break, the first tells what it is about.
        if (!ReferenceEquals(result.Gates.First(g => g.Verdict != Verdict.Pass && g.Limit == gate.Limit), gate))
            yield break;
        yield return new("expected", Expected(gate));
        yield return new("found", Found(gate));
        if (Interval(result, gate) is { } interval)
            yield return new("interval", interval);
        if (gate.Baseline is { } before)
            yield return new("baseline", ResultText.Number(before) + (result.Baseline is { } baseline ? $", accepted {ResultText.Acceptance(baseline)}" : ""));
        yield return new("counts", Counts(result, gate));
        yield return new("to do", ToDo(gate));
    }

    private static string Expected(GateResult gate)
    {
        string limit = ResultText.Limit(gate.Limit);
        return gate.Limit.Rule switch
        {
            Specs.GateRule.Min => $"at least {limit}",
            Specs.GateRule.Max => $"at most {limit}",
            Specs.GateRule.MaxIncrease => $"at most {limit}{Allowed(gate)} above the baseline",
            Specs.GateRule.MaxDecrease => $"at most {limit}{Allowed(gate)} below the baseline",
            _ => throw new ArgumentOutOfRangeException(nameof(gate), gate.Limit.Rule, null),
        };
    }

    private static string Allowed(GateResult gate) =>
        gate.Limit.IsRelative && gate.Baseline is { } before ? $" ({NumberText.Format(gate.Limit.Limit * Math.Abs(before))})" : "";

    private static string Found(GateResult gate)
    {
        (string found, _) = NumberText.Pair(gate.Observed, gate.Limit.Limit);
        return gate.Baseline is { } before && GateRules.IsChange(gate.Limit.Rule) ? $"{ResultText.Number(gate.Observed)}, a change of {NumberText.Signed(gate.Observed - before)}" : found;
    }

    // Of a limit on a change it is the change's, else the value's.
    private static string? Interval(RunResult result, GateResult gate)
    {
        if (gate.Change is { } change)
        {
            string shared = change.SharedImages is { } same ? string.Create(CultureInfo.InvariantCulture, $"; {same} candidate images shared with the baseline") : "";
            return change.IsSameImages
                ? "none: both runs measured the same images"
                : $"change between {NumberText.Signed(change.Interval.Low)} and {NumberText.Signed(change.Interval.High)} at {NumberText.Percent(change.Confidence)}{shared}";
        }

        return gate.Class is null && result.Metrics.FirstOrDefault(m => m.Value.Name == gate.Limit.Metric)?.Value.Interval is { } interval
            ? $"value between {NumberText.Format(interval.Low)} and {NumberText.Format(interval.High)}"
            : null;
    }

    private static string Counts(RunResult result, GateResult gate)
    {
        ClassReport? inClass = gate.Class is null ? null : result.Classes.FirstOrDefault(c => c.Name == gate.Class);
        return inClass is null
            ? $"reference {ResultText.Count(result.Reference)}; candidate {ResultText.Count(result.Candidate)}"
            : string.Create(CultureInfo.InvariantCulture, $"reference {inClass.ReferenceCount}, candidate {inClass.CandidateCount} in this class");
    }

    private static string ToDo(GateResult gate) => gate.Verdict != Verdict.Inconclusive || gate.Change is not { } change
        ? gate.Code.Advice
        : $"{char.ToUpperInvariant(GateMessage.More(change)[0])}{GateMessage.More(change)[1..]}; until then on_inconclusive in the spec decides.";
}
