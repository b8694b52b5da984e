using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Samples;

public sealed class PngWriterTests
{
    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 1, 3)]
    [InlineData(7, 5, 1)]
    [InlineData(5, 7, 3)]
    [InlineData(64, 64, 3)]
    public void Noise_comes_back_as_it_was_written(int width, int height, int channels)
    {
        var random = new RandomSource(1);
        var image = new Raster(width, height, channels, new byte[width * height * channels]);
        for (int i = 0; i < image.Samples.Length; i++) image.Samples[i] = (byte)random.NextBits();

        Raster decoded = PngPixels.Decode(PngWriter.Encode(image));

        Assert.Equal((width, height, channels), (decoded.Width, decoded.Height, decoded.Channels));
        Assert.Equal(image.Samples, decoded.Samples);
    }

    [Fact]
    public void All_five_filters_are_offered_and_each_keeps_the_image_whole()
    {
        (Raster picture, _) = new Scene(ObjectClass.All[1], BackgroundKind.Gradient, 1).Draw();

        byte[][] candidates = [.. PngFilter.Candidates(picture)];

        Assert.Equal([0, 1, 2, 3, 4], candidates.Take(5).Select(rows => (int)rows[0]));
        Assert.All(candidates, rows => Assert.Equal(picture.Height * (picture.Width * 3 + 1), rows.Length));
    }
}
