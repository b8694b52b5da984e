using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Pictures;

/// <summary>Images as a network takes them, and what it makes as pictures: both ways through one recipe.</summary>
/// <param name="recipe">How images become the network's.</param>
internal sealed class NetworkPictures(PreprocessingRecipe recipe)
{
    private readonly ImagePreprocessor _preprocessor = new(recipe);
    private readonly float _low = At(recipe, 0);
    private readonly float _high = At(recipe, 255);

    /// <summary>The value between black and white.</summary>
    public float Gray => (_low + _high) / 2;

    /// <summary>An image of a set, <c>[C, H, W]</c>.</summary>
    public float[] Read(ImageSet images, int place)
    {
        float[] values = new float[_preprocessor.Length];
        using ImageBytes bytes = images.Read(place);
        using DecodedImage image = ImageDecoder.Decode(bytes.Span, images.Ids[place], DecodeOptions.For(recipe));
        _preprocessor.Apply(image, values);
        return values;
    }

    /// <summary>Values as a picture.</summary>
    public PlainPicture Show(ReadOnlySpan<float> planes) => PlainPicture.OfPlanes(recipe.Height, recipe.Width, _preprocessor.Channels, planes, _low, _high);

    // With mean and std that of the first channel, which is near enough for looking at.
    private static float At(PreprocessingRecipe recipe, int level) => recipe.Mean is { } mean
        ? (float)(((level / 255.0) - mean[0]) / recipe.Std![0])
        : (float)((level * (recipe.Scale ?? 1)) + (recipe.Offset ?? 0));
}
