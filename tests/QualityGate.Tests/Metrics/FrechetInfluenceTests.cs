using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Linear;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class FrechetInfluenceTests
{
    [Theory]
    [InlineData(1100, 1300, 16, 1.2, 0.3)]
    [InlineData(1300, 1100, 16, 0.8, 0.0)]
    [InlineData(1200, 1200, 48, 1.1, 0.1)]
    public void It_is_what_leaving_out_each_image_does(int references, int candidates, int width, double factor, double shift)
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Draw(1, references, width, 1, 0)), candidate = GoldenSets.Set(GoldenSets.Draw(2, candidates, width, factor, shift));
        using MatrixEngine engine = new();
        MetricValue fid = Fid(reference, candidate, engine, true);
        AssertLeavesOut(fid.Influence!.Candidate, Every(candidates, 23), i => Fid(reference, Without(candidate, i), engine, false).Value!.Value - fid.Value!.Value, candidates);
        AssertLeavesOut(fid.Influence.Reference, Every(references, 23), i => Fid(Without(reference, i), candidate, engine, false).Value!.Value - fid.Value!.Value, references);

        // The jackknife's error, less what it counts twice: at most half of its square.
        double jackknife = fid.Influence.StandardError();
        Assert.InRange(fid.StandardError!.Value, jackknife * Math.Sqrt(0.5), jackknife);
    }

    [Fact]
    public void Fewer_images_than_features_still_rank_as_they_do_when_left_out()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Draw(3, 60, 40, 1, 0)), candidate = GoldenSets.Set(GoldenSets.Draw(4, 30, 40, 1.3, 0.2));
        PlainProducts products = new();
        MetricValue fid = Fid(reference, candidate, products, true);
        double[] changes = [.. Enumerable.Range(0, 30).Select(i => Fid(reference, Without(candidate, i), products, false).Value!.Value - fid.Value!.Value)];
        Assert.InRange(RankCorrelation.Spearman(MetricInfluence.OfChanges(changes), fid.Influence!.Candidate)!.Value, 0.95, 1);
    }

    [Fact]
    public void Influences_sum_to_zero_on_each_side()
    {
        MetricInfluence influence = Fid(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), new PlainProducts(), true).Influence!;
        Assert.InRange(Math.Abs(influence.Reference.Sum()), 0, 1e-12 * influence.Reference.Sum(Math.Abs));
        Assert.InRange(Math.Abs(influence.Candidate.Sum()), 0, 1e-12 * influence.Candidate.Sum(Math.Abs));
    }

    [Fact]
    public void A_constant_feature_and_one_that_follows_others_change_nothing()
    {
        FeatureSet Padded(FeatureMatrix rows) => GoldenSets.Set(GoldenSets.Rows(
            [.. Enumerable.Range(0, rows.Count).Select(i => rows.Row(i).ToArray() is { } row ? (float[])[3f, .. row, 0f] : null!)]));
        MetricInfluence plain = Fid(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), new PlainProducts(), true).Influence!;
        MetricInfluence padded = Fid(Padded(GoldenSets.Reference), Padded(GoldenSets.Candidate), new PlainProducts(), true).Influence!;
        AssertClose(plain.Candidate, padded.Candidate, 1e-7);
        AssertClose(plain.Reference, padded.Reference, 1e-7);
    }

    [Fact]
    public void Images_in_another_order_have_the_same_influences()
    {
        int[] order = [.. Enumerable.Range(0, 48).Select(i => i * 5 % 48)];
        FeatureSet candidate = GoldenSets.Set(GoldenSets.Candidate), shuffled = GoldenSets.Set(new SelectedRows(GoldenSets.Candidate, order));
        double[] plain = Fid(GoldenSets.Set(GoldenSets.Reference), candidate, new PlainProducts(), true).Influence!.Candidate;
        double[] other = Fid(GoldenSets.Set(GoldenSets.Reference), shuffled, new PlainProducts(), true).Influence!.Candidate;
        AssertClose([.. order.Select(i => plain[i])], other, 1e-9);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Draw(1, 700, 90, 1, 0)), candidate = GoldenSets.Set(GoldenSets.Draw(2, 600, 90, 1.1, 0.1));
        using MatrixEngine one = new(threads: 1), three = new(threads: 3);
        MetricValue first = Fid(reference, candidate, one, true), second = Fid(reference, candidate, three, true);
        Assert.Equal(first.Influence!.Reference, second.Influence!.Reference);
        Assert.Equal(first.Influence.Candidate, second.Influence.Candidate);
    }

    [Fact]
    public void A_reference_of_moments_alone_leaves_influences_of_the_candidate_and_no_error()
    {
        double[] mean = MomentAccumulator.Mean(GoldenSets.Reference);
        double[] covariance = MomentAccumulator.Covariance(GoldenSets.Reference, mean, new PlainProducts(), CancellationToken.None);
        FeatureSet moments = new() { Source = "s", Count = 64, Fingerprint = "f", Moments = new FeatureMoments(mean, covariance, 64) };
        MetricValue fid = Fid(moments, GoldenSets.Set(GoldenSets.Candidate), new PlainProducts(), true);
        MetricValue whole = Fid(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), new PlainProducts(), true);
        Assert.Equal((null, null, 0), (fid.StandardError, fid.Interval, fid.Influence!.Reference.Length));
        AssertClose(whole.Influence!.Candidate, fid.Influence.Candidate, 1e-9);
    }

    [Fact]
    public void Without_errors_the_value_has_the_same_bits_and_nothing_else()
    {
        MetricValue with = Fid(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), new PlainProducts(), true);
        MetricValue without = Fid(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), new PlainProducts(), false);
        Assert.Equal(with.Value, without.Value);
        Assert.Equal((null, null, null), (without.StandardError, without.Interval, without.Influence));
    }

    private static MetricValue Fid(FeatureSet reference, FeatureSet candidate, IMatrixProducts products, bool withErrors) => MetricRegistry.Compute(
        [MetricRegistry.Find("fid")!], [], new MetricInputs(reference, candidate, products) { WithErrors = withErrors }, CancellationToken.None).Values[0];

    private static FeatureSet Without(FeatureSet set, int image) =>
        set with { Count = set.Count - 1, Features = new SelectedRows(set.Features!, [.. Enumerable.Range(0, set.Count).Where(i => i != image)]) };

    private static int[] Every(int count, int step) => [.. Enumerable.Range(0, count).Where(i => i % step == 0)];

    private static void AssertLeavesOut(double[] influence, int[] images, Func<int, double> change, int count)
    {
        double[] changes = [.. images.Select(change)];

        // Both less their means: a constant is the bias, not an image's.
        double[] exact = MetricInfluence.Centred([.. changes.Select(c => -(count - 1) * c)]), ours = MetricInfluence.Centred([.. images.Select(i => influence[i])]);
        double distance = Math.Sqrt(exact.Zip(ours).Sum(pair => Math.Pow(pair.First - pair.Second, 2))), size = Math.Sqrt(exact.Sum(v => v * v));
        Assert.InRange(distance / size, 0, 0.01);
        Assert.InRange(RankCorrelation.Spearman(exact, ours)!.Value, 0.999, 1);
    }

    private static void AssertClose(double[] expected, double[] actual, double relative)
    {
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - (relative * scale), pair.First + (relative * scale)));
    }
}
