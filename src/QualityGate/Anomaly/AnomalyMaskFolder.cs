using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Anomaly;

/// <summary>Masks that lie in a folder under the same relative paths as their images, with any image ending. They are resized, and cut out, as the images are.</summary>
internal sealed class AnomalyMaskFolder : IDisposable
{
    private const float White = 127.5f;

    private readonly ImageSet _masks;
    private readonly ImagePreprocessor _preprocessor;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="input">How images are fed; masks go through the same geometry with nearest neighbours.</param>
    public AnomalyMaskFolder(string folder, PreprocessingRecipe input)
    {
        _preprocessor = new ImagePreprocessor(input with
        {
            Color = ColorMode.Gray,
            Resize = input.Resize == ResizeMethod.None ? ResizeMethod.None : ResizeMethod.Nearest,
            Scale = 1,
            Offset = 0,
            Mean = null,
            Std = null,
        });
        _masks = ImageSet.Open(folder);
        for (int place = 0; place < _masks.Count; place++) _places[MaskFiles.Stem(_masks.Ids[place])] = place;
    }

    /// <summary>True at anomalous pixels, or null for an image without a mask.</summary>
    /// <param name="image">The image's relative path.</param>
    /// <exception cref="Errors.UserErrorException">The mask cannot be read.</exception>
    public bool[]? Of(string image)
    {
        if (!_places.TryGetValue(MaskFiles.Stem(image), out int place)) return null;
        using ImageBytes bytes = _masks.Read(place);
        using DecodedImage mask = ImageDecoder.Decode(bytes.Span, _masks.Ids[place]);
        float[] values = new float[_preprocessor.Length];
        _preprocessor.Apply(mask, values);
        return Array.ConvertAll(values, value => value > White);
    }

    /// <inheritdoc />
    public void Dispose() => _masks.Dispose();
}
