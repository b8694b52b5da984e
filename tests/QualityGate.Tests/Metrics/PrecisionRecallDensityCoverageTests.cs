using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class PrecisionRecallDensityCoverageTests
{
    // clovaai prdc.py on the same sets.
    [Theory]
    [InlineData(3, 0.7291666666666666, 0.78125, 0.6666666666666666, 0.6875)]
    [InlineData(5, 0.8541666666666666, 0.859375, 0.8125, 0.890625)]
    public void The_golden_sets_give_what_the_authors_code_gives(int k, double precision, double recall, double density, double coverage)
    {
        Dictionary<string, MetricValue> values = MetricRun.Of(
            "prdc", GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), $"k={k}");
        Assert.Equal(precision, values["precision"].Value);
        Assert.Equal(recall, values["recall"].Value);
        MetricRun.AssertClose(density, values["density"].Value, 1e-14);
        Assert.Equal(coverage, values["coverage"].Value);
    }

    [Theory]
    [InlineData("prdc", 0, 0, 0, 0)]
    [InlineData("inclusive", 1, 1, 4, 1)]
    public void Identical_points_are_inside_only_when_the_sphere_counts(string convention, double precision, double recall, double density, double coverage)
    {
        FeatureSet ones = GoldenSets.Set(GoldenSets.Rows([.. Enumerable.Repeat(new float[] { 1, 1, 1, 1 }, 20)]));
        Dictionary<string, MetricValue> values = MetricRun.Of("prdc", ones, ones, "k=5", $"convention={convention}");
        Assert.Equal(precision, values["precision"].Value);
        Assert.Equal(recall, values["recall"].Value);
        Assert.Equal(density, values["density"].Value);
        Assert.Equal(coverage, values["coverage"].Value);
    }

    [Theory]
    [InlineData("prdc", 1.0)]
    [InlineData("inclusive", 1.2)]
    public void A_set_against_itself_has_the_density_of_its_convention(string convention, double density)
    {
        FeatureSet set = GoldenSets.Set(GoldenSets.Reference);
        MetricRun.AssertClose(density, MetricRun.Of("prdc", set, set, $"convention={convention}")["density"].Value, 1e-14);
    }

    // Lattices and copies put most decisions exactly on a sphere; offsets make float32 products useless there.
    [Theory]
    [InlineData(1, 40, 30, 3, 0f)]
    [InlineData(2, 90, 70, 5, 0f)]
    [InlineData(3, 300, 290, 4, 0f)]
    [InlineData(3, 120, 100, 4, 1000f)]
    [InlineData(17, 61, 67, 1, 1000f)]
    [InlineData(8, 20, 30, 19, 0f)]
    public void Ties_and_offsets_are_decided_as_the_plain_loop_decides_them(int width, int references, int candidates, int k, float offset)
    {
        System.Random random = new(width + (k * 100));
        FeatureMatrix Lattice(int count) => GoldenSets.Rows(
            [.. Enumerable.Range(0, count).Select(_ => Enumerable.Range(0, width).Select(_ => (random.Next(4) * 0.25f) + offset).ToArray())]);
        FeatureMatrix reference = Lattice(references), candidate = Lattice(candidates);
        foreach (bool inclusive in new[] { false, true })
        {
            Dictionary<string, MetricValue> values = MetricRun.Of(
                "prdc", GoldenSets.Set(reference), GoldenSets.Set(candidate), $"k={k}", $"convention={(inclusive ? "inclusive" : "prdc")}");
            (double precision, double recall, double density, double coverage) = PlainPrdc.Compute(reference, candidate, k, inclusive);
            Assert.Equal(precision, values["precision"].Value);
            Assert.Equal(recall, values["recall"].Value);
            MetricRun.AssertClose(density, values["density"].Value, 1e-13);
            Assert.Equal(coverage, values["coverage"].Value);
        }
    }

    [Fact]
    public void Tiny_and_huge_features_are_told_apart_as_ordinary_ones_are()
    {
        Dictionary<string, MetricValue> plain = MetricRun.Of("prdc", GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate));
        foreach (float scale in new[] { 8.271806e-25f, 1.2089258e24f })
        {
            FeatureMatrix Scaled(FeatureMatrix rows) => GoldenSets.Rows(
                [.. Enumerable.Range(0, rows.Count).Select(i => Array.ConvertAll(rows.Row(i).ToArray(), v => v * scale))]);
            Dictionary<string, MetricValue> scaled = MetricRun.Of(
                "prdc", GoldenSets.Set(Scaled(GoldenSets.Reference)), GoldenSets.Set(Scaled(GoldenSets.Candidate)));
            Assert.All(plain.Values, v => Assert.Equal(v.Value, scaled[v.Name].Value));
        }
    }

    [Fact]
    public void Too_few_images_for_k_is_a_stated_error()
    {
        MetricValue value = MetricRun.Of("prdc", GoldenSets.Set(GoldenSets.Draw(1, 5, 4, 1, 0)), GoldenSets.Set(GoldenSets.Draw(2, 9, 4, 1, 0)))["coverage"];
        Assert.Equal("k = 5 needs more than 5 images in each set; the reference has 5", value.Error);
    }
}
