using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class FrechetInceptionDistanceTests
{
    // The golden sets are float64; ours round them to float32, which moves the distance by about 1e-8.
    private const double AfterRounding = 1e-7;

    private static readonly FeatureSet Reference = GoldenSets.Set(GoldenSets.Reference);
    private static readonly FeatureSet Candidate = GoldenSets.Set(GoldenSets.Candidate);

    [Fact]
    public void It_equals_the_square_root_of_the_covariance_product_by_scipy() =>
        MetricRun.AssertClose(1.4269883130540766, MetricRun.Of("fid", Reference, Candidate)["fid"].Value, AfterRounding);

    [Fact]
    public void It_is_symmetric_in_its_sets() =>
        MetricRun.AssertClose(1.4269883130540766, MetricRun.Of("fid", Candidate, Reference)["fid"].Value, AfterRounding);

    [Fact]
    public void Fewer_images_than_features_give_the_same_as_the_rank_deficient_route()
    {
        FeatureSet reference = GoldenSets.Set(Head(GoldenSets.Reference, 8)), candidate = GoldenSets.Set(Head(GoldenSets.Candidate, 8));
        MetricRun.AssertClose(7.128456540205879, MetricRun.Of("fid", reference, candidate)["fid"].Value, 1e-6);
    }

    // The singular values of X1 X2^T, by MathNet's SVD, give the trace without squaring anything: the most exact of all routes.
    [Fact]
    public void Fewer_images_than_features_give_the_sum_of_singular_values()
    {
        FeatureMatrix reference = GoldenSets.Draw(11, 9, 40, 1, 0), candidate = GoldenSets.Draw(12, 7, 40, 1.3, 0.2);
        double expected = SingularValueRoute(reference, candidate);
        MetricRun.AssertClose(expected, MetricRun.Of("fid", GoldenSets.Set(reference), GoldenSets.Set(candidate))["fid"].Value, 1e-12);
        MetricRun.AssertClose(expected, MetricRun.Of("fid", GoldenSets.Set(candidate), GoldenSets.Set(reference))["fid"].Value, 1e-12);
    }

    [Fact]
    public void A_set_against_itself_is_zero() =>
        Assert.InRange(MetricRun.Of("fid", Reference, Reference)["fid"].Value!.Value, 0, 1e-12);

    [Fact]
    public void Statistics_alone_give_the_same_as_features()
    {
        PlainProducts products = new();
        FeatureSet Statistics(FeatureMatrix rows)
        {
            double[] mean = MomentAccumulator.Mean(rows);
            double[] covariance = MomentAccumulator.Covariance(rows, mean, products, CancellationToken.None);
            return new FeatureSet { Source = "s", Count = rows.Count, Fingerprint = "f", Moments = new FeatureMoments(mean, covariance, rows.Count) };
        }

        double fromFeatures = MetricRun.Of("fid", Reference, Candidate)["fid"].Value!.Value;
        double fromStatistics = MetricRun.Of("fid", Statistics(GoldenSets.Reference), Statistics(GoldenSets.Candidate))["fid"].Value!.Value;
        double mixed = MetricRun.Of("fid", Statistics(GoldenSets.Reference), Candidate)["fid"].Value!.Value;
        MetricRun.AssertClose(fromFeatures, fromStatistics, 1e-12);
        MetricRun.AssertClose(fromFeatures, mixed, 1e-12);
    }

    [Fact]
    public void One_image_is_a_stated_error_and_no_number()
    {
        MetricValue value = MetricRun.Of("fid", GoldenSets.Set(Head(GoldenSets.Reference, 1)), Candidate)["fid"];
        Assert.Null(value.Value);
        Assert.Equal("FID needs at least 2 images in each set; the reference has 1", value.Error);
    }

    [Fact]
    public void Sets_of_different_widths_are_a_stated_error()
    {
        MetricValue value = MetricRun.Of("fid", GoldenSets.Set(GoldenSets.Draw(1, 9, 4, 1, 0)), Candidate)["fid"];
        Assert.Contains("4 features an image and the candidate 16", value.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(8, 8, "FID: the covariance of 8 reference images of 16 features has rank 7 at most, the covariance of 8 candidate images of 16 features has rank 7 at most: it is biased upwards; compare only at equal sizes.")]
    [InlineData(64, 16, "FID: the covariance of 16 candidate images of 16 features has rank 15 at most: it is biased upwards; compare only at equal sizes.")]
    [InlineData(17, 17, null)]
    public void Fewer_images_than_features_carry_a_warning(int references, int candidates, string? expected)
    {
        MetricInputs inputs = new(GoldenSets.Set(Head(GoldenSets.Reference, references)), GoldenSets.Set(Head(GoldenSets.Candidate, candidates)), new PlainProducts());
        IReadOnlyList<string> notes = MetricRegistry.Compute([MetricRegistry.Find("fid")!], [], inputs, CancellationToken.None).Notes;
        Assert.Equal(expected is null ? [] : [expected], notes);
    }

    [Fact]
    public void A_constant_feature_changes_nothing()
    {
        FeatureMatrix Padded(FeatureMatrix rows)
        {
            float[][] padded = [.. Enumerable.Range(0, rows.Count).Select(i => rows.Row(i).ToArray().Append(3f).ToArray())];
            return GoldenSets.Rows(padded);
        }

        double plain = MetricRun.Of("fid", Reference, Candidate)["fid"].Value!.Value;
        double padded = MetricRun.Of("fid", GoldenSets.Set(Padded(GoldenSets.Reference)), GoldenSets.Set(Padded(GoldenSets.Candidate)))["fid"].Value!.Value;
        MetricRun.AssertClose(plain, padded, 1e-9);
    }

    private static double SingularValueRoute(FeatureMatrix reference, FeatureMatrix candidate)
    {
        static MathNet.Numerics.LinearAlgebra.Matrix<double> Centred(FeatureMatrix rows, double[] mean) =>
            MathNet.Numerics.LinearAlgebra.Matrix<double>.Build.Dense(
                rows.Count, rows.Width, (i, d) => (rows.Row(i)[d] - mean[d]) / Math.Sqrt(rows.Count - 1));
        double[] referenceMean = MomentAccumulator.Mean(reference), candidateMean = MomentAccumulator.Mean(candidate);
        var x = Centred(reference, referenceMean);
        var y = Centred(candidate, candidateMean);
        double between = referenceMean.Zip(candidateMean).Sum(pair => (pair.First - pair.Second) * (pair.First - pair.Second));
        double traces = x.PointwiseMultiply(x).RowSums().Sum() + y.PointwiseMultiply(y).RowSums().Sum();
        return between + traces - (2 * (x * y.Transpose()).Svd(computeVectors: false).S.Sum());
    }

    private static DenseFeatureMatrix Head(FeatureMatrix rows, int count)
    {
        float[] values = new float[count * rows.Width];
        rows.CopyRows(0, count, values);
        return new DenseFeatureMatrix(values, count, rows.Width);
    }
}
