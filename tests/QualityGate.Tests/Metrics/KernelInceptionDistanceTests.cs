using QualityGate.Features;
using QualityGate.Metrics;

namespace QualityGate.Tests.Metrics;

public sealed class KernelInceptionDistanceTests
{
    private static readonly FeatureSet Reference = GoldenSets.Set(GoldenSets.Reference);
    private static readonly FeatureSet Candidate = GoldenSets.Set(GoldenSets.Candidate);

    // torch-fidelity's algorithm in float64, 10 subsets of 20, RandomState(2020), candidate drawn first.
    [Fact]
    public void Subsets_are_drawn_as_torch_fidelity_draws_them()
    {
        Dictionary<string, MetricValue> values = MetricRun.Of("kid", Reference, Candidate, "subsets=10", "subset_size=20");
        MetricRun.AssertClose(0.04237927062713938, values["kid"].Value, 1e-6);
        MetricRun.AssertClose(0.03907762641248322, values["kid_std"].Value, 1e-6);
    }

    [Theory]
    [InlineData("subsets=all")]
    [InlineData("convention=full")]
    public void The_whole_sets_give_the_unbiased_statistic(string setting) =>
        MetricRun.AssertClose(0.059237852923561096, MetricRun.Of("kid", Reference, Candidate, setting)["kid"].Value, 1e-6);

    [Fact]
    public void Few_subsets_of_a_large_set_are_multiplied_alone_and_give_the_same()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Draw(7, 400, 16, 1, 0)), candidate = GoldenSets.Set(GoldenSets.Draw(8, 380, 16, 1.2, 0));
        MetricValue alone = MetricRun.Of("kid", reference, candidate, "subsets=3", "subset_size=20")["kid"];
        double expected = PlainKid.Mean(reference.Features!, candidate.Features!, 3, 20, 2020);
        MetricRun.AssertClose(expected, alone.Value, 1e-9);
        MetricValue shared = MetricRun.Of("kid", reference, candidate, "subsets=40", "subset_size=200")["kid"];
        MetricRun.AssertClose(PlainKid.Mean(reference.Features!, candidate.Features!, 40, 200, 2020), shared.Value, 1e-9);
    }

    [Fact]
    public void Subsets_larger_than_a_set_are_a_stated_error_that_names_the_way_out()
    {
        MetricValue value = MetricRun.Of("kid", Reference, Candidate)["kid"];
        Assert.Equal(
            "KID draws subsets of 1000 images; the reference has 64. Set kid.subset_size to 64 or less, or kid.subsets to all", value.Error);
    }
}
