using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Tests.Images.Masks;

public sealed class MaskModeTests
{
    [Theory]
    [InlineData("none")]
    [InlineData("hard")]
    [InlineData("inverse")]
    [InlineData("soft:0.25")]
    [InlineData("replace:#00ff80")]
    [InlineData("replace:swap:7")]
    public void A_mode_is_written_as_it_is_read(string text)
    {
        Assert.True(MaskMode.TryParse(text, out MaskMode mode));
        Assert.Equal(text, mode.ToString());
        Assert.Matches(MaskMode.Pattern, text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("Hard")]
    [InlineData("soft:0")]
    [InlineData("soft:1")]
    [InlineData("soft:")]
    [InlineData("soft:NaN")]
    [InlineData("soft:-0.5")]
    [InlineData("replace:#12345")]
    [InlineData("replace:#12345g")]
    [InlineData("replace:swap:-1")]
    [InlineData("replace:swap:")]
    [InlineData("replace:")]
    public void Anything_else_is_no_mode(string? text) => Assert.False(MaskMode.TryParse(text, out _));

    [Theory]
    [InlineData("128..255", "128..255")]
    [InlineData("3,1,2", "1..3")]
    [InlineData(" 0 , 255 ", "0,255")]
    public void Values_have_one_shortest_text(string text, string shortest)
    {
        Assert.True(MaskValues.TryParse(text, out MaskValues? values));
        Assert.Equal(shortest, values.ToString());
    }

    [Theory]
    [InlineData("256")]
    [InlineData("5..3")]
    [InlineData("1..2..3")]
    [InlineData("")]
    [InlineData("-1")]
    [InlineData("1,")]
    public void Values_outside_of_a_byte_are_none(string text) => Assert.False(MaskValues.TryParse(text, out _));

    [Theory]
    [InlineData("none", "10 20 30 200")]
    [InlineData("hard", "10 0 30 0")]
    [InlineData("inverse", "0 20 0 200")]
    [InlineData("soft:0.5", "10 10 30 100")]
    [InlineData("replace:#808080", "10 128 30 128")]
    [InlineData("replace:swap", "10 2 30 4")]
    public void Each_mode_changes_what_it_says(string mode, string expected)
    {
        Assert.True(MaskMode.TryParse(mode, out MaskMode known));
        using DecodedImage image = DecodedImage.FromPixels("a", 1, 4, 1, [10, 20, 30, 200]), donor = DecodedImage.FromPixels("b", 1, 4, 1, [1, 2, 3, 4]);
        MaskPainter.Apply(image, ObjectMask.Of(1, 4, i => i % 2 == 0), known, donor);
        Assert.Equal(expected, string.Join(' ', image.Pixels.ToArray()));
    }

    [Fact]
    public void Colours_and_donors_fit_grey_and_colour_images_of_any_size()
    {
        Assert.True(MaskMode.TryParse("replace:#ff0000", out MaskMode red));
        using DecodedImage grey = DecodedImage.FromPixels("a", 1, 1, 1, [9]), colour = DecodedImage.FromPixels("b", 1, 2, 3, [1, 2, 3, 4, 5, 6]);
        MaskPainter.Apply(grey, ObjectMask.Of(1, 1, _ => false), red);
        Assert.Equal(76, grey.Pixels[0]);
        Assert.True(MaskMode.TryParse("replace:swap", out MaskMode swap));
        MaskPainter.Apply(colour, ObjectMask.Of(1, 2, i => i == 0), swap, grey);
        Assert.Equal([1, 2, 3, 76, 76, 76], colour.Pixels.ToArray());
    }

    // Image.resize((3, 4), NEAREST) of Pillow takes the same cells.
    [Fact]
    public void A_mask_of_another_size_is_laid_over_by_nearest_neighbour()
    {
        ObjectMask mask = ObjectMask.Of(2, 2, i => i is 0 or 3);
        Assert.Equal(
            "100 100 011 011",
            string.Join(' ', Enumerable.Range(0, 4).Select(y => string.Concat(Enumerable.Range(0, 3).Select(x => mask.Covers(y, x, 4, 3) ? '1' : '0')))));
    }

    [Fact]
    public void Grey_values_decide_and_colours_count_as_their_luma()
    {
        using DecodedImage picture = DecodedImage.FromPixels("m", 1, 3, 3, [255, 255, 255, 255, 0, 0, 0, 255, 0]);
        ObjectMask mask = ObjectMask.Of(picture, MaskValues.UpperHalf);
        Assert.Equal([true, false, true], Enumerable.Range(0, 3).Select(x => mask.Covers(0, x, 1, 3)));
        Assert.False(mask.IsEmpty || mask.IsFull);
        Assert.True(ObjectMask.Of(1, 2, _ => false).IsEmpty);
        Assert.True(ObjectMask.Full.IsFull);
    }
}
