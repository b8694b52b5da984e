using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Tests.Images;

public sealed class ImagePreprocessorTests
{
    private static readonly PreprocessingRecipe Small = new() { Height = 2, Width = 3, Color = ColorMode.Gray };

    [Fact]
    public void An_image_of_another_size_without_resize_is_an_error_that_names_both_sizes()
    {
        using DecodedImage image = DecodedImage.FromPixels("a.png", 4, 5, 1, new byte[20]);

        var error = Assert.Throws<UserErrorException>(() => new ImagePreprocessor(Small).Apply(image, new float[6]));

        Assert.Equal(DataErrors.ImageSizeMismatch, error.Code);
        Assert.Contains("'a.png' has 5 x 4 pixels", error.Message, StringComparison.Ordinal);
        Assert.Contains("3 x 2 pixels", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_without_normalisation_gives_the_pixels()
    {
        using DecodedImage image = DecodedImage.FromPixels("a", 2, 3, 1, [0, 1, 2, 253, 254, 255]);
        var values = new float[6];

        new ImagePreprocessor(Small).Apply(image, values);

        Assert.Equal([0, 1, 2, 253, 254, 255], values);
    }

    [Fact]
    public void Channels_become_planes_in_the_order_of_the_colour_mode()
    {
        using DecodedImage image = DecodedImage.FromPixels("a", 1, 2, 3, [1, 2, 3, 4, 5, 6]);
        var rgb = new float[6];
        var bgr = new float[6];

        new ImagePreprocessor(new() { Height = 1, Width = 2 }).Apply(image, rgb);
        new ImagePreprocessor(new() { Height = 1, Width = 2, Color = ColorMode.Bgr }).Apply(image, bgr);

        Assert.Equal([1, 4, 2, 5, 3, 6], rgb);
        Assert.Equal([3, 6, 2, 5, 1, 4], bgr);
    }

    [Theory]
    [InlineData(ResizeMethod.BilinearAntialias)]
    [InlineData(ResizeMethod.BicubicAntialias)]
    [InlineData(ResizeMethod.Area)]
    [InlineData(ResizeMethod.Bilinear)]
    [InlineData(ResizeMethod.BilinearTf1)]
    public void Odd_sizes_agree_with_a_plain_double_loop(ResizeMethod method)
    {
        foreach ((int source, int target) in new[] { (1, 1), (1, 9), (9, 1), (2, 3), (3, 2), (17, 16), (16, 17), (40, 8), (8, 40), (33, 31) })
        {
            byte[] pixels = [.. Enumerable.Range(0, source * source).Select(i => (byte)(i * 37 % 256))];
            using DecodedImage image = DecodedImage.FromPixels("a", source, source, 1, pixels);
            var values = new float[target * target];

            new ImagePreprocessor(new() { Height = target, Width = target, Color = ColorMode.Gray, Resize = method }).Apply(image, values);

            double[] expected = PlainResize.Apply(method, pixels, source, target);
            for (int i = 0; i < values.Length; i++)
                Assert.InRange(values[i] - expected[i], -1e-3, 1e-3);
        }
    }

    [Fact]
    public void A_whole_ratio_by_area_is_the_mean_of_each_block()
    {
        using DecodedImage image = DecodedImage.FromPixels("a", 2, 4, 1, [10, 20, 0, 255, 30, 41, 0, 255]);
        var values = new float[2];

        new ImagePreprocessor(new() { Height = 1, Width = 2, Color = ColorMode.Gray, Resize = ResizeMethod.Area }).Apply(image, values);

        Assert.Equal([25.25f, 127.5f], values);
    }

    [Fact]
    public void Bicubic_overshoot_is_clipped_to_the_range_of_pixels()
    {
        byte[] edge = [.. Enumerable.Range(0, 64).Select(i => (byte)(i % 8 < 4 ? 0 : 255))];
        using DecodedImage image = DecodedImage.FromPixels("a", 8, 8, 1, edge);
        var values = new float[32 * 32];

        new ImagePreprocessor(new() { Height = 32, Width = 32, Color = ColorMode.Gray, Resize = ResizeMethod.BicubicAntialias }).Apply(image, values);

        Assert.Equal((0f, 255f), (values.Min(), values.Max()));
    }

    [Fact]
    public void Many_threads_get_the_same_bits()
    {
        byte[] pixels = [.. Enumerable.Range(0, 61 * 47 * 3).Select(i => (byte)(i * i >> 3))];
        using DecodedImage image = DecodedImage.FromPixels("a", 61, 47, 3, pixels);
        var preprocessor = new ImagePreprocessor(new() { Height = 32, Width = 32, ShorterSide = 40, Resize = ResizeMethod.BicubicAntialias });
        var expected = new float[preprocessor.Length];
        preprocessor.Apply(image, expected);

        Parallel.For(0, 64, _ =>
        {
            var values = new float[preprocessor.Length];
            preprocessor.Apply(image, values);
            Assert.Equal(expected, values);
        });
    }

    [Fact]
    public void A_destination_of_another_length_is_refused()
    {
        using DecodedImage image = DecodedImage.FromPixels("a", 2, 3, 1, new byte[6]);

        Assert.Throws<ArgumentException>(() => new ImagePreprocessor(Small).Apply(image, new float[7]));
    }

    public static TheoryData<PreprocessingRecipe, string> Contradictions => new()
    {
        { Small with { Height = 0 }, "size 0 x 3" },
        { Small with { ShorterSide = 2 }, "shorter_side 2" },
        { Small with { Scale = 1, Mean = [0.5], Std = [0.5] }, "not both" },
        { Small with { Mean = [0.5] }, "1 value each" },
        { Small with { Mean = [0.5], Std = [0] }, "above 0" },
        { Small with { Color = ColorMode.Rgb, Mean = [0.5], Std = [0.5] }, "3 values each" },
        { Small with { Scale = double.NaN }, "finite" },
    };

    [Theory]
    [MemberData(nameof(Contradictions))]
    public void A_contradictory_recipe_is_refused_before_any_image_is_read(PreprocessingRecipe recipe, string reason)
    {
        var error = Assert.Throws<UserErrorException>(() => new ImagePreprocessor(recipe));

        Assert.Equal(DataErrors.PreprocessingInvalid, error.Code);
        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
    }
}
