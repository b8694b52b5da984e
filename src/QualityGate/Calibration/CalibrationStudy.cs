using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>Finds out how good a spec's gates are, from the sets that they judge.</summary>
/// <param name="spec">The gates, metrics, confidence and policy.</param>
/// <param name="families">What is measured.</param>
/// <param name="options">Repetitions, seed, wanted rates.</param>
public sealed class CalibrationStudy(GateSpec spec, IReadOnlyList<IMetricFamily> families, CalibrationOptions options)
{
    /// <summary>Draws and judges.</summary>
    /// <param name="reference">The reference.</param>
    /// <param name="candidate">The candidate, or null when it is not there.</param>
    /// <param name="baseline">The baseline, for its history and its size; or null.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="cancellation">Stops between draws and tiles.</param>
    /// <exception cref="UserErrorException">QG4090: too few images. QG4091: no metric has a value in every draw.</exception>
    public CalibrationResult Run(FeatureSet reference, FeatureSet? candidate, Baseline? baseline, IMatrixProducts products, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Repetitions, 2);
        int runSize = candidate?.Count ?? baseline?.Provenance.CandidateCount ?? reference.Count;
        NullPlan[] plans =
        [
            .. candidate is null ? [] : new[] { NullPlan.OfCandidate(reference, candidate) },
            NullPlan.OfReference(reference, reference.Count, runSize),
        ];
        MetricInputs whole = new(Ordered(reference), Ordered(candidate ?? reference), products);
        NullResampling resampling = new(families, spec.MetricParameters, spec.Gates.Any(g => g.Scope != GateScope.Whole), options);
        Dictionary<NullSubject, MetricValue> values = candidate is null ? [] : resampling.Measure(whole, cancellation);
        NullDraws[] draws = [.. plans.Select(p => NullDraws.Of(p, resampling.Draw(p, whole, cancellation), p.Kind == NullKind.Candidate ? Known(values) : null))];
        RequireAny(draws);
        return Describe(reference, candidate, baseline, draws);
    }

    private static FeatureSet Ordered(FeatureSet set) => RowSubset.Of(set, CanonicalOrder.Of(set));

    private static Dictionary<NullSubject, double> Known(Dictionary<NullSubject, MetricValue> values) =>
        values.Where(v => v.Value.Value is not null).ToDictionary(v => v.Key, v => v.Value.Value!.Value);

    private static void RequireAny(NullDraws[] draws)
    {
        if (draws[0].Pairs.Count == 0)
        {
            string reasons = string.Join("; ", draws[0].Failures.Where(f => f.Key.Class is null).Select(f => $"{f.Key.Metric}: {f.Value}").Distinct().Take(5));
            throw new UserErrorException(DataErrors.NothingToCalibrate, $"no metric has a value in every draw. {reasons}");
        }
    }

    private CalibrationResult Describe(FeatureSet reference, FeatureSet? candidate, Baseline? baseline, NullDraws[] draws)
    {
        string[] gated = Gated(draws[0]);
        NullVerdicts[] verdicts = [.. draws.Select(d => NullVerdicts.Of(spec, d))];
        return new CalibrationResult
        {
            SpecFile = spec.File,
            Options = options,
            Confidence = spec.Confidence,
            OnInconclusive = spec.OnInconclusive,
            Reference = Describe(reference),
            Candidate = candidate is null ? null : Describe(candidate),
            Extractor = (candidate ?? reference) is { ExtractorFingerprint: { } print } known ? new ExtractorInfo(known.ExtractorName ?? "unnamed", print) : null,
            Nulls = [.. draws.Zip(verdicts, (d, v) => Describe(d, v, gated))],
            Gates = [.. spec.Gates.Select(g => verdicts[0].Problems.TryGetValue(g, out string? why) ? new GateSensitivity(g, null, null, why) : Sensitivity.Of(g, spec, draws[0]))],
            History = HistoryStudy.Of(baseline?.History ?? [], gated),
            Proposals = new Proposals(spec, options, draws[0]).Of([.. gated.Select(m => (m, DirectionOf(m)))]),
            Notes = [.. CalibrationNotes.Of(spec, draws, verdicts, baseline?.History ?? [])],
        };
    }

    /// <summary>The metrics that the spec gates, or all of them when it gates none.</summary>
    private string[] Gated(NullDraws draws)
    {
        HashSet<string> gated = [.. spec.Gates.Select(g => g.Metric)];
        string[] all = [.. families.SelectMany(f => f.Metrics).Select(m => m.Name).Where(m => draws.Pairs.ContainsKey(new NullSubject(null, m)))];
        return gated.Count == 0 ? all : [.. all.Where(gated.Contains)];
    }

    private MetricDirection DirectionOf(string metric) => families.SelectMany(f => f.Metrics).First(m => m.Name == metric).Direction;

    private NullResult Describe(NullDraws draws, NullVerdicts verdicts, string[] metrics) => new(
        draws.Plan,
        draws.Count,
        [.. metrics.Where(m => draws.Pairs.ContainsKey(new NullSubject(null, m))).Select(m => SpreadOf(m, draws))],
        [.. spec.Gates.Where(verdicts.Counts.ContainsKey).Select(g => new GateCounts(g, verdicts.Counts[g].Breached, verdicts.Counts[g].Inconclusive))],
        verdicts.CountRuns(Verdict.Fail),
        verdicts.CountRuns(Verdict.Inconclusive));

    private static MetricSpread SpreadOf(string metric, NullDraws draws)
    {
        NullPair[] pairs = draws.Pairs[new NullSubject(null, metric)];
        double centre = draws.Centres[new NullSubject(null, metric)];

        // Half of a change's variance is each run's.
        IEnumerable<double> values = draws.Plan.Kind == NullKind.Candidate
            ? pairs.SelectMany(p => new[] { centre + (p.Change / Math.Sqrt(2)), centre - (p.Change / Math.Sqrt(2)) })
            : pairs.SelectMany(p => new[] { p.Accepted, p.Now });
        return new MetricSpread(metric, Spread.Of([.. values]), Spread.Of([.. pairs.Select(p => p.Change)]), Sensitivity.ErrorOf(pairs));
    }

    private static SetInfo Describe(FeatureSet set) => new(set.Source, set.Count, set.Fingerprint, 0);
}
