using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tests.Metrics;

public sealed class ParameterValuesTests
{
    private static readonly IMetricFamily Prdc = MetricRegistry.Find("prdc")!;

    [Fact]
    public void Defaults_are_those_of_the_definition() => Assert.Equal(5, ParameterValues.Bind(Prdc, []).Number("k"));

    [Fact]
    public void Every_default_is_a_value_that_its_definition_allows() =>
        Assert.All(MetricRegistry.Families.SelectMany(f => f.Parameters), p => Assert.NotNull(p.Parse(p.Default)));

    [Theory]
    [InlineData("0")]
    [InlineData("-3")]
    [InlineData("2.5")]
    [InlineData("many")]
    [InlineData("99999999999")]
    public void A_value_out_of_range_says_what_is_expected_and_where(string text)
    {
        SourceLocation place = new("qualitygate.yaml", 7, 12);
        UserErrorException error = Assert.Throws<UserErrorException>(
            () => ParameterValues.Bind(Prdc, [new MetricParameter("prdc", "k", text, place)]));
        Assert.Equal($"`prdc.k` is `{text}`, expected a whole number from 1 to 10000.", error.Message);
        Assert.Equal(place, error.Location);
    }

    [Fact]
    public void An_unknown_parameter_names_the_known_ones()
    {
        UserErrorException error = Assert.Throws<UserErrorException>(
            () => ParameterValues.Bind(Prdc, [new MetricParameter("prdc", "neighbours", "3", null)]));
        Assert.Equal("`prdc` has no parameter `neighbours`; it has k, convention.", error.Message);
    }
}
