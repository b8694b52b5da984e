using QualityGate.Anomaly.Evaluation;
using QualityGate.Numerics.Random;

namespace QualityGate.Tests.Anomaly;

public sealed class RocThinningTests
{
    [Theory]
    [InlineData(50_000, 500, 0.3)]
    [InlineData(3_000, 500, 0.0)]
    [InlineData(20_000, 21, 0.9)]
    [InlineData(20_000, 500, -0.8)]
    public void A_long_curve_in_few_points_has_the_same_area_and_still_rises(int count, int most, double lift)
    {
        RocCurve curve = Curve(count, lift);
        IReadOnlyList<RocPoint> thin = curve.Thinned(most);
        Assert.True(curve.Points.Count > most && thin.Count <= most);
        Assert.Equal(curve.Area, RocCurve.AreaUnder(thin), 1e-9);
        Assert.Equal((0, 0), (thin[0].FalsePositiveRate, thin[0].TruePositiveRate));
        Assert.Equal((1, 1), (thin[^1].FalsePositiveRate, thin[^1].TruePositiveRate));
        Assert.All(thin.Zip(thin.Skip(1)), pair => Assert.True(
            pair.First.FalsePositiveRate <= pair.Second.FalsePositiveRate && pair.First.TruePositiveRate <= pair.Second.TruePositiveRate));
    }

    [Fact]
    public void Points_with_a_threshold_are_points_of_the_curve()
    {
        RocCurve curve = Curve(20_000, 0.3);
        RocPoint[] genuine = [.. curve.Thinned().Where(p => p.Threshold is not null)];
        Assert.True(genuine.Length > 200);
        Assert.Subset(curve.Points.ToHashSet(), genuine.ToHashSet());
    }

    [Fact]
    public void Only_the_corners_of_a_short_curve_are_kept_and_all_of_them()
    {
        RocCurve curve = RocCurve.Of([9, 8, 7, 6, 5, 4], [true, true, false, false, true, false]);
        Assert.Equal([double.PositiveInfinity, 8, 6, 5, 4], curve.Thinned().Select(p => p.Threshold!.Value));
    }

    private static RocCurve Curve(int count, double lift)
    {
        NumpyRandomState random = new(4);
        bool[] truth = [.. Enumerable.Range(0, count).Select(i => i % 3 == 0)];
        return RocCurve.Of([.. truth.Select(a => random.NextDouble() + (a ? lift * random.NextDouble() : 0))], truth);
    }
}
