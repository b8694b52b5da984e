using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

/// <summary>Influences of families other than FID against what leaving out an image does.</summary>
public sealed class LeaveOneOutTests
{
    private static readonly FeatureSet Reference = Set(1, 150, 1, 0), Candidate = Set(2, 120, 1.2, 0.2);

    // What an image does to these follows from sums that are kept: no approximation.
    [Theory]
    [InlineData("kid", "convention=full")]
    [InlineData("cmmd", "sigma=1", "normalise=no")]
    [InlineData("cmmd", "sigma=0.7")]
    [InlineData("inception_score", "splits=1", "convention=original")]
    public void Kernel_distances_and_the_inception_score_are_exact(string family, params string[] settings)
    {
        MetricValue whole = Measure(family, Reference, Candidate, settings);
        AssertSame(Changes(family, settings, whole, isCandidate: true), whole.Influence!.Candidate, 1e-7);
        if (whole.Influence.Reference.Length > 0)
        {
            AssertSame(Changes(family, settings, whole, isCandidate: false), whole.Influence.Reference, 1e-7);
        }
    }

    [Theory]
    [InlineData("vendi", 0.05)]
    [InlineData("vendi", 0.03, "q=2")]
    [InlineData("vendi", 0.08, "q=0.5")]
    [InlineData("vendi", 0.1, "q=inf")]
    public void Vendi_is_right_to_first_order(string family, double within, params string[] settings)
    {
        MetricValue whole = Measure(family, Reference, Candidate, settings);
        AssertSame(Changes(family, settings, whole, isCandidate: true), whole.Influence!.Candidate, within);
        Assert.Empty(whole.Influence.Reference);
    }

    // Without an image sets are of unequal size and a sample is drawn, so what moving one image does is looked at instead.
    [Fact]
    public void Mind_agrees_with_giving_an_image_more_weight()
    {
        FeatureSet candidate = Set(2, 150, 1.2, 0.2);
        MetricValue whole = Measure("mind", Reference, candidate, "projections=40");
        MetricInfluence influence = whole.Influence!;
        double[] changes = new double[150];
        for (int i = 0; i < changes.Length; i++)
        {
            // Each image once more than before, image i not: sets of twice the size, less one that another stands for.
            int[] rows = [.. Enumerable.Range(0, 150).SelectMany(j => j == i ? new[] { j } : [j, j]), (i + 1) % 150];
            int[] twice = [.. Enumerable.Range(0, 150).SelectMany(j => new[] { j, j })];
            changes[i] = 300 * (Measure("mind", Of(Reference, twice), Of(candidate, rows), "projections=40").Value!.Value - whole.Value!.Value);
        }

        double[] expected = [.. Enumerable.Range(0, 150).Select(i => influence.Candidate[(i + 1) % 150] - influence.Candidate[i])];
        AssertSame(changes, expected, 0.12);
    }

    [Theory]
    [InlineData("kid", "subsets=20", "subset_size=60")]
    [InlineData("cmmd", "sigma=1")]
    [InlineData("inception_score", "splits=3")]
    [InlineData("vendi", "q=1")]
    [InlineData("mind", "projections=30")]
    [InlineData("prd", "runs=3")]
    [InlineData("fid_infinity", "min_size=40")]
    public void They_sum_to_zero_and_any_number_of_threads_gives_the_same_bits(string family, params string[] settings)
    {
        using MatrixEngine one = new(threads: 1), three = new(threads: 3);
        MetricValue first = Measure(family, Reference, Candidate, one, settings), second = Measure(family, Reference, Candidate, three, settings);
        Assert.Equal(first.Influence!.Candidate, second.Influence!.Candidate);
        Assert.Equal(first.Influence.Reference, second.Influence.Reference);
        Assert.Equal((first.Value, first.StandardError, first.Interval), (second.Value, second.StandardError, second.Interval));
        Assert.True(first.StandardError > 0);
        Assert.True(first.Interval!.Value.Low <= first.Value && first.Value <= first.Interval.Value.High);
        Assert.Equal(120, first.Influence.Candidate.Length);
        Assert.InRange(Math.Abs(first.Influence.Candidate.Sum()), 0, 1e-11 * first.Influence.Candidate.Sum(Math.Abs));
    }

    [Theory]
    [InlineData("vendi", "q=0")]
    [InlineData("kid", "subsets=1", "subset_size=60")]
    [InlineData("inception_score", "splits=100")]
    public void Where_no_error_can_be_known_none_is_given(string family, params string[] settings)
    {
        MetricValue value = Measure(family, Reference, Candidate, settings);
        Assert.NotNull(value.Value);
        Assert.Equal((null, null, null), (value.StandardError, value.Interval, value.Influence));
    }

    private static FeatureSet Set(uint seed, int count, double factor, double shift) =>
        GoldenSets.Set(GoldenSets.Draw(seed, count, 8, factor, shift), GoldenSets.Draw(seed + 10, count, 6, 2 * factor, shift));

    private static FeatureSet Of(FeatureSet set, int[] rows) =>
        set with { Count = rows.Length, Features = new SelectedRows(set.Features!, rows), Logits = new SelectedRows(set.Logits!, rows) };

    private static double[] Changes(string family, string[] settings, MetricValue whole, bool isCandidate)
    {
        FeatureSet side = isCandidate ? Candidate : Reference;
        return MetricInfluence.OfChanges(
        [
            .. Enumerable.Range(0, side.Count).Select(i =>
            {
                FeatureSet without = Of(side, [.. Enumerable.Range(0, side.Count).Where(j => j != i)]);
                MetricValue value = isCandidate ? Measure(family, Reference, without, settings) : Measure(family, without, Candidate, settings);
                return value.Value!.Value - whole.Value!.Value;
            }),
        ]);
    }

    private static MetricValue Measure(string family, FeatureSet reference, FeatureSet candidate, params string[] settings) =>
        Measure(family, reference, candidate, new PlainProducts(), settings);

    private static MetricValue Measure(string family, FeatureSet reference, FeatureSet candidate, IMatrixProducts products, string[] settings) => MetricRegistry.Compute(
        [MetricRegistry.Find(family)!],
        [.. settings.Select(s => s.Split('=')).Select(s => new MetricParameter(family, s[0], s[1], null))],
        new MetricInputs(reference, candidate, products),
        CancellationToken.None).Values[0];

    private static void AssertSame(double[] expected, double[] actual, double within)
    {
        double distance = Math.Sqrt(expected.Zip(actual).Sum(pair => Math.Pow(pair.First - pair.Second, 2))), size = Math.Sqrt(expected.Sum(v => v * v));
        Assert.InRange(distance / size, 0, within);
    }
}
