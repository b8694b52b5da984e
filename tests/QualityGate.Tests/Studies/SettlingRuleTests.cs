using QualityGate.Studies;

namespace QualityGate.Tests.Studies;

public sealed class SettlingRuleTests
{
    // sd is divided by sqrt(1 - 50/100), so 0.01 counts as 0.01414 at half the set.
    [Theory]
    [InlineData(1.02, 0.01, 50)]
    [InlineData(1.03, 0.01, null)]
    [InlineData(1.00, 0.0176, 50)]
    [InlineData(1.00, 0.0178, null)]
    [InlineData(0.96, 0.00, 50)]
    [InlineData(null, null, null)]
    public void Bias_and_noise_count_together(double? mean, double? deviation, int? expected) =>
        Assert.Equal(expected, SettlingRule.Smallest(Curve(1, (50, mean, deviation)), 0, 0.05));

    [Fact]
    public void A_size_counts_only_when_all_larger_ones_are_settled_too()
    {
        Assert.Equal(20, SettlingRule.Smallest(Curve(1, (10, 2, 0), (20, 1, 0), (50, 1, 0)), 0, 0.05));
        Assert.Equal(50, SettlingRule.Smallest(Curve(1, (10, 1, 0), (20, 2, 0), (50, 1, 0)), 0, 0.05));
        Assert.Null(SettlingRule.Smallest(Curve(1, (10, 1, 0), (20, 1, 0), (50, 2, 0)), 0, 0.05));
        Assert.Null(SettlingRule.Smallest(Curve(1), 0, 0.05));
    }

    [Theory]
    [InlineData(0, 0.04, 50)]
    [InlineData(1e-12, 0.04, 50)]
    [InlineData(0, 0.06, null)]
    [InlineData(-1, -1.04, 50)]
    public void Of_nothing_the_tolerance_itself_is_allowed(double full, double mean, int? expected) =>
        Assert.Equal(expected, SettlingRule.Smallest(Curve(full, (50, mean, 0)), 0, 0.05));

    private static SizeCurve Curve(double full, params (int Size, double? Mean, double? Deviation)[] steps) => new(
        "candidate", ["m"], [.. steps.Select(s => s.Size), 100], [.. steps.Select(s => (SizePoint[])[new SizePoint(s.Mean, s.Deviation)]), [new SizePoint(full, null)]]);
}
