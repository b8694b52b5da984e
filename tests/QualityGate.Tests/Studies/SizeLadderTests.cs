using QualityGate.Studies;

namespace QualityGate.Tests.Studies;

public sealed class SizeLadderTests
{
    [Theory]
    [InlineData(500, 50, 69, 97, 130, 190, 260, 360, 500)]
    [InlineData(50_000, 500, 970, 1900, 3600, 6900, 13_000, 26_000, 50_000)]
    [InlineData(51, 50, 51)]
    [InlineData(20, 2, 3, 5, 6, 8, 11, 15, 20)]
    [InlineData(3, 2, 3)]
    [InlineData(2, 2)]
    [InlineData(1, 1)]
    public void Sizes_grow_by_one_factor_and_end_at_the_whole_set(int count, params int[] sizes) => Assert.Equal(sizes, SizeLadder.Of(count));

    [Fact]
    public void Every_ladder_ascends_and_stays_inside_the_set()
    {
        for (int count = 1; count < 3000; count++)
        {
            IReadOnlyList<int> sizes = SizeLadder.Of(count);
            Assert.True(sizes.Count <= SizeLadder.Steps && sizes[^1] == count && sizes.Zip(sizes.Skip(1)).All(p => p.First < p.Second), $"{count}");
            Assert.True(count < 2 || sizes[0] >= 2, $"{count}");
        }
    }
}
