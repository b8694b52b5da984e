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
            yield return $"{limit.Metric} {GateRules.NameOf(limit.Rule)} was not judged: {problem.TrimEnd('.')}.";
        }

        foreach ((NullDraws drawn, string metric, string reason) in draws.Skip(1).SelectMany(d => Missing(spec, d)))
        {
            yield return $"null {drawn.Plan.Name}: {metric} could not be drawn: {reason}.";
        }

        foreach (string note in Errors(spec, draws[0]))
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

    private static IEnumerable<(NullDraws Drawn, string Metric, string Reason)> Missing(GateSpec spec, NullDraws draws) => draws.Failures
        .Where(f => f.Key.Class is null && spec.Gates.Any(g => g.Metric == f.Key.Metric)).Select(f => (draws, f.Key.Metric, f.Value.TrimEnd('.')));

    private static IEnumerable<string> Errors(GateSpec spec, NullDraws draws)
    {
        (string Metric, NullPair[] Pairs)[] compared =
        [
            .. draws.Pairs.Where(p => p.Key.Class is null && spec.Gates.Any(g => g.Metric == p.Key.Metric && GateRules.IsChange(g.Rule))).Select(p => (p.Key.Metric, p.Value)),
        ];
        string[] without = [.. compared.Where(c => Sensitivity.ErrorOf(c.Pairs) is null).Select(c => c.Metric)];
        if (without.Length > 0)
        {
            yield return $"{string.Join(", ", without)}: without a standard error; limits on the change are judged by the value alone.";
        }

        foreach ((string metric, NullPair[] pairs) in compared.Where(c => IsApart(c.Pairs)))
        {
            yield return $"{metric}: changes between runs vary by {NumberText.Format(Sensitivity.DeviationOf(pairs))}, and their standard error says {NumberText.Format(Sensitivity.ErrorOf(pairs)!.Value)}.";
        }
    }

    private static bool IsApart(NullPair[] pairs) =>
        Sensitivity.ErrorOf(pairs) is > 0 and var error && Sensitivity.DeviationOf(pairs) is var spread && (spread > Apart * error || spread * Apart < error);

    private static bool IsBeyond(GateLimit limit, NullDraws draws) => draws.Centres.TryGetValue(new NullSubject(null, limit.Metric), out double value)
        && (limit.Rule == GateRule.Max ? value > limit.Limit : limit.Rule == GateRule.Min && value < limit.Limit);
}
