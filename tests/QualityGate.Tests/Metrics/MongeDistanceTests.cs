using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Tests.Numerics;

namespace QualityGate.Tests.Metrics;

public sealed class MongeDistanceTests
{
    // golden.json on float64 inputs; tests/golden/selftest.py on inputs rounded to float32, as ours are.
    [Fact]
    public void Given_directions_give_the_golden_number()
    {
        FeatureMatrix drawn = GoldenSets.Draw(4, 8, 16, 1, 0);
        double[] directions = [.. Enumerable.Range(0, 8).SelectMany(p =>
        {
            double[] row = Array.ConvertAll(drawn.Row(p).ToArray(), v => (double)v);
            double length = Math.Sqrt(row.Sum(v => v * v));
            return row.Select(v => v / length);
        })];
        FeatureMatrix reference = GoldenSets.Rows([.. Enumerable.Range(0, 48).Select(i => GoldenSets.Reference.Row(i).ToArray())]);
        double value = MongeDistance.Distance(reference, GoldenSets.Candidate, directions, new PlainProducts(), CancellationToken.None);
        MetricRun.AssertClose(3.4188442476749437, value, 1e-9);
        MetricRun.AssertClose(3.418844223973833, value, 2e-8);
        using MatrixEngine engine = new();
        MetricRun.AssertClose(value, MongeDistance.Distance(reference, GoldenSets.Candidate, directions, engine, CancellationToken.None), 1e-12);
    }

    // A shift by s moves every sorted projection by s.u: 3 D times the mean of (s.u)^2 is 3 |s|^2 on average over directions.
    [Fact]
    public void A_shift_is_measured_as_three_times_its_squared_length()
    {
        FeatureSet reference = GoldenSets.Set(GoldenSets.Draw(1, 300, 16, 1, 0)), moved = GoldenSets.Set(GoldenSets.Draw(1, 300, 16, 1, 0.5));
        Assert.InRange(MetricRun.Of("mind", reference, moved, "projections=4000")["mind"].Value!.Value, 0.93 * 12, 1.07 * 12);
    }

    [Fact]
    public void Equal_sets_are_zero_and_sets_of_unequal_size_are_sampled_with_the_seed()
    {
        FeatureSet large = GoldenSets.Set(GoldenSets.Reference), small = GoldenSets.Set(GoldenSets.Candidate);
        Assert.Equal(0, MetricRun.Of("mind", large, large)["mind"].Value);
        double? value = MetricRun.Of("mind", large, small)["mind"].Value;
        Assert.Equal(value, MetricRun.Of("mind", large, small)["mind"].Value);
        Assert.NotEqual(value, MetricRun.Of("mind", large, small, "seed=3")["mind"].Value);
        Assert.InRange(value!.Value, 0.5, 20);
    }
}
