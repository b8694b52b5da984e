using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>The size an image is brought to, and the part of it that is kept.</summary>
/// <param name="ResizedHeight">Height of the whole resized image.</param>
/// <param name="ResizedWidth">Width of the whole resized image.</param>
/// <param name="Top">First row kept.</param>
/// <param name="Left">First column kept.</param>
/// <param name="Height">Rows kept.</param>
/// <param name="Width">Columns kept.</param>
internal readonly record struct ResizeWindow(int ResizedHeight, int ResizedWidth, int Top, int Left, int Height, int Width)
{
    /// <summary>
    /// The window of one image. With a shorter side, the longer one becomes <c>floor(shorterSide * long / short)</c> and the
    /// crop begins at <c>round((resized - kept) / 2)</c>, halves to even, both as torchvision does.
    /// </summary>
    /// <exception cref="UserErrorException">QG4008: no resize, and the sizes differ.</exception>
    public static ResizeWindow For(PreprocessingRecipe recipe, DecodedImage image)
    {
        (int height, int width) = ResizedSize(recipe, image);
        if (recipe.Resize == ResizeMethod.None && (height, width) != (image.Height, image.Width))
            throw Mismatch(recipe, image);
        return new ResizeWindow(
            height, width, CropStart(height, recipe.Height), CropStart(width, recipe.Width), recipe.Height, recipe.Width);
    }

    private static (int Height, int Width) ResizedSize(PreprocessingRecipe recipe, DecodedImage image)
    {
        if (recipe.ShorterSide is not { } side)
            return (recipe.Height, recipe.Width);
        return image.Height <= image.Width
            ? (side, LongerSide(image, side, image.Width, image.Height))
            : (LongerSide(image, side, image.Height, image.Width), side);
    }

    private static int LongerSide(DecodedImage image, int side, int longer, int shorter)
    {
        long length = (long)side * longer / shorter;
        if (length * side > DecodeOptions.Default.MaxPixels)
            throw new UserErrorException(
                DataErrors.ImageTooLarge,
                $"Image '{image.Id}' ({image.Width} x {image.Height}) would grow to {length:N0} x {side:N0} pixels.");
        return (int)length;
    }

    private static int CropStart(int resized, int kept) => (int)Math.Round((resized - kept) / 2.0, MidpointRounding.ToEven);

    private static UserErrorException Mismatch(PreprocessingRecipe recipe, DecodedImage image)
    {
        string wanted = recipe.ShorterSide is { } side
            ? $"a shorter side of {side} pixels"
            : $"{recipe.Width} x {recipe.Height} pixels (width x height)";
        return new UserErrorException(
            DataErrors.ImageSizeMismatch,
            $"Image '{image.Id}' has {image.Width} x {image.Height} pixels, but the recipe wants {wanted} and does not resize.");
    }
}
