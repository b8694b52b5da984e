using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>Choices and limits of <see cref="ImageDecoder"/>. The limits are checked before any pixel is decoded.</summary>
public sealed record DecodeOptions
{
    /// <summary>No orientation applied, 100 megapixels, 65,535 pixels a side, 256 MiB a file.</summary>
    public static DecodeOptions Default { get; } = new();

    /// <summary>Turn the image as its EXIF orientation says. Off by default, as the metric libraries do.</summary>
    public bool ApplyOrientation { get; init; }

    /// <summary>Largest width times height.</summary>
    public long MaxPixels { get; init; } = 100_000_000;

    /// <summary>Largest width and largest height.</summary>
    public int MaxSide { get; init; } = 65_535;

    /// <summary>Largest number of bytes of a file.</summary>
    public int MaxBytes { get; init; } = 256 << 20;

    /// <summary>The defaults, with the orientation rule of a recipe.</summary>
    /// <param name="recipe">The recipe that the pixels are decoded for.</param>
    public static DecodeOptions For(PreprocessingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        return recipe.ApplyOrientation ? Default with { ApplyOrientation = true } : Default;
    }
}
