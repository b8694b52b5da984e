using QualityGate.Gates;

namespace QualityGate.Tests.Gates;

public sealed class NumberTextTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(-0.0, "0")]
    [InlineData(7.4, "7.4")]
    [InlineData(0.123456, "0.1235")]
    [InlineData(-0.02, "-0.02")]
    [InlineData(999.96, "1000")]
    [InlineData(1234.5, "1234")]
    [InlineData(98765.4, "98765")]
    [InlineData(0.00012345, "0.0001234")]
    [InlineData(0.000012345, "1.234e-05")]
    [InlineData(1.5e20, "1.5e+20")]
    public void Four_digits_are_shown(double value, string expected) => Assert.Equal(expected, NumberText.Format(value));

    [Theory]
    [InlineData(0.8, 0.79999, "0.8", "0.79999")]
    [InlineData(1, 2, "1", "2")]
    [InlineData(1, 1, "1", "1")]
    [InlineData(0.1, 0.10000000000000002, "0.10000000000000001", "0.10000000000000002")]
    public void Two_numbers_that_differ_look_different(double one, double other, string first, string second) =>
        Assert.Equal((first, second), NumberText.Pair(one, other));

    [Theory]
    [InlineData(0.05, "5%")]
    [InlineData(0.07, "7%")]
    [InlineData(0.125, "12.5%")]
    public void Fractions_are_shown_in_percent(double fraction, string expected) => Assert.Equal(expected, NumberText.Percent(fraction));
}
