using QualityGate.Images;

namespace QualityGate.Tests.Images;

public sealed class OrientationTests
{
    /// <summary>The 2 x 3 image 1 2 3 / 4 5 6 after each EXIF orientation, as Pillow's exif_transpose gives it.</summary>
    [Theory]
    [InlineData(1, 2, 3, new byte[] { 1, 2, 3, 4, 5, 6 })]
    [InlineData(2, 2, 3, new byte[] { 3, 2, 1, 6, 5, 4 })]
    [InlineData(3, 2, 3, new byte[] { 6, 5, 4, 3, 2, 1 })]
    [InlineData(4, 2, 3, new byte[] { 4, 5, 6, 1, 2, 3 })]
    [InlineData(5, 3, 2, new byte[] { 1, 4, 2, 5, 3, 6 })]
    [InlineData(6, 3, 2, new byte[] { 4, 1, 5, 2, 6, 3 })]
    [InlineData(7, 3, 2, new byte[] { 6, 3, 5, 2, 4, 1 })]
    [InlineData(8, 3, 2, new byte[] { 3, 6, 2, 5, 1, 4 })]
    public void Each_orientation_turns_the_image_upright(int orientation, int height, int width, byte[] expected)
    {
        DecodedImage stored = DecodedImage.FromPixels("a", 2, 3, 1, [1, 2, 3, 4, 5, 6]);

        using DecodedImage upright = Orientation.Apply(stored, orientation);

        Assert.Equal((height, width), (upright.Height, upright.Width));
        Assert.Equal(expected, upright.Pixels.ToArray());
    }

    [Fact]
    public void The_exif_tag_is_followed_only_when_asked_for()
    {
        byte[] jpeg = TestImages.Bytes("jpeg-444.jpg");
        // A TIFF block with the one tag 0x0112 (orientation) = 6, in an APP1 segment behind the start marker.
        byte[] exif = [0xFF, 0xE1, 0, 34, .. "Exif\0\0"u8, .. "II*\0"u8, 8, 0, 0, 0, 1, 0, 0x12, 1, 3, 0, 1, 0, 0, 0, 6, 0, 0, 0, 0, 0, 0, 0];
        byte[] tagged = [.. jpeg[..2], .. exif, .. jpeg[2..]];

        using DecodedImage stored = ImageDecoder.Decode(tagged, "a.jpg");
        using DecodedImage upright = ImageDecoder.Decode(tagged, "a.jpg", new DecodeOptions { ApplyOrientation = true });

        Assert.Equal((37, 53), (stored.Height, stored.Width));
        Assert.Equal((53, 37), (upright.Height, upright.Width));
        Assert.Equal(stored.Pixels[..3].ToArray(), upright.Pixels.Slice(36 * 3, 3).ToArray());
    }
}
