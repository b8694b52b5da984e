using System.Globalization;
using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics.Random;
using QualityGate.Specs;

namespace QualityGate.Studies;

/// <summary>
/// Measures metrics on random subsets of one set while the other stays whole, and finds the size from which on each stays where it is.
/// A draw is one shuffle of the set (numpy's RandomState), of which each size takes the head: the subsets of one draw are nested, so that a curve shows
/// what more images change and not what other images change; the draws are independent of each other, and so are the two sets.
/// </summary>
/// <param name="families">What is measured.</param>
/// <param name="parameters">Parameters of the metrics.</param>
/// <param name="options">Draws, tolerance, seed.</param>
public sealed class SampleSizeStudy(IReadOnlyList<IMetricFamily> families, IReadOnlyList<MetricParameter> parameters, StudyOptions options)
{
    /// <summary>Runs the study. Each draw is the work of some 2 to 5 runs on the whole sets.</summary>
    /// <param name="whole">The whole sets.</param>
    /// <param name="full">The metrics on them; those without a value are left out.</param>
    /// <param name="cancellation">Stops between draws and tiles.</param>
    public StudyResult Run(MetricInputs whole, IReadOnlyList<MetricValue> full, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(whole);
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Draws, 2);
        MetricValue[] values = [.. full.Where(v => v.Value is not null)];
        SizeCurve? reference = Curve("reference", whole.Reference, rows => whole.With(RowSubset.Of(whole.Reference, rows), whole.Candidate, withErrors: false), options.Seed, family => family.LooksAtReference);
        SizeCurve? candidate = Curve("candidate", whole.Candidate, rows => whole.With(whole.Reference, RowSubset.Of(whole.Candidate, rows), withErrors: false), unchecked(options.Seed + 1), _ => true);
        return new StudyResult(
            new SampleSizes(
                whole.Candidate.ExtractorName ?? whole.Reference.ExtractorName,
                whole.Candidate.ExtractorFingerprint ?? whole.Reference.ExtractorFingerprint,
                Describe(whole.Reference),
                Describe(whole.Candidate),
                options.Tolerance,
                options.Draws,
                options.Seed,
                [.. values.Select(v => Settled(v, reference, candidate))]),
            [.. new[] { reference, candidate }.OfType<SizeCurve>()]);

        SizeCurve? Curve(string role, FeatureSet set, Func<int[], MetricInputs> inputs, uint seed, Func<IMetricFamily, bool> looksAt) =>
            set.Features is null && set.Logits is null
                ? null
                : Measure(new Side(role, set.Count, inputs, [.. families.Where(looksAt)]), values, seed, cancellation);
    }

    private SizeCurve Measure(Side side, MetricValue[] full, uint seed, CancellationToken cancellation)
    {
        string[] metrics = [.. full.Select(v => v.Name).Intersect(side.Families.SelectMany(f => f.Metrics).Select(m => m.Name))];
        IReadOnlyList<int> sizes = SizeLadder.Of(side.Count);
        int[][] shuffles = Shuffles(side.Count, seed);
        List<IReadOnlyList<SizePoint>> points = [];
        foreach (int size in sizes.SkipLast(1))
        {
            Dictionary<string, double?>[] draws = new Dictionary<string, double?>[shuffles.Length];
            for (int draw = 0; draw < shuffles.Length; draw++)
            {
                cancellation.ThrowIfCancellationRequested();
                options.Progress?.Invoke(string.Create(
                    CultureInfo.InvariantCulture, $"sample sizes: {size} of {side.Count} {side.Role} images, draw {draw + 1} of {shuffles.Length}"));
                draws[draw] = Compute(side, shuffles[draw][..size], cancellation);
            }

            points.Add([.. metrics.Select(m => SizePoint.Of([.. draws.Select(d => d[m])]))]);
        }

        points.Add([.. metrics.Select(m => new SizePoint(full.First(v => v.Name == m).Value, null))]);
        return new SizeCurve(side.Role, metrics, sizes, points);
    }

    private Dictionary<string, double?> Compute(Side side, int[] rows, CancellationToken cancellation)
    {
        // In the order of the set, so that mapped files are read forwards.
        Array.Sort(rows);
        return MetricRegistry.Compute(side.Families, parameters, side.Inputs(rows), cancellation).Values.ToDictionary(v => v.Name, v => v.Value);
    }

    private int[][] Shuffles(int count, uint seed)
    {
        NumpyRandomState random = new(seed);
        return [.. Enumerable.Range(0, options.Draws).Select(_ => random.Permutation(count))];
    }

    private SettledMetric Settled(MetricValue value, SizeCurve? reference, SizeCurve? candidate) => new(
        value.Name,
        value.Convention,
        value.Parameters.ToDictionary(p => p.Key, p => Convert.ToString(p.Value, CultureInfo.InvariantCulture)!),
        Size(value.Name, reference),
        Size(value.Name, candidate));

    private SettledSize? Size(string metric, SizeCurve? curve)
    {
        if (curve is null)
        {
            return null;
        }

        int index = curve.Metrics.ToList().IndexOf(metric);
        return new SettledSize(index < 0 ? 0 : SettlingRule.Smallest(curve, index, options.Tolerance), curve.Sizes[^1]);
    }

    private static StudiedSet Describe(FeatureSet set) => new(set.Source, set.Count, set.Fingerprint);

    /// <summary>The set whose size changes.</summary>
    private sealed record Side(string Role, int Count, Func<int[], MetricInputs> Inputs, IReadOnlyList<IMetricFamily> Families);
}
