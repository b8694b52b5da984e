using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Random;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class FrechetInfinityTests
{
    private static readonly FeatureSet Reference = GoldenSets.Set(GoldenSets.Draw(21, 400, 6, 1, 0));
    private static readonly FeatureSet Candidate = GoldenSets.Set(GoldenSets.Draw(22, 500, 6, 1.1, 0.1));

    // numpy: np.polyfit([1/20, 1/50, 1/100, 1/200], [3.1, 2.2, 1.9, 1.8], 1)[1]
    [Fact]
    public void The_line_is_read_where_the_size_is_infinite() =>
        Assert.Equal(1.6266666666666674, FrechetInfinity.Intercept([1 / 20.0, 1 / 50.0, 1 / 100.0, 1 / 200.0], [3.1, 2.2, 1.9, 1.8]), 1e-12);

    [Fact]
    public void Each_size_is_a_fresh_draw_of_numpys_generator_and_the_fit_is_in_the_table()
    {
        MeasuredMetrics measured = Measure(Candidate, "min_size=50", "sizes=4");
        MetricTable fit = Assert.Single(measured.Tables);
        Assert.Equal([50.0, 200, 350, 500], fit.Rows.Select(row => row[0]!.Value));
        NumpyRandomState random = new(2020);
        double[] expected =
        [
            .. new[] { 50, 200, 350, 500 }.Select(size =>
            {
                FeatureMatrix part = GoldenSets.Rows([.. random.Permutation(500)[..size].Select(i => Candidate.Features!.Row(i).ToArray())]);
                return MetricRun.Of("fid", Reference, GoldenSets.Set(part))["fid"].Value!.Value;
            }),
        ];
        Assert.All(expected.Zip(fit.Rows), pair => MetricRun.AssertClose(pair.First, pair.Second[1], 1e-10));
        MetricRun.AssertClose(
            FrechetInfinity.Intercept([1 / 50.0, 1 / 200.0, 1 / 350.0, 1 / 500.0], expected), measured.Values[0].Value, 1e-9);
    }

    // Two sets of one distribution: all of FID is bias, most of it from the candidate's 400 images.
    [Fact]
    public void Most_of_the_bias_at_small_sizes_is_taken_away()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Draw(31, 4000, 16, 1, 0)), candidate = GoldenSets.Set(GoldenSets.Draw(32, 400, 16, 1, 0));
        double fid = MetricRun.Of("fid", reference, candidate)["fid"].Value!.Value;
        double infinity = Measure(reference, candidate, "min_size=100").Values[0].Value!.Value;
        Assert.InRange(infinity, -fid / 3, fid / 3);
    }

    [Fact]
    public void Fewer_images_than_the_smallest_size_are_a_stated_error_that_names_the_way_out() => Assert.Equal(
        "FID is measured at 5000 candidate images and more; there are 500. Set fid_infinity.min_size to less, at least to the number of features",
        Measure(Candidate).Values[0].Error);

    private static MeasuredMetrics Measure(FeatureSet candidate, params string[] settings) => Measure(Reference, candidate, settings);

    private static MeasuredMetrics Measure(FeatureSet reference, FeatureSet candidate, params string[] settings) => MetricRegistry.Compute(
        [MetricRegistry.Find("fid_infinity")!],
        [.. settings.Select(s => s.Split('=')).Select(s => new QualityGate.Specs.MetricParameter("fid_infinity", s[0], s[1], null))],
        new MetricInputs(reference, candidate, new PlainProducts()),
        CancellationToken.None);
}
