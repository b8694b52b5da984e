using QualityGate.Metrics;

namespace QualityGate.Tests.Metrics;

public sealed class MetricIntervalsTests
{
    private static readonly MetricDefinition Plain = new("m", MetricDirection.Lower, "s") { Least = 0 };
    private static readonly MetricDefinition Log = Plain with { Scale = IntervalScale.Log };
    private static readonly MetricDefinition Share = Plain with { Scale = IntervalScale.Share, Most = 1 };

    [Theory]
    [InlineData(0.95, 1.959963984540054)]
    [InlineData(0.5, 0.6744897501960817)]
    [InlineData(0.999, 3.2905267314918945)]
    public void The_quantile_is_the_normal_one(double confidence, double expected) => Assert.Equal(expected, MetricIntervals.Quantile(confidence), 12);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_confidence_outside_0_to_1_is_refused(double confidence) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MetricIntervals.Quantile(confidence));

    [Fact]
    public void A_plain_interval_is_z_errors_to_either_side_and_stays_in_the_range()
    {
        MetricInterval interval = Of(Plain, 6, 0.5, 0.95)!.Value;
        Assert.Equal(5.020018007729973, interval.Low, 12);
        Assert.Equal(6.979981992270027, interval.High, 12);
        Assert.Equal(0, Of(Plain, 0.1, 1, 0.95)!.Value.Low);
    }

    [Fact]
    public void A_logarithmic_interval_is_a_factor_to_either_side()
    {
        MetricInterval interval = Of(Log, 2, 0.4, 0.95)!.Value;
        Assert.Equal(2 / interval.Low, interval.High / 2, 12);
        Assert.Equal(Math.Exp(MetricIntervals.Quantile(0.95) * 0.2), interval.High / 2, 12);
    }

    // Wilson (1927), as R's prop.test(81, 263, correct = FALSE) gives it.
    [Fact]
    public void A_share_with_its_binomial_error_has_Wilsons_interval()
    {
        double share = 81.0 / 263;
        MetricInterval interval = Of(Share, share, Math.Sqrt(share * (1 - share) / 263), 0.95)!.Value;
        Assert.Equal(0.2553, interval.Low, 4);
        Assert.Equal(0.3662, interval.High, 4);
    }

    [Theory]
    [InlineData(0.0, 0.0, 0.0370)]
    [InlineData(1.0, 0.9630, 1.0)]
    public void A_share_of_none_or_all_has_one_from_its_count(double share, double low, double high)
    {
        MetricNumber number = new(share, null) { StandardError = 0, Trials = 100 };
        MetricInterval interval = MetricIntervals.Of(Share, number, 0.95)!.Value;
        Assert.Equal(low, interval.Low, 4);
        Assert.Equal(high, interval.High, 4);
        Assert.Null(MetricIntervals.Of(Share, number with { Trials = 0 }, 0.95));
    }

    [Fact]
    public void Without_an_error_there_is_no_interval()
    {
        Assert.Null(MetricIntervals.Of(Plain, 3, 0.95));
        Assert.Null(Of(Plain, 3, double.NaN, 0.95));
    }

    private static MetricInterval? Of(MetricDefinition metric, double value, double error, double confidence) =>
        MetricIntervals.Of(metric, new MetricNumber(value, null) { StandardError = error }, confidence);
}
