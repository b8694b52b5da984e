using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Tests.Images;

public sealed class PreprocessingTextTests
{
    private static readonly PreprocessingRecipe Plain = new() { Height = 28, Width = 32 };

    /// <summary>Fingerprints of stored features hold this text: a change here makes all of them foreign.</summary>
    [Fact]
    public void The_text_is_stable()
    {
        Assert.Equal(
            "preprocessing/1 color=rgb size=28x32 resize=none shorter_side=~ scale=1 offset=0 mean=~ std=~ orientation=ignore",
            PreprocessingText.Canonical(Plain));
        Assert.Equal(
            "preprocessing/1 color=bgr size=28x32 resize=bicubic-antialias shorter_side=256 scale=~ offset=~ mean=[0.485,0.456,0.406] std=[0.229,0.224,0.225] orientation=apply",
            PreprocessingText.Canonical(Plain with
            {
                Color = ColorMode.Bgr,
                Resize = ResizeMethod.BicubicAntialias,
                ShorterSide = 256,
                Mean = [0.485, 0.456, 0.406],
                Std = [0.229, 0.224, 0.225],
                ApplyOrientation = true,
            }));
        Assert.Contains(" scale=0.00784313725490196 offset=-1 ", PreprocessingText.Canonical(Plain with { Scale = 0.00784313725490196, Offset = -1 }), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_field_that_changes_the_values_changes_the_text()
    {
        PreprocessingRecipe[] recipes =
        [
            Plain,
            Plain with { Height = 29 },
            Plain with { Width = 33 },
            .. Enum.GetValues<ColorMode>().Where(c => c != ColorMode.Rgb).Select(c => Plain with { Color = c }),
            .. Enum.GetValues<ResizeMethod>().Where(m => m != ResizeMethod.None).Select(m => Plain with { Resize = m }),
            Plain with { ShorterSide = 40 },
            Plain with { Scale = 0.5 },
            Plain with { Offset = -1 },
            Plain with { Mean = [0.5], Std = [0.5] },
            Plain with { Mean = [0.5], Std = [0.25] },
            Plain with { ApplyOrientation = true },
        ];

        Assert.Equal(recipes.Length, recipes.Select(PreprocessingText.Canonical).Distinct().Count());
    }

    [Fact]
    public void What_is_left_out_reads_like_what_it_means()
    {
        Assert.Equal(PreprocessingText.Canonical(Plain), PreprocessingText.Canonical(Plain with { Scale = 1, Offset = -0.0 }));
    }
}
