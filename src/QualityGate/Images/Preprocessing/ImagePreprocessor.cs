using System.Buffers;
using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>
/// Turns decoded pixels into a model's input exactly as a recipe says: channels first (on 8-bit values), then the resize, then
/// the centre crop, then scale and offset or mean and standard deviation. Safe to use from many threads at once.
/// </summary>
public sealed class ImagePreprocessor
{
    private readonly Normalisation _normalisation;
    private readonly Resampler _resampler;

    /// <summary>Prepares for a recipe.</summary>
    /// <param name="recipe">The recipe.</param>
    /// <exception cref="UserErrorException">QG4010: the recipe contradicts itself.</exception>
    public ImagePreprocessor(PreprocessingRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        RecipeRules.Check(recipe);
        Recipe = recipe;
        _normalisation = new Normalisation(recipe);
        _resampler = Resampler.For(recipe.Resize);
    }

    /// <summary>The recipe that is applied.</summary>
    public PreprocessingRecipe Recipe { get; }

    /// <summary>Channels of the input, 1 or 3.</summary>
    public int Channels => Recipe.Color == ColorMode.Gray ? 1 : 3;

    /// <summary>Number of values of one image's input, Channels x Height x Width.</summary>
    public int Length => Channels * Recipe.Height * Recipe.Width;

    /// <summary>Writes one image's input.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="destination">Receives [Channels, Height, Width], rows contiguous; exactly <see cref="Length"/> values.</param>
    /// <exception cref="UserErrorException">QG4008: the recipe has no resize and the image has another size.</exception>
    /// <exception cref="ArgumentException">The destination has another length.</exception>
    public void Apply(DecodedImage image, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(image);
        if (destination.Length != Length)
            throw new ArgumentException($"The destination has {destination.Length} values, the recipe makes {Length}.", nameof(destination));
        ResizeWindow window = ResizeWindow.For(Recipe, image);
        if (Recipe.Color == ColorMode.Gray && image.Channels == 3)
        {
            ApplyToLuma(image, window, destination);
            return;
        }

        int planeLength = Recipe.Height * Recipe.Width;
        for (int c = 0; c < Channels; c++)
        {
            Span<float> plane = destination.Slice(c * planeLength, planeLength);
            if (image.Channels == 1)
                ApplyToPlane(new SamplePlane(image.Pixels, image.Height, image.Width, 1, 0), window, plane, c);
            else
                ApplyToPlane(new SamplePlane(image.Pixels, image.Height, image.Width, 3, SourceChannel(c)), window, plane, c);
        }
    }

    private int SourceChannel(int channel) => Recipe.Color == ColorMode.Bgr ? 2 - channel : channel;

    private void ApplyToLuma(DecodedImage image, ResizeWindow window, Span<float> destination)
    {
        int length = image.Height * image.Width;
        byte[] gray = ArrayPool<byte>.Shared.Rent(length);
        Luma.FromRgb(image.Pixels, gray.AsSpan(0, length));
        ApplyToPlane(new SamplePlane(gray.AsSpan(0, length), image.Height, image.Width, 1, 0), window, destination, 0);
        ArrayPool<byte>.Shared.Return(gray);
    }

    private void ApplyToPlane(SamplePlane source, ResizeWindow window, Span<float> destination, int channel)
    {
        if (_resampler is PointResampler points)
        {
            points.Sample(source, window, _normalisation.Table(channel), destination);
            return;
        }

        _resampler.Resample(source, window, destination);
        _normalisation.Apply(destination, channel);
    }
}
