using QualityGate.Baselines;
using QualityGate.Features;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Numerics.Random;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>
/// Measures pairs of runs between which nothing changed: disjoint random parts of one set, drawn without replacement, so that no image is counted twice as a
/// bootstrap would (a copy of an image has a neighbour at distance 0). The noise of the change is taken from them as a check takes it.
/// </summary>
/// <param name="families">What is measured.</param>
/// <param name="parameters">Parameters of the metrics.</param>
/// <param name="byClass">Whether classes are measured too.</param>
/// <param name="options">Repetitions, seed.</param>
internal sealed class NullResampling(IReadOnlyList<IMetricFamily> families, IReadOnlyList<MetricParameter> parameters, bool byClass, CalibrationOptions options)
{
    /// <summary>Draws all pairs of a null, one after another.</summary>
    /// <param name="plan">What to draw.</param>
    /// <param name="whole">The whole sets, in canonical order.</param>
    /// <param name="cancellation">Stops between draws and tiles.</param>
    public IReadOnlyList<DrawnRuns> Draw(NullPlan plan, MetricInputs whole, CancellationToken cancellation)
    {
        bool ofCandidate = plan.Kind == NullKind.Candidate;
        NumpyRandomState random = new(unchecked(options.Seed + (ofCandidate ? 1u : 0)));
        List<DrawnRuns> draws = [];
        options.Progress?.Start($"null: {plan.Name}", options.Repetitions);
        try
        {
            for (int draw = 0; draw < options.Repetitions; draw++)
            {
                cancellation.ThrowIfCancellationRequested();
                int[] shuffle = random.Permutation(ofCandidate ? whole.Candidate.Count : whole.Reference.Count);
                draws.Add(ofCandidate ? OfCandidate(plan, whole, shuffle, cancellation) : OfReference(plan, whole, shuffle, cancellation));
                options.Progress?.Advance(1, 1);
            }
        }
        finally
        {
            options.Progress?.Finish();
        }

        return draws;
    }

    /// <summary>Values of the whole sets and of the classes.</summary>
    public Dictionary<NullSubject, MetricValue> Measure(MetricInputs inputs, CancellationToken cancellation)
    {
        Dictionary<NullSubject, MetricValue> values = MetricRegistry.Compute(families, parameters, inputs, cancellation).Values
            .ToDictionary(v => new NullSubject(null, v.Name));
        foreach (MeasuredClass measured in byClass ? ClassMetrics.Compute(families, parameters, inputs, cancellation) : [])
        {
            foreach (MetricValue value in measured.Values)
            {
                values[new NullSubject(measured.Name, value.Name)] = value;
            }
        }

        return values;
    }

    private DrawnRuns OfReference(NullPlan plan, MetricInputs whole, int[] shuffle, CancellationToken cancellation)
    {
        FeatureSet reference = Part(whole.Reference, shuffle, 0, plan.ReferenceCount);
        FeatureSet then = Part(whole.Reference, shuffle, plan.ReferenceCount, plan.RunCount);
        FeatureSet now = Part(whole.Reference, shuffle, plan.ReferenceCount + plan.RunCount, plan.RunCount);
        return Runs(plan, new MetricInputs(reference, then, whole.Products), now, cancellation);
    }

    private DrawnRuns OfCandidate(NullPlan plan, MetricInputs whole, int[] shuffle, CancellationToken cancellation) => Runs(
        plan,
        whole.With(whole.Reference, Part(whole.Candidate, shuffle, 0, plan.RunCount)),
        Part(whole.Candidate, shuffle, plan.RunCount, plan.RunCount),
        cancellation);

    private static FeatureSet Part(FeatureSet set, int[] shuffle, int start, int count)
    {
        int[] rows = shuffle[start..(start + count)];
        Array.Sort(rows);
        return RowSubset.Of(set, rows);
    }

    private DrawnRuns Runs(NullPlan plan, MetricInputs then, FeatureSet now, CancellationToken cancellation)
    {
        Dictionary<NullSubject, MetricValue> before = Scaled(plan, Measure(then, cancellation));
        Dictionary<NullSubject, MetricValue> after = Scaled(plan, Measure(then.With(then.Reference, now), cancellation));
        return new DrawnRuns(Bare(before), Bare(after), ErrorsOf(then, now, before, after));
    }

    // What images do is a hundred draws' worth of memory, and not needed any more.
    private static Dictionary<NullSubject, MetricValue> Bare(Dictionary<NullSubject, MetricValue> values) =>
        values.ToDictionary(v => v.Key, v => v.Value with { Influence = null });

    private static Dictionary<NullSubject, double> ErrorsOf(
        MetricInputs then, FeatureSet now, Dictionary<NullSubject, MetricValue> before, Dictionary<NullSubject, MetricValue> after)
    {
        AcceptedImages? images = AcceptedImages.Of(before.Where(v => v.Key.Class is null).Select(v => v.Value), then.Reference, then.Candidate);
        ImageOverlap? overlap = ImageOverlap.Of(images, then.Reference, now);
        Dictionary<NullSubject, double> errors = [];
        foreach ((NullSubject subject, MetricValue value) in after)
        {
            ChangeNoise? noise = !before.TryGetValue(subject, out MetricValue? accepted) || accepted.Value is null || value.Value is null ? null
                : subject.Class is null ? ChangeNoise.Of(value, Accepted(accepted), now.Count, overlap)
                : ChangeNoise.Independent(value.CandidateError, accepted.CandidateError, now.Count);
            if (noise is not null)
            {
                errors[subject] = noise.StandardError;
            }
        }

        return errors;
    }

    private static AcceptedMetric Accepted(MetricValue metric) => new()
    {
        Name = metric.Name,
        Value = metric.Value!.Value,
        StandardError = metric.StandardError,
        CandidateError = metric.CandidateError,
        Direction = metric.Direction,
        Convention = metric.Convention,
    };

    private static Dictionary<NullSubject, MetricValue> Scaled(NullPlan plan, Dictionary<NullSubject, MetricValue> values) =>
        plan.Scale == 1 ? values : values.ToDictionary(v => v.Key, v => Scaled(v.Value, plan.Scale));

    /// <summary>The candidate's part of the error at the size of a real run: it falls as the root of the images; the reference is whole already.</summary>
    private static MetricValue Scaled(MetricValue value, double scale)
    {
        if (value.Influence is not { } influence)
        {
            return value with { StandardError = value.StandardError * scale, CandidateError = value.CandidateError * scale };
        }

        MetricInfluence scaled = influence with { Candidate = Array.ConvertAll(influence.Candidate, v => v * scale) };
        double before = influence.StandardError();
        return value with
        {
            Influence = scaled,
            CandidateError = value.CandidateError * scale,
            StandardError = before > 0 ? value.StandardError * scaled.StandardError() / before : value.StandardError,
        };
    }
}
