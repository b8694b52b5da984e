using QualityGate.Features;
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
