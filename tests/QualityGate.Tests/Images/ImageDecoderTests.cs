using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Images.Vips;

namespace QualityGate.Tests.Images;

public sealed class ImageDecoderTests
{
    private static readonly string[] FileNames =
        [.. Directory.GetFiles(TestImages.PathOf(string.Empty)).Select(f => Path.GetFileName(f)).Where(f => !f.EndsWith(".json", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    public static TheoryData<string> AllFiles => [.. FileNames];

    public static TheoryData<string> PngFiles => [.. FileNames.Where(f => f.EndsWith(".png", StringComparison.Ordinal))];

    [Theory]
    [InlineData("png-gray.png", 1)]
    [InlineData("png-gray-alpha.png", 1)]
    [InlineData("jpeg-gray.jpg", 1)]
    [InlineData("bmp-L.bmp", 1)]
    [InlineData("png-palette-4.png", 3)]
    [InlineData("png-rgba.png", 3)]
    public void Grey_stays_one_channel_and_all_else_is_three(string file, int channels)
    {
        using DecodedImage image = ImageDecoder.Decode(TestImages.Bytes(file), file);

        Assert.Equal(channels, image.Channels);
    }

    [Theory]
    [MemberData(nameof(PngFiles))]
    public void The_own_png_reader_agrees_with_the_library(string file)
    {
        byte[] bytes = TestImages.Bytes(file);

        using DecodedImage? own = PngDecoder.TryDecode(bytes, file, DecodeOptions.Default);
        using DecodedImage library = VipsDecoder.Decode(ImageFormat.Png, bytes, file, DecodeOptions.Default);

        // An interlaced file is left to the library.
        Assert.Equal(file == "png-interlaced.png", own is null);
        Assert.Equal(TestImages.Rgb(library), TestImages.Rgb(own ?? library));
    }

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void A_file_cut_in_its_pixels_is_an_error_and_never_half_an_image(string file)
    {
        byte[] bytes = TestImages.Bytes(file);
        int kept = file.StartsWith("tiff", StringComparison.Ordinal) ? 20
            : bytes.Length * (file.Contains("animated", StringComparison.Ordinal) ? 3 : 7) / 10;

        var error = Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(bytes.AsSpan(0, kept), file).Dispose());

        Assert.Equal(DataErrors.ImageUnreadable, error.Code);
        Assert.Contains(file, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(AllFiles))]
    public void Garbage_in_a_file_is_a_clear_error_or_an_image_but_nothing_worse(string file)
    {
        byte[] original = TestImages.Bytes(file);
        var random = new Random(5);
        for (int round = 0; round < 40; round++)
        {
            byte[] bytes = [.. original];
            for (int i = 0; i < 1 + (round % 4); i++)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                using DecodedImage image = ImageDecoder.Decode(bytes, file, new DecodeOptions { MaxPixels = 1 << 20 });
                Assert.Equal(image.Height * image.Width * image.Channels, image.Pixels.Length);
            }
            catch (UserErrorException e)
            {
                Assert.StartsWith("QG40", e.Code.Id, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("jpeg-444.jpg", 800)]
    [InlineData("jpeg-444.jpg", 30)]
    [InlineData("jpeg-420.jpg", 30)]
    [InlineData("jpeg-gray.jpg", 20)]
    [InlineData("jpeg-420-progressive.jpg", 60)]
    public void A_jpeg_with_its_end_put_back_after_a_cut_is_still_an_error(string file, int missing)
    {
        byte[] bytes = TestImages.Bytes(file);
        byte[] patched = [.. bytes[..^missing], 0xFF, 0xD9];

        Assert.Equal(DataErrors.ImageUnreadable, Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(patched, "cut.jpg")).Code);
    }

    [Fact]
    public void A_jpeg_with_stray_bytes_between_segments_decodes_to_the_same_pixels()
    {
        byte[] bytes = TestImages.Bytes("jpeg-444.jpg");
        byte[] stray = [.. bytes[..20], 0, 0, 0, .. bytes[20..]];
        using DecodedImage expected = ImageDecoder.Decode(bytes, "plain");

        using DecodedImage actual = ImageDecoder.Decode(stray, "stray");

        Assert.Equal(expected.Pixels.ToArray(), actual.Pixels.ToArray());
    }

    [Fact]
    public void A_png_with_a_wrong_checksum_is_an_error()
    {
        byte[] bytes = TestImages.Bytes("png-rgb.png");
        bytes[^14] ^= 1;

        Assert.Equal(DataErrors.ImageUnreadable, Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(bytes, "a.png")).Code);
    }

    [Fact]
    public void Limits_are_checked_before_pixels_are_decoded()
    {
        byte[] bomb = TestImages.Bytes("bmp-RGB.bmp");
        BitConverter.TryWriteBytes(bomb.AsSpan(18), 60_000);
        BitConverter.TryWriteBytes(bomb.AsSpan(22), 60_000);

        UserErrorException pixels = Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(bomb, "bomb.bmp"));
        UserErrorException side = Assert.Throws<UserErrorException>(
            () => ImageDecoder.Decode(TestImages.Bytes("jpeg-444.jpg"), "a.jpg", new DecodeOptions { MaxSide = 40 }));
        UserErrorException file = Assert.Throws<UserErrorException>(
            () => ImageDecoder.Decode(TestImages.Bytes("jpeg-444.jpg"), "a.jpg", new DecodeOptions { MaxBytes = 100 }));

        Assert.All([pixels, side, file], e => Assert.Equal(DataErrors.ImageTooLarge, e.Code));
        Assert.Contains("60000 x 60000", pixels.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("<svg/>", "SVG")]
    [InlineData("version https://git-lfs.github.com/spec/v1", "Git LFS")]
    [InlineData("hello", "no known image format")]
    public void A_file_of_another_kind_is_refused_with_a_guess_at_what_it_is(string content, string guess)
    {
        var error = Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(System.Text.Encoding.UTF8.GetBytes(content), "x.png"));

        Assert.Equal(DataErrors.ImageFormatNotSupported, error.Code);
        Assert.Contains(guess, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_run_length_compressed_bitmap_is_refused()
    {
        byte[] bytes = TestImages.Bytes("bmp-L.bmp");
        bytes[30] = 1;

        var error = Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(bytes, "rle.bmp"));

        Assert.Equal(DataErrors.ImageFormatNotSupported, error.Code);
        Assert.Contains("run-length", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Many_threads_decode_the_same_pixels_as_one()
    {
        byte[][] expected = [.. FileNames.Select(Pixels)];

        Parallel.For(0, FileNames.Length * 20, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
            Assert.Equal(expected[i % FileNames.Length], Pixels(FileNames[i % FileNames.Length])));
    }

    [Fact]
    public void Errors_on_many_threads_each_name_their_own_image()
    {
        byte[] cut = TestImages.Bytes("jpeg-420.jpg")[..300];

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, i =>
        {
            var error = Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(cut, $"image-{i}"));
            Assert.Contains($"'image-{i}'", error.Message, StringComparison.Ordinal);
        });
    }

    private static byte[] Pixels(string file)
    {
        using DecodedImage image = ImageDecoder.Decode(TestImages.Bytes(file), file);
        return image.Pixels.ToArray();
    }
}
