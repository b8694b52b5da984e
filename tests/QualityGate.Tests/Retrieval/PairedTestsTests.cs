using QualityGate.Backgrounds;
using QualityGate.Specs;

namespace QualityGate.Tests.Retrieval;

public sealed class PairedTestsTests
{
    // scipy.stats.binomtest(min(b, c), b + c, 0.5).pvalue
    [Theory]
    [InlineData(0, 0, 1)]
    [InlineData(3, 3, 1)]
    [InlineData(0, 5, 0.0625)]
    [InlineData(6, 0, 0.03125)]
    [InlineData(1, 9, 0.021484375)]
    [InlineData(40, 20, 0.01348929373119186)]
    [InlineData(700, 600, 0.006015793861044938)]
    public void McNemars_p_is_the_binomial_tests(int first, int second, double expected) =>
        Assert.Equal(expected, PairedTests.McNemar(first, second), expected * 1e-9);

    // statsmodels' multipletests of the same values.
    [Fact]
    public void Corrections_are_Holms_and_Benjamini_and_Hochbergs()
    {
        double[] values = [0.04, 0.01, 0.03, 0.5];
        Assert.Equal([0.09, 0.04, 0.09, 0.5], PairedTests.Adjust(values, ManyTests.Holm).Select(v => Math.Round(v, 12)));
        Assert.Equal([0.05333333333333, 0.04, 0.05333333333333, 0.5], PairedTests.Adjust(values, ManyTests.BenjaminiHochberg).Select(v => Math.Round(v, 14)));
    }
}
