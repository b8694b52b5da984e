using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class NeighbourErrorTests
{
    private static readonly string[] Families = ["prdc", "improved_precision_recall", "clipped_density_coverage", "realism", "rarity", "authenticity"];

    [Fact]
    public void Every_neighbour_metric_has_an_error_an_interval_around_it_and_influences_that_sum_to_nothing()
    {
        FeatureSet reference = Draw(120, 4, 1), candidate = Draw(100, 4, 2, shift: 0.4f);
        foreach (MetricValue value in Families.SelectMany(family => MetricRun.Of(family, reference, candidate).Values))
        {
            Assert.True(value.StandardError is >= 0 and < 2, $"{value.Name}: {value.StandardError}");
            Assert.True(value.Interval!.Value.Low <= value.Value && value.Value <= value.Interval.Value.High, value.Name);
            Assert.Equal(0, value.Influence!.Reference.Sum(), 9);
            Assert.Equal(0, value.Influence.Candidate.Sum(), 9);
            Assert.True(value.Influence.Reference.Length is 0 or 120 && value.Influence.Candidate.Length is 0 or 100, value.Name);
        }
    }

    [Theory]
    [InlineData("prdc", "precision")]
    [InlineData("prdc", "density")]
    [InlineData("improved_precision_recall", "improved_precision")]
    [InlineData("rarity", "rarity_out_of_manifold")]
    [InlineData("rarity", "rarity")]
    [InlineData("authenticity", "authenticity")]
    [InlineData("realism", "realism")]
    public void Leaving_a_candidate_out_moves_a_mean_over_candidates_by_exactly_its_influence(string family, string metric)
    {
        FeatureSet reference = Draw(60, 3, 3), candidate = Draw(40, 3, 4, shift: 0.8f);
        MetricValue whole = MetricRun.Of(family, reference, candidate)[metric];
        double factor = metric == "rarity" ? CountedFactor(reference, candidate) : 1;
        for (int left = 0; left < 40; left += 3)
        {
            double moved = MetricRun.Of(family, reference, Without(candidate, left))[metric].Value!.Value - whole.Value!.Value;
            Assert.Equal(-whole.Influence!.Candidate[left] / 39, moved * (Math.Abs(whole.Influence.Candidate[left]) < 1e-12 ? 1 : factor), 9);
        }
    }

    [Theory]
    [InlineData("prdc", "precision", true)]
    [InlineData("prdc", "density", true)]
    [InlineData("prdc", "coverage", true)]
    [InlineData("prdc", "coverage", false)]
    [InlineData("prdc", "recall", false)]
    [InlineData("prdc", "recall", true)]
    [InlineData("improved_precision_recall", "improved_recall", false)]
    [InlineData("improved_precision_recall", "improved_precision", true)]
    public void Influences_rank_images_as_leaving_each_out_does(string family, string metric, bool ofReference)
    {
        FeatureSet reference = Draw(80, 3, 5), candidate = Draw(70, 3, 6, shift: 0.7f);
        MetricValue whole = MetricRun.Of(family, reference, candidate)[metric];
        double[] influence = ofReference ? whole.Influence!.Reference : whole.Influence!.Candidate;
        double[] moved = new double[influence.Length];
        for (int i = 0; i < moved.Length; i++)
        {
            Dictionary<string, MetricValue> rest = ofReference
                ? MetricRun.Of(family, Without(reference, i), candidate)
                : MetricRun.Of(family, reference, Without(candidate, i));
            moved[i] = (whole.Value!.Value - rest[metric].Value!.Value) * (influence.Length - 1);
        }

        double mean = moved.Average();
        double wrong = Enumerable.Range(0, moved.Length).Count(i => Math.Abs(moved[i] - mean - influence[i]) > 1e-9) / (double)moved.Length;
        Assert.True(RankCorrelation.Spearman(influence, moved) > 0.97, $"rank correlation {RankCorrelation.Spearman(influence, moved)}");
        Assert.InRange(wrong, 0, 0.05);
    }

    [Fact]
    public void The_error_of_shares_is_what_independent_draws_spread()
    {
        const int draws = 60;
        string[] metrics = ["precision", "recall", "density", "coverage"];
        Dictionary<string, MetricValue>[] runs = [.. Enumerable.Range(0, draws).Select(s => MetricRun.Of("prdc", Draw(200, 4, 100 + (2 * s)), Draw(200, 4, 101 + (2 * s), shift: 0.5f)))];
        foreach (string metric in metrics)
        {
            double[] values = [.. runs.Select(run => run[metric].Value!.Value)];
            double mean = values.Average(), spread = Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (draws - 1));
            Assert.InRange(runs.Average(run => run[metric].StandardError!.Value) / spread, 0.8, 1.45);
        }
    }

    [Fact]
    public void Errors_and_influences_have_the_same_bits_whatever_the_tiles_and_threads()
    {
        FeatureSet reference = Draw(300, 5, 7), candidate = Draw(260, 5, 8, shift: 0.3f);
        MetricValue[] first = [.. Families.SelectMany(family => MetricRun.Of(family, reference, candidate).Values)];
        MetricValue[][] others = new MetricValue[4][];
        Parallel.For(0, others.Length, i => others[i] = [.. Families.SelectMany(family => MetricRun.Of(family, reference, candidate).Values)]);
        foreach (MetricValue[] again in others)
        {
            for (int m = 0; m < first.Length; m++)
            {
                Assert.Equal(BitConverter.DoubleToInt64Bits(first[m].StandardError ?? -1), BitConverter.DoubleToInt64Bits(again[m].StandardError ?? -1));
                Assert.Equal(first[m].Influence!.Reference, again[m].Influence!.Reference);
                Assert.Equal(first[m].Influence!.Candidate, again[m].Influence!.Candidate);
            }
        }
    }

    [Fact]
    public void Copies_on_both_sides_break_no_error()
    {
        FeatureSet reference = Repeated(Draw(20, 3, 9), 4), candidate = Repeated(Draw(15, 3, 10), 5);
        foreach (MetricValue value in Families.SelectMany(family => MetricRun.Of(family, reference, candidate).Values).Where(v => v.Value is not null))
        {
            Assert.True(value.StandardError is null or >= 0, value.Name);
            Assert.All(value.Influence!.Reference, number => Assert.True(double.IsFinite(number)));
            Assert.All(value.Influence.Candidate, number => Assert.True(double.IsFinite(number)));
        }
    }

    [Fact]
    public void Sets_too_small_for_halves_have_values_without_errors()
    {
        MetricValue precision = MetricRun.Of("prdc", Draw(8, 3, 11), Draw(8, 3, 12))["precision"];
        Assert.NotNull(precision.Value);
        Assert.Null(precision.StandardError);
        Assert.Null(precision.Interval);
    }

    // Of a mean over some images, what is left out also changes how many there are: exact up to that.
    private static double CountedFactor(FeatureSet reference, FeatureSet candidate)
    {
        double outside = MetricRun.Of("rarity", reference, candidate)["rarity_out_of_manifold"].Value!.Value;
        double inside = Math.Round((1 - outside) * candidate.Count);
        return (inside - 1) / inside * candidate.Count / (candidate.Count - 1);
    }

    private static FeatureSet Without(FeatureSet set, int row) => RowSubset.Of(set, [.. Enumerable.Range(0, set.Count).Where(i => i != row)]);

    private static FeatureSet Repeated(FeatureSet set, int times) => RowSubset.Of(set, [.. Enumerable.Range(0, set.Count * times).Select(i => i % set.Count)]);

    private static FeatureSet Draw(int count, int width, int seed, float shift = 0)
    {
        Random random = new(seed);
        float[] values = [.. Enumerable.Range(0, count * width).Select(_ => (float)(Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble())) + shift)];
        return new FeatureSet { Source = "drawn", Count = count, Fingerprint = $"{seed}", Features = new DenseFeatureMatrix(values, count, width) };
    }
}
