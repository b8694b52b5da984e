using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;

namespace QualityGate.Tests.Metrics;

public sealed class ClipMeanDiscrepancyTests
{
    // google-research's formula on float64 inputs; ours are rounded to float32.
    [Theory]
    [InlineData("yes", 0.7767245250516197)]
    [InlineData("no", 4.934783516199026)]
    public void The_golden_sets_give_what_the_authors_code_gives(string normalise, double expected) =>
        MetricRun.AssertClose(expected, Measure(GoldenSets.Set(GoldenSets.Reference), GoldenSets.Set(GoldenSets.Candidate), $"normalise={normalise}"), 2e-8);

    [Fact]
    public void Tiles_and_mirror_images_add_up_to_the_plain_double_sum()
    {
        FeatureMatrix x = GoldenSets.Draw(1, 1100, 3, 1, 0), y = GoldenSets.Draw(2, 700, 3, 1.2, 0.1);
        double expected = 1000 * (Mean(x, x) + Mean(y, y) - (2 * Mean(x, y)));
        MetricRun.AssertClose(expected, Measure(GoldenSets.Set(x), GoldenSets.Set(y), "normalise=no", "sigma=0.5"), 1e-10);
        using MatrixEngine engine = new();
        MetricInputs inputs = new(GoldenSets.Set(x), GoldenSets.Set(y), engine);
        MetricValue value = MetricRegistry.Compute(
            [MetricRegistry.Find("cmmd")!],
            [new("cmmd", "normalise", "no", null), new("cmmd", "sigma", "0.5", null)],
            inputs,
            CancellationToken.None).Values[0];
        MetricRun.AssertClose(expected, value.Value, 1e-10);
    }

    [Fact]
    public void Equal_sets_are_zero_and_never_below()
    {
        FeatureSet set = GoldenSets.Set(GoldenSets.Reference);
        Assert.InRange(Measure(set, set)!.Value, 0, 1e-11);
    }

    private static double? Measure(FeatureSet reference, FeatureSet candidate, params string[] settings) => MetricRun.Of("cmmd", reference, candidate, settings)["cmmd"].Value;

    private static double Mean(FeatureMatrix left, FeatureMatrix right)
    {
        double sum = 0;
        for (int i = 0; i < left.Count; i++)
        {
            for (int j = 0; j < right.Count; j++)
            {
                double distance = 0;
                for (int d = 0; d < left.Width; d++)
                {
                    distance += ((double)left.Row(i)[d] - right.Row(j)[d]) * ((double)left.Row(i)[d] - right.Row(j)[d]);
                }

                sum += Math.Exp(-distance / (2 * 0.25));
            }
        }

        return sum / left.Count / right.Count;
    }
}
