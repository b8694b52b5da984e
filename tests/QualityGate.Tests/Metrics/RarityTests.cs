using QualityGate.Metrics;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class RarityTests
{
    // Authors' code: 13 of 48 outside, mean of the others.
    [Fact]
    public void Images_outside_all_balls_are_counted_and_left_out_of_the_mean()
    {
        Dictionary<string, MetricValue> values = MetricRun.Of("rarity", GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate));
        Assert.Equal(13.0 / 48, values["rarity_out_of_manifold"].Value);
        MetricRun.AssertClose(2.40429369615247, values["rarity"].Value, 1e-7);
    }

    [Fact]
    public void A_sweep_tells_at_each_k_how_many_are_outside_and_how_the_rankings_agree()
    {
        IMetricFamily family = MetricRegistry.Find("rarity")!;
        MeasuredMetrics measured = MetricRegistry.Compute(
            [family],
            [new("rarity", "k", "1..10", null)],
            new MetricInputs(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), new PlainProducts()),
            CancellationToken.None);
        MetricTable sweep = Assert.Single(measured.Tables, t => t.Name == "rarity.sweep");
        Assert.True(sweep.IsShown);
        Assert.Equal(10, sweep.Rows.Count);
        Assert.Equal(Enumerable.Range(1, 10).Select(k => (double?)k), sweep.Rows.Select(row => row[0]));
        for (int a = 0; a < 10; a++)
        {
            int k = a + 1;
            Assert.Equal(MetricRun.Of("rarity", GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), $"k={k}")["rarity_out_of_manifold"].Value, sweep.Rows[a][1]);
            Assert.Equal(1.0, sweep.Rows[a][a + 2]!.Value, 1e-12);
            for (int b = 0; b < 10; b++)
            {
                Assert.Equal(sweep.Rows[a][b + 2], sweep.Rows[b][a + 2]);
            }
        }

        // Balls grow with k, so fewer and fewer images are outside; near ks agree better than far ones.
        Assert.Equal(sweep.Rows.Select(row => row[1]).OrderDescending(), sweep.Rows.Select(row => row[1]));
        Assert.True(sweep.Rows[8][11] > sweep.Rows[0][11]);
        Assert.Equal(13.0 / 48, measured.Values.Single(v => v.Name == "rarity_out_of_manifold").Value);
        Assert.Equal("1,2,3,4,5,6,7,8,9,10", measured.Values[0].Parameters.Single(p => p.Key == "k").Value);
    }

    // scipy.stats.spearmanr([1, 2, 2, 4, 5, 0.5], [2, 1, 3, 3, 9, 0]) = 0.8676470588235294
    [Fact]
    public void Rank_correlation_shares_ranks_between_equals() =>
        Assert.Equal(0.8676470588235294, RankCorrelation.Spearman([1, 2, 2, 4, 5, 0.5], [2, 1, 3, 3, 9, 0])!.Value, 1e-12);

    [Fact]
    public void Nobody_inside_the_manifold_is_said_and_not_averaged()
    {
        Dictionary<string, MetricValue> values = MetricRun.Of(
            "rarity", GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Draw(2, 20, 16, 1, 100)));
        Assert.Equal("none of the 20 candidate images lies inside the reference's manifold", values["rarity"].Error);
        Assert.Equal(1, values["rarity_out_of_manifold"].Value);
    }

    [Theory]
    [InlineData("10..1")]
    [InlineData("0..3")]
    [InlineData("1..")]
    [InlineData("1..2..3")]
    [InlineData("1..100000")]
    [InlineData("")]
    [InlineData("1;2")]
    public void A_list_that_is_none_is_refused(string text) => Assert.Null(MetricRegistry.Find("rarity")!.Parameters[0].Parse(text));

    [Fact]
    public void A_list_is_sorted_and_each_number_is_there_once() => Assert.Equal(new[] { 1, 2, 3, 5 }, MetricRegistry.Find("rarity")!.Parameters[0].Parse("5,1..3,2"));
}
