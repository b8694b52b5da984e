using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Tests.Metrics;

/// <summary>KID of sets in Data/vectors against torch-fidelity fed with float64 and with float32 features, and the U-statistic's formula.</summary>
public sealed class KernelVectorTests
{
    // Float64: nine digits. Float32: torch-fidelity multiplies in float32, which moves the sixth digit, or what is left of it after the terms cancel.
    [Theory]
    [InlineData("gauss_500_700_d64", 250, 0.12723669041918964, 0.013409045473720883, 1e-9)]
    [InlineData("gauss_500_700_d64", 250, 0.12723667395582325, 0.013409063952984137, 2e-6)]
    [InlineData("identical_400_d64", 200, -0.03544493084277058, 0.0030735659570893547, 1e-9)]
    [InlineData("identical_400_d64", 200, -0.03544494751099249, 0.0030735689641667365, 2e-6)]
    [InlineData("n_lt_d_100_120_d256", 50, 0.038613283915530906, 0.010621176825208025, 1e-9)]
    [InlineData("n_lt_d_100_120_d256", 50, 0.0386132814094388, 0.010621154512157706, 4e-6)]
    [InlineData("k_ge_n_4_5_d8", 2, 2.3403284879188795, 3.014136611692854, 1e-9)]
    [InlineData("k_ge_n_4_5_d8", 2, 2.340328460931778, 3.0141367554797647, 2e-6)]
    [InlineData("dups_300_300_d32", 150, 0.15697074273536774, 0.023410859681845104, 1e-9)]
    [InlineData("dups_300_300_d32", 150, 0.15697073375745713, 0.023410823510924553, 2e-6)]
    public void Fifty_subsets_are_those_of_torch_fidelity(string set, int size, double mean, double deviation, double relative)
    {
        Dictionary<string, MetricValue> values = Measure(set, "subsets=50", $"subset_size={size}");
        MetricRun.AssertClose(mean, values["kid"].Value, relative);
        MetricRun.AssertClose(deviation, values["kid_std"].Value, relative);
    }

    [Theory]
    [InlineData("gauss_500_700_d64", 0.12983334733093832)]
    [InlineData("identical_400_d64", -0.03497287661418369)]
    [InlineData("n_lt_d_100_120_d256", 0.038493079828982424)]
    [InlineData("k_ge_n_4_5_d8", 1.5554162447537732)]
    [InlineData("dups_300_300_d32", 0.15561038606160071)]
    public void The_whole_sets_give_the_unbiased_statistic(string set, double expected) =>
        MetricRun.AssertClose(expected, Measure(set, "subsets=all")["kid"].Value, 1e-9);

    // Kernel values near 1000 cancel to nothing but rounding.
    [Fact]
    public void Constant_sets_are_zero()
    {
        Assert.InRange(Measure("constant_50_60_d16", "subsets=50", "subset_size=25")["kid"].Value!.Value, -1e-11, 1e-11);
        Assert.InRange(Measure("constant_50_60_d16", "subsets=all")["kid"].Value!.Value, -1e-11, 1e-11);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(300)]
    public void Workers_change_no_bit(int size)
    {
        (FeatureSet reference, FeatureSet candidate) = Read("gauss_500_700_d64");
        using MatrixEngine engine = new();
        double[] Values(int workers)
        {
            System.Random random = new(4);
            int[] Draw(int count) => [.. Enumerable.Range(0, count).OrderBy(_ => random.Next()).Take(size)];
            KernelInceptionDistance.Draw[] draws = [.. Enumerable.Range(0, 7).Select(_ => new KernelInceptionDistance.Draw(Draw(700), Draw(500)))];
            return SubsetDiscrepancies.Compute(candidate.Features!, reference.Features!, draws, engine, workers, CancellationToken.None);
        }

        Assert.Equal(Values(1), Values(3));
        Assert.Equal(
            SubsetDiscrepancies.Whole(candidate.Features!, reference.Features!, engine, 1, CancellationToken.None),
            SubsetDiscrepancies.Whole(candidate.Features!, reference.Features!, engine, 5, CancellationToken.None));
    }

    private static Dictionary<string, MetricValue> Measure(string set, params string[] settings)
    {
        (FeatureSet reference, FeatureSet candidate) = Read(set);
        return MetricRun.Of("kid", reference, candidate, settings);
    }

    private static (FeatureSet Reference, FeatureSet Candidate) Read(string set)
    {
        string path = RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", $"{set}.npz");
        return (FeatureFile.Read($"{path}#real"), FeatureFile.Read($"{path}#fake"));
    }
}
