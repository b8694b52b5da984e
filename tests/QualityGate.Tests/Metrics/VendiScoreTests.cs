using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Linear;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class VendiScoreTests
{
    // vendi_score on float64 inputs; ours are rounded to float32.
    [Theory]
    [InlineData("1", 13.408945397850983)]
    [InlineData("2", 11.941718765559559)]
    [InlineData("inf", 7.7393495139640605)]
    public void The_golden_set_gives_what_the_authors_code_gives(string q, double expected) =>
        MetricRun.AssertClose(expected, MetricRun.Of("vendi", GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), $"q={q}")["vendi"].Value, 1e-8);

    // expected.json, vendi:score_X_fake; more images than features, fewer, and copies.
    [Theory]
    [InlineData("gauss_500_700_d64", 59.921282904113404)]
    [InlineData("n_lt_d_100_120_d256", 94.07090561170304)]
    [InlineData("k_ge_n_4_5_d8", 3.9237315367195444)]
    [InlineData("dups_300_300_d32", 22.826129511534997)]
    public void Float32_sets_give_it_to_nine_digits(string set, double expected)
    {
        var candidate = FeatureFile.Read($"{RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", $"{set}.npz")}#fake");
        using MatrixEngine engine = new();
        MetricInputs inputs = new(candidate, candidate, engine);
        MetricRun.AssertClose(expected, MetricRegistry.Compute([MetricRegistry.Find("vendi")!], [], inputs, CancellationToken.None).Values[0].Value, 1e-9);
    }

    // The two examples of the authors' README.
    [Fact]
    public void The_authors_examples_come_out()
    {
        Assert.Equal(2.1573004833739833, Score([1, 0.9, 0, 0.9, 1, 0, 0, 0, 1], 3), 1e-12);
        double[] samples = [0, 0, 10, 10, 20, 20];
        Assert.Equal(2.9999999958777006, Score([.. samples.SelectMany(a => samples.Select(b => Math.Exp(-Math.Abs(a - b))))], 6), 1e-9);
    }

    [Fact]
    public void Images_all_alike_count_once_and_orthogonal_ones_each()
    {
        FeatureMatrix alike = GoldenSets.Rows([.. Enumerable.Range(1, 9).Select(i => new[] { i * 1f, i * 2f })]);
        FeatureMatrix apart = GoldenSets.Rows([.. Enumerable.Range(0, 5).Select(i => Enumerable.Range(0, 5).Select(d => d == i ? 3f : 0).ToArray())]);
        Assert.Equal(1, MetricRun.Of("vendi", GoldenSets.Set(alike), GoldenSets.Set(alike))["vendi"].Value!.Value, 1e-12);
        Assert.Equal(5, MetricRun.Of("vendi", GoldenSets.Set(apart), GoldenSets.Set(apart))["vendi"].Value!.Value, 1e-12);
        Assert.Equal(5, MetricRun.Of("vendi", GoldenSets.Set(apart), GoldenSets.Set(apart), "q=0.5")["vendi"].Value!.Value, 1e-11);
    }

    [Fact]
    public void Features_of_zeros_have_no_direction()
    {
        FeatureMatrix rows = GoldenSets.Rows([[1f, 2f], [0f, 0f], [2f, 1f]]);
        Assert.Equal("the features of image 1 of the candidate are all zero, which has no direction", MetricRun.Of("vendi", GoldenSets.Set(rows), GoldenSets.Set(rows))["vendi"].Error);
    }

    private static double Score(double[] similarity, int n)
    {
        VectorKernels.Scale(similarity, 1.0 / n);
        return VendiScore.Score(SymmetricEigenvalues.Compute(similarity, n, new PlainProducts()), 1);
    }
}
