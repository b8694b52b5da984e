using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>
/// Limits that hold wanted rates: for each metric one on the value and one on its change, each with an equal part of the false alarms that a run may have, so that
/// all of them together have no more (Bonferroni).
/// </summary>
/// <param name="spec">Confidence and policy.</param>
/// <param name="options">The wanted rates.</param>
/// <param name="draws">The null: this generator's own when its images are there.</param>
internal sealed class Proposals(GateSpec spec, CalibrationOptions options, NullDraws draws)
{
    private const int RulesPerMetric = 2;

    /// <summary>Two limits for each metric that has a value in every draw.</summary>
    /// <param name="metrics">The metrics and which way each is better.</param>
    public IReadOnlyList<ProposedGate> Of(IReadOnlyList<(string Metric, MetricDirection Direction)> metrics)
    {
        (NullSubject Subject, MetricDirection Direction)[] known = [.. metrics.Select(m => (new NullSubject(null, m.Metric), m.Direction)).Where(m => draws.Pairs.ContainsKey(m.Item1))];
        double each = options.FalseAlarms / (RulesPerMetric * Math.Max(1, known.Length));
        return [.. known.SelectMany(m => new[] { OnValue(m.Subject, m.Direction, each), OnChange(m.Subject, m.Direction, each) })];
    }

    private ProposedGate OnValue(NullSubject subject, MetricDirection direction, double falseAlarms)
    {
        NullPair[] pairs = draws.Pairs[subject];
        double sign = direction == MetricDirection.Lower ? 1 : -1, centre = draws.Centres[subject];

        // A value is a draw itself: the next one differs from it by a whole change. Values that stand as drawn lie around their mean.
        IEnumerable<double> away = draws.Plan.Kind == NullKind.Candidate
            ? Signs(pairs).Select(p => p.Change)
            : pairs.SelectMany(p => new[] { p.Accepted, p.Now }).Select(v => sign * (v - centre));
        double[] values = [.. away];
        double limit = centre + (sign * Outward(Math.Max(0, Spread.UpperBound(values, falseAlarms, pairs.Length)), Spread.Of(values).Deviation, centre, sign));
        return new ProposedGate(subject.Metric, sign > 0 ? GateRule.Max : GateRule.Min, limit, Sensitivity.OfValue(Math.Abs(limit - centre), pairs), direction);
    }

    private ProposedGate OnChange(NullSubject subject, MetricDirection direction, double falseAlarms)
    {
        NullPair[] pairs = draws.Pairs[subject];
        bool hasErrors = Sensitivity.ErrorOf(pairs) is not null, failsOpen = spec.OnInconclusive == OnInconclusive.Fail;
        double z = Sensitivity.Quantile(spec.Confidence);
        double[] certain = [.. Signs(pairs).Select(p => p.Change - (hasErrors ? z * p.Error : 0))];
        double[] open = [.. Signs(pairs).Select(p => p.Change + (hasErrors ? z * p.Error : 0))];
        double needed = failsOpen ? Spread.UpperBound(open, falseAlarms, pairs.Length) : Spread.UpperBound(certain, falseAlarms, pairs.Length);
        needed = hasErrors && !failsOpen ? Math.Max(needed, Spread.UpperBound(open, options.Inconclusive, pairs.Length)) : needed;
        double limit = Outward(Math.Max(0, needed), Spread.Of(open).Deviation, 0, 1);
        return new ProposedGate(
            subject.Metric,
            direction == MetricDirection.Lower ? GateRule.MaxIncrease : GateRule.MaxDecrease,
            limit,
            Sensitivity.OfChange(limit, pairs, spec.Confidence, failsOpen),
            direction);
    }

    // Between two runs of one kind a change and its opposite are equally likely.
    private static IEnumerable<(double Change, double Error)> Signs(NullPair[] pairs) =>
        pairs.SelectMany(p => new[] { (p.Change, p.Error ?? 0), (-p.Change, p.Error ?? 0) });

    /// <summary>A distance from a centre, lengthened so that the limit there has no more digits than a tenth of the spread gives.</summary>
    private static double Outward(double distance, double deviation, double centre, double sign)
    {
        if (deviation <= 0 || !double.IsFinite(deviation))
        {
            return distance;
        }

        decimal step = (decimal)Math.Pow(10, Math.Clamp(Math.Floor(Math.Log10(deviation)) - 1, -20, 20));
        double limit = centre + (sign * distance);
        return Math.Abs(limit) > 1e7 * (double)step ? distance : Math.Abs((double)((sign > 0 ? Math.Ceiling((decimal)limit / step) : Math.Floor((decimal)limit / step)) * step) - centre);
    }
}
