using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;

namespace QualityGate.Tests.Metrics;

public sealed class InceptionScoreTests
{
    // Seed 3, 40 x 10, g * 3; torch-fidelity's algorithm in float64.
    private static readonly FeatureSet Logits = GoldenSets.Set(null, GoldenSets.Draw(3, 40, 10, 3, 0));

    [Fact]
    public void Four_shuffled_splits_give_what_torch_fidelity_gives()
    {
        Dictionary<string, MetricValue> values = MetricRun.Of("inception_score", Logits, Logits, "splits=4");
        MetricRun.AssertClose(2.0222672856031596, values["inception_score"].Value, 1e-7);
        MetricRun.AssertClose(0.05897215177755064, values["inception_score_std"].Value, 1e-6);
    }

    [Theory]
    [InlineData("original", 4, 2.0275597662102753)]
    [InlineData("torch-fidelity", 1, 2.148975181378544)]
    [InlineData("adm", 4, 2.148975181378544)]
    public void Other_conventions_cut_the_set_in_their_own_way(string convention, int splits, double expected) =>
        MetricRun.AssertClose(
            expected, MetricRun.Of("inception_score", Logits, Logits, $"splits={splits}", $"convention={convention}")["inception_score"].Value, 1e-7);

    [Fact]
    public void Uneven_splits_are_cut_at_whole_shares()
    {
        FeatureSet logits = GoldenSets.Set(null, GoldenSets.Draw(3, 37, 10, 3, 0));
        MetricRun.AssertClose(
            1.9488381902789946, MetricRun.Of("inception_score", logits, logits, "splits=4", "convention=original")["inception_score"].Value, 1e-7);
    }

    // expected.json: torch-fidelity shuffled by RandomState(2020) and in order, dgm-eval, and one split, on float32 logits.
    [Theory]
    [InlineData("logits_1003_c10_uneven_splits", "torch-fidelity", 10, 3.851489338689608, 0.17253576458675673)]
    [InlineData("logits_1003_c10_uneven_splits", "original", 10, 3.852424337953491, 0.1393143699659422)]
    [InlineData("logits_1003_c10_uneven_splits", "dgm-eval", 10, 3.8588750291974234, 0.1377878868162272)]
    [InlineData("logits_1003_c10_uneven_splits", "original", 1, 3.941749951463765, 0)]
    [InlineData("logits_peaked_500_c50", "torch-fidelity", 10, 28.01394273729094, 1.5424032664880358)]
    [InlineData("logits_peaked_500_c50", "original", 10, 28.330394762801127, 1.7901507701837847)]
    [InlineData("logits_peaked_500_c50", "dgm-eval", 10, 28.330394762801138, 1.7901507701837858)]
    [InlineData("logits_peaked_500_c50", "torch-fidelity", 1, 47.24794218960173, 0)]
    [InlineData("logits_uniform_200_c7", "torch-fidelity", 10, 1, 0)]
    [InlineData("logits_extreme_300_c20", "torch-fidelity", 10, 13.945172061146701, 1.2310414496548736)]
    [InlineData("logits_extreme_300_c20", "original", 10, 12.989539510340762, 0.982494708202784)]
    [InlineData("logits_extreme_300_c20", "original", 1, 18.94418324745076, 0)]
    [InlineData("logits_n5_lt_splits_c4", "original", 1, 1.2919791429139285, 0)]
    public void It_is_what_the_public_implementations_give(string set, string convention, int splits, double mean, double deviation)
    {
        FeatureSet logits = GoldenSets.Set(
            null, FeatureFile.Read($"{RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", "isc_logits_small.npz")}#{set}").Features);
        Dictionary<string, MetricValue> values = MetricRun.Of("inception_score", logits, logits, $"splits={splits}", $"convention={convention}");
        MetricRun.AssertClose(mean, values["inception_score"].Value, 1e-9);
        Assert.Equal(deviation, values["inception_score_std"].Value!.Value, 1e-9);
    }

    // golden.json: 37 images in four parts of nine.
    [Fact]
    public void What_is_left_over_is_dropped_as_dgm_eval_does()
    {
        FeatureSet logits = GoldenSets.Set(null, GoldenSets.Draw(3, 37, 10, 3, 0));
        MetricRun.AssertClose(
            1.9456666519449126, MetricRun.Of("inception_score", logits, logits, "splits=4", "convention=dgm-eval")["inception_score"].Value, 1e-7);
    }

    [Fact]
    public void Fewer_images_than_splits_is_a_stated_error()
    {
        FeatureSet logits = GoldenSets.Set(null, GoldenSets.Draw(3, 5, 10, 3, 0));
        Assert.Equal("10 splits need at least 10 images; the candidate has 5", MetricRun.Of("inception_score", logits, logits)["inception_score"].Error);
    }

    [Fact]
    public void No_logits_is_a_stated_error()
    {
        FeatureSet features = GoldenSets.Set(GoldenSets.Reference);
        Assert.Contains("class logits", MetricRun.Of("inception_score", features, features)["inception_score"].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Extreme_logits_stay_finite()
    {
        FeatureSet logits = GoldenSets.Set(null, GoldenSets.Rows([[1e4f, -1e4f], [-1e4f, 1e4f]]));
        MetricRun.AssertClose(2, MetricRun.Of("inception_score", logits, logits, "splits=1")["inception_score"].Value, 1e-12);
    }
}
