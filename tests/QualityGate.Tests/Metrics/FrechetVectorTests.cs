using MathNet.Numerics.LinearAlgebra;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Tests.Metrics;

/// <summary>FID of sets in Data/vectors against pytorch-fid (scipy's sqrtm), dgm-eval (eigenvalues) and the symmetric definition, all in float64.</summary>
public sealed class FrechetVectorTests
{
    [Theory]
    [InlineData("gauss_500_700_d64", 7.40261134530391, 1e-9)]
    [InlineData("gauss_500_700_d64", 7.4026113453037965, 1e-9)]
    [InlineData("gauss_500_700_d64", 7.402611345303853, 1e-9)]
    [InlineData("dups_300_300_d32", 7.183476261560564, 1e-9)]
    [InlineData("dups_300_300_d32", 7.183476261560493, 1e-9)]
    [InlineData("constant_50_60_d16", 0, 0)]

    // Fewer images than features: the routes differ among themselves from the seventh digit on.
    [InlineData("n_lt_d_100_120_d256", 256.25240651110886, 1e-6)]
    [InlineData("n_lt_d_100_120_d256", 256.252403303129, 1e-6)]
    [InlineData("k_ge_n_4_5_d8", 16.965331575668227, 1e-6)]
    [InlineData("k_ge_n_4_5_d8", 16.96533155239187, 1e-6)]
    public void It_is_what_the_public_implementations_give(string set, double expected, double relative)
    {
        using MatrixEngine engine = new();
        MetricRun.AssertClose(expected, Measure(Read(set, "real"), Read(set, "fake"), engine), relative);
    }

    [Fact]
    public void Identical_sets_are_zero_up_to_rounding()
    {
        using MatrixEngine engine = new();
        Assert.InRange(Measure(Read("identical_400_d64", "real"), Read("identical_400_d64", "fake"), engine), 0, 1e-11);
    }

    [Fact]
    public void Threads_change_no_bit()
    {
        using MatrixEngine one = new(threads: 1), three = new(threads: 3);
        FeatureSet reference = Read("gauss_500_700_d64", "real"), candidate = Read("gauss_500_700_d64", "fake");
        Assert.Equal(Measure(reference, candidate, one), Measure(reference, candidate, three));
    }

    // golden.json, float64 inputs: only statistics can carry them unrounded.
    [Fact]
    public void Statistics_in_float64_give_the_golden_numbers_to_nine_digits()
    {
        using MatrixEngine engine = new();
        MetricRun.AssertClose(1.4269883130540766, Measure(Moments(1, 64, 64, 1, 0), Moments(2, 48, 48, 1.1, 0.1), engine), 1e-9);
        MetricRun.AssertClose(7.128456540205879, Measure(Moments(1, 64, 8, 1, 0), Moments(2, 48, 8, 1.1, 0.1), engine), 1e-6);
        MetricRun.AssertClose(1.40890330567232, Measure(Moments(1, 64, 64, 1, 0, ddof: 0), Moments(2, 48, 48, 1.1, 0.1, ddof: 0), engine), 1e-9);
    }

    private static FeatureSet Moments(uint seed, int drawn, int count, double factor, double shift, int ddof = 1)
    {
        uint x = seed;
        double Next() => (x = (x * 1664525u) + 1013904223u) / 4294967296.0;
        Matrix<double> rows = Matrix<double>.Build.Dense(drawn, 16);
        for (int i = 0; i < drawn; i++)
        {
            for (int d = 0; d < 16; d++)
            {
                rows[i, d] = ((Next() + Next() + Next() + Next() - 2) * factor) + shift;
            }
        }

        rows = rows.SubMatrix(0, count, 0, 16);
        Vector<double> mean = rows.ColumnSums() / count;
        Matrix<double> centred = Matrix<double>.Build.Dense(count, 16, (i, d) => rows[i, d] - mean[d]);
        Matrix<double> covariance = centred.TransposeThisAndMultiply(centred) / (count - ddof);
        return new FeatureSet { Source = "golden", Count = count, Fingerprint = "golden", Moments = new FeatureMoments(mean.ToArray(), covariance.ToRowMajorArray(), 0) };
    }

    private static double Measure(FeatureSet reference, FeatureSet candidate, MatrixEngine engine) =>
        MetricRegistry.Compute([MetricRegistry.Find("fid")!], [], new MetricInputs(reference, candidate, engine), CancellationToken.None).Values[0].Value!.Value;

    private static FeatureSet Read(string set, string key) =>
        FeatureFile.Read($"{RepositoryFiles.At("tests", "QualityGate.Tests", "Data", "vectors", $"{set}.npz")}#{key}");
}
