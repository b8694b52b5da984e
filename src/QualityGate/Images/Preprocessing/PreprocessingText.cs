using System.Globalization;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>A recipe as one line of text that changes exactly when the recipe's meaning does; part of fingerprints.</summary>
public static class PreprocessingText
{
    /// <summary>
    /// The canonical text: every field by name in a fixed order, numbers in the shortest form that reads back to the same
    /// value, <c>~</c> for what is absent. A missing scale or offset (without mean and std) is written as the 1 and 0 it means.
    /// </summary>
    /// <param name="recipe">The recipe.</param>
    public static string Canonical(PreprocessingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        bool scaled = recipe.Mean is null && recipe.Std is null;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"preprocessing/1 color={Name(recipe.Color)} size={recipe.Height}x{recipe.Width} resize={Name(recipe.Resize)} shorter_side={recipe.ShorterSide?.ToString(CultureInfo.InvariantCulture) ?? "~"} scale={Number(recipe.Scale ?? (scaled ? 1 : null))} offset={Number(recipe.Offset ?? (scaled ? 0 : null))} mean={Numbers(recipe.Mean)} std={Numbers(recipe.Std)} orientation={(recipe.ApplyOrientation ? "apply" : "ignore")}");
    }

    private static string Name(ColorMode color) => color switch
    {
        ColorMode.Gray => "gray",
        ColorMode.Rgb => "rgb",
        ColorMode.Bgr => "bgr",
        _ => throw new ArgumentOutOfRangeException(nameof(color), color, "Unknown colour mode."),
    };

    private static string Name(ResizeMethod method) => method switch
    {
        ResizeMethod.None => "none",
        ResizeMethod.Nearest => "nearest",
        ResizeMethod.Bilinear => "bilinear",
        ResizeMethod.BilinearTf1 => "bilinear-tf1",
        ResizeMethod.BilinearAntialias => "bilinear-antialias",
        ResizeMethod.BicubicAntialias => "bicubic-antialias",
        ResizeMethod.BilinearPillow => "bilinear-pillow",
        ResizeMethod.BicubicPillow => "bicubic-pillow",
        ResizeMethod.Area => "area",
        _ => throw new ArgumentOutOfRangeException(nameof(method), method, "Unknown resize method."),
    };

    /// <summary>Negative zero means zero.</summary>
    private static string Number(double? value) => value is { } number ? (number + 0.0).ToString("R", CultureInfo.InvariantCulture) : "~";

    private static string Numbers(IReadOnlyList<double>? values) =>
        values is null ? "~" : $"[{string.Join(',', values.Select(v => Number(v)))}]";
}
