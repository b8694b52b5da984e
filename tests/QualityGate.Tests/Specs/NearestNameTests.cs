using QualityGate.Specs;

namespace QualityGate.Tests.Specs;

public sealed class NearestNameTests
{
    [Theory]
    [InlineData("", "", 0)]
    [InlineData("fid", "fid", 0)]
    [InlineData("", "abc", 3)]
    [InlineData("fid", "fdi", 1)]
    [InlineData("covrage", "coverage", 1)]
    [InlineData("kitten", "sitting", 3)]
    [InlineData("ca", "abc", 3)]
    public void The_distance_counts_edits_and_swaps(string from, string to, int expected)
    {
        Assert.Equal(expected, NearestName.Distance(from, to));
        Assert.Equal(expected, NearestName.Distance(to, from));
    }

    [Theory]
    [InlineData("covrage", "coverage")]
    [InlineData("FID", "fid")]
    [InlineData("kdi", "kid")]
    [InlineData("something_else", null)]
    [InlineData("", null)]
    public void The_nearest_known_name_is_found(string written, string? expected) =>
        Assert.Equal(expected, NearestName.Find(written, ["fid", "kid", "coverage"]));

    [Fact]
    public void A_very_long_name_costs_nothing_and_finds_nothing() =>
        Assert.Null(NearestName.Find(new string('f', 1_000_000), ["fid"]));
}
