using QualityGate.Anomaly.Evaluation;
using QualityGate.Numerics.Random;

namespace QualityGate.Tests.Anomaly;

public sealed class PixelTallyTests
{
    [Fact]
    public void Keys_are_ordered_as_their_values_and_both_zeros_are_one()
    {
        float[] ascending = [float.MinValue, -1.5f, -1e-40f, 0, 1e-40f, 0.1f, 1.5f, float.MaxValue];
        Assert.Equal(ascending, ascending.OrderByDescending(v => v).OrderBy(PixelKey.Of));
        Assert.Equal(ascending, ascending.Select(v => PixelKey.ValueOf(PixelKey.Of(v))));
        Assert.Equal(PixelKey.Of(0f), PixelKey.Of(-0f));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(1_000)]
    [InlineData(70_001)]
    public void Digits_sort_as_comparisons_do(int count)
    {
        NumpyRandomState random = new(3);
        uint[] wide = [.. Enumerable.Range(0, count).Select(_ => random.NextUInt32())];
        foreach (uint[] keys in new[] { wide, Array.ConvertAll(wide, k => k & 0x7FF), Array.ConvertAll(wide, k => k & 0x3F_FFFF), Array.ConvertAll(wide, _ => 7u) })
        {
            uint[] expected = [.. keys.Order()];
            RadixSort.Sort(keys, new uint[count]);
            Assert.Equal(expected, keys);
        }
    }

    [Fact]
    public void Sorted_and_binned_pixels_agree_with_the_area_of_images()
    {
        const int count = 20_000;
        NumpyRandomState random = new(8);
        bool[] mask = [.. Enumerable.Range(0, count).Select(i => i % 7 == 0)];
        float[] map = [.. mask.Select(m => (float)((random.NextDouble() * random.NextDouble()) + (m ? 0.15 : 0)))];
        double exact = AreaUnderCurve.Of(Array.ConvertAll(map, v => (double)v), mask);
        PixelCurve sorted = Curve(new SortedPixels(count), map, mask), binned = Curve(new BinnedPixels(), map, mask);
        Assert.Equal(exact, sorted.Auroc, 1e-12);
        Assert.True(sorted.IsExact && !binned.IsExact);
        Assert.Equal(exact, binned.Auroc, 1e-4);
        Assert.Equal(sorted.BestOverlap, binned.BestOverlap, 1e-3);
        double at = ConfusionCounts.At(Array.ConvertAll(map, v => (double)v), mask, sorted.BestThreshold).IntersectionOverUnion;
        Assert.Equal(sorted.BestOverlap, at, 1e-12);
    }

    [Fact]
    public void Many_pixels_are_binned_and_few_are_sorted()
    {
        Assert.IsType<SortedPixels>(PixelTally.For(100, 100));
        Assert.IsType<BinnedPixels>(PixelTally.For(101, 100));
    }

    private static PixelCurve Curve(PixelTally tally, float[] map, bool[] mask)
    {
        int half = map.Length / 2;
        tally.Add(map[..half], mask[..half]);
        tally.Add(map[half..], mask[half..]);
        return PixelCurve.Of(tally)!;
    }
}
