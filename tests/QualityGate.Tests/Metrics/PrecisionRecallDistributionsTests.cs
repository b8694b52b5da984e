using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Clustering;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Random;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class PrecisionRecallDistributionsTests
{
    private static readonly double[] Evaluated = [0.1, 0.2, 0.3, 0.4, 0], Uniform = [0.2, 0.2, 0.2, 0.2, 0.2];

    // golden.json: the authors' compute_prd and prd_to_max_f_beta_pair on given histograms.
    [Fact]
    public void Given_histograms_give_the_authors_curve_exactly()
    {
        (double[] precision, double[] recall) = PrecisionRecallDistributions.Curve(Evaluated, Uniform);
        Assert.Equal([8.000000000000001e-11, 0.7, 1.0], new[] { 0, 500, 1000 }.Select(a => precision[a]), Close);
        Assert.Equal([0.8, 0.7, 1.0000006950637704e-10], new[] { 0, 500, 1000 }.Select(a => recall[a]), Close);
        Assert.Equal(0.787863100408397, PrecisionRecallDistributions.LargestF(precision, recall, 8), 1e-12);
        Assert.Equal(0.9848288753231104, PrecisionRecallDistributions.LargestF(precision, recall, 1.0 / 8), 1e-12);
        (precision, recall) = PrecisionRecallDistributions.Curve(Uniform, Evaluated);
        Assert.Equal(0.9848288755112427, PrecisionRecallDistributions.LargestF(precision, recall, 8), 1e-12);
        Assert.Equal(0.7878631002202644, PrecisionRecallDistributions.LargestF(precision, recall, 1.0 / 8), 1e-12);
    }

    // expected.json: mean and standard deviation of the authors' code over ten unseeded runs of its own ten.
    [Theory]
    [InlineData("gauss_500_700_d64", 0.9497595184442107, 0.005990603322904104, 0.9331708744956397, 0.00744407787415187)]
    [InlineData("dups_300_300_d32", 0.9214453645360028, 0.008534237826217385, 0.8739816817190424, 0.01151528662467763)]
    [InlineData("n_lt_d_100_120_d256", 0.9129258596476657, 0.010428308651270543, 0.8856069041523, 0.005948419178347933)]
    public void The_whole_lies_within_four_deviations_of_the_authors_code(string set, double f8, double f8Deviation, double f18, double f18Deviation)
    {
        Dictionary<string, MetricValue> values = Measure(set);
        Assert.InRange(values["prd_f8"].Value!.Value, f8 - (4 * f8Deviation), f8 + (4 * f8Deviation));
        Assert.InRange(values["prd_f1_8"].Value!.Value, f18 - (4 * f18Deviation), f18 + (4 * f18Deviation));
    }

    [Theory]
    [InlineData("identical_400_d64")]
    [InlineData("constant_50_60_d16")]
    public void Equal_distributions_score_one(string set) => Assert.All(Measure(set).Values, v => Assert.Equal(1, v.Value!.Value, 1e-6));

    [Fact]
    public void Distributions_far_apart_score_nothing_and_a_missing_half_costs_recall_alone()
    {
        FeatureSet near = GoldenSets.Set(GoldenSets.Draw(1, 200, 8, 1, 0)), far = GoldenSets.Set(GoldenSets.Draw(2, 200, 8, 1, 100));
        Assert.All(MetricRun.Of("prd", near, far).Values, v => Assert.InRange(v.Value!.Value, 0, 1e-6));
        FeatureSet both = GoldenSets.Set(GoldenSets.Rows(
            [.. Enumerable.Range(0, 200).Select(i => (i % 2 == 0 ? near : far).Features!.Row(i).ToArray())]));
        Dictionary<string, MetricValue> half = MetricRun.Of("prd", both, near);
        Assert.InRange(half["prd_f8"].Value!.Value, 0.4, 0.6);
        Assert.InRange(half["prd_f1_8"].Value!.Value, 0.8, 1);
    }

    [Fact]
    public void The_same_seed_gives_the_same_bits_and_another_one_does_not()
    {
        Assert.Equal(Measure("n_lt_d_100_120_d256")["prd_f8"].Value, Measure("n_lt_d_100_120_d256")["prd_f8"].Value);
        Assert.NotEqual(Measure("n_lt_d_100_120_d256")["prd_f8"].Value, Measure("n_lt_d_100_120_d256", "seed=1")["prd_f8"].Value);
    }

    [Fact]
    public void Fewer_images_than_clusters_are_said() => Assert.Equal(
        "20 clusters need as many images; both sets together have 9. Set prd.clusters to less", Measure("k_ge_n_4_5_d8")["prd_f8"].Error);

    [Fact]
    public void Clusters_far_apart_are_found()
    {
        FeatureMatrix rows = GoldenSets.Rows([.. Enumerable.Range(0, 300).Select(i => new[] { (i % 3 * 100) + (i % 7 * 0.1f), i % 3 == 1 ? 50f : 0 })]);
        float[] centres = MiniBatchKMeans.Fit(new UnionRows(rows, rows, [0, 0]), 3, 5, new NumpyRandomState(1), new PlainProducts(), CancellationToken.None);
        Assert.Equal([0, 100, 200], Enumerable.Range(0, 3).Select(c => (double)(int)centres[c * 2]).Order());
    }

    private static bool Close(double a, double b) => Math.Abs(a - b) <= 1e-12 * Math.Max(Math.Abs(a), Math.Abs(b));

    private static Dictionary<string, MetricValue> Measure(string set, params string[] settings)
    {
        string path = RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", $"{set}.npz");
        using MatrixEngine engine = new();
        QualityGate.Specs.MetricParameter[] parameters = [.. settings.Select(t => t.Split('=')).Select(t => new QualityGate.Specs.MetricParameter("prd", t[0], t[1], null))];
        MetricInputs inputs = new(FeatureFile.Read($"{path}#real"), FeatureFile.Read($"{path}#fake"), engine);
        return MetricRegistry.Compute([MetricRegistry.Find("prd")!], parameters, inputs, CancellationToken.None).Values.ToDictionary(v => v.Name);
    }
}
