using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Gates;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>What a calibration cannot say, and what it saw beside its numbers.</summary>
internal static class CalibrationNotes
{
    // A spread this many times the error that a check takes is more than draws of a hundred would show by chance.
    private const double Apart = 1.5;

    public static IEnumerable<string> Of(GateSpec spec, NullDraws[] draws, NullVerdicts[] verdicts, IReadOnlyList<BaselineHistoryEntry> history)
    {
        foreach ((GateLimit limit, string problem) in verdicts[0].Problems)
        {
            yield return $"{limit.Metric} {GateRules.NameOf(limit.Rule)} was not judged: {problem}.";
        }

        foreach (string note in draws[0].Pairs.Where(p => p.Key.Class is null && spec.Gates.Any(g => g.Metric == p.Key.Metric)).SelectMany(p => Errors(p.Key.Metric, p.Value)))
        {
            yield return note;
        }

        foreach (GateLimit limit in spec.Gates.Where(g => g.Scope == GateScope.Whole && draws[0].Plan.Kind == NullKind.Candidate && IsBeyond(g, draws[0])))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{limit.Metric} {GateRules.NameOf(limit.Rule)}: the candidate's own value lies beyond the limit, so these alarms are not false.");
        }

        if (draws[0].Plan.Kind == NullKind.Reference)
        {
            yield return "There is no candidate, so the rates are those of a perfect generator; they say nothing of how much the numbers of an imperfect one vary.";
        }

        if (history.Count is > 0 and < 3)
        {
            yield return "The baseline's history is too short to say how much accepted numbers vary.";
        }

        yield return "All draws are of one set of images: what sets them apart from other images of the same kind is not in the spread, nor is what another training run would change.";
    }

    private static IEnumerable<string> Errors(string metric, NullPair[] pairs)
    {
        double spread = Math.Sqrt(pairs.Average(p => p.Change * p.Change));
        if (Sensitivity.ErrorOf(pairs) is not { } error)
        {
            yield return $"{metric} has no standard error, so limits on its change are judged by the value alone.";
        }
        else if (error > 0 && (spread > Apart * error || spread * Apart < error))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"{metric}: changes between runs vary by {NumberText.Format(spread)}, and their standard error says {NumberText.Format(error)}.");
        }
    }

    private static bool IsBeyond(GateLimit limit, NullDraws draws) => draws.Centres.TryGetValue(new NullSubject(null, limit.Metric), out double value)
        && (limit.Rule == GateRule.Max ? value > limit.Limit : limit.Rule == GateRule.Min && value < limit.Limit);
}
