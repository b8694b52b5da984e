using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Anomaly;

/// <summary>Masks that lie in a folder under the same relative paths as their images, with any image ending. They are resized, and cut out, as the images are.</summary>
internal sealed class AnomalyMaskFolder
{
    private const float White = 127.5f;

    private readonly string _folder;
    private readonly ImagePreprocessor _preprocessor;
    private readonly Dictionary<string, string> _byStem = new(StringComparer.Ordinal);

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="input">How images are fed; masks go through the same geometry with nearest neighbours.</param>
    public AnomalyMaskFolder(string folder, PreprocessingRecipe input)
    {
        _folder = folder;
        _preprocessor = new ImagePreprocessor(input with
        {
            Color = ColorMode.Gray,
            Resize = input.Resize == ResizeMethod.None ? ResizeMethod.None : ResizeMethod.Nearest,
            Scale = 1,
            Offset = 0,
            Mean = null,
            Std = null,
        });
        using ImageSet masks = ImageSet.Open(folder);
        foreach (string id in masks.Ids) _byStem[Stem(id)] = id;
    }

    /// <summary>True at anomalous pixels, or null for an image without a mask.</summary>
    /// <param name="image">The image's relative path.</param>
    /// <exception cref="UserErrorException">The mask cannot be read.</exception>
    public bool[]? Of(string image)
    {
        if (!_byStem.TryGetValue(Stem(image), out string? id)) return null;
        string path = Path.Combine(_folder, id);
        byte[] bytes;
        try
        {
            bytes = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(DataErrors.FileSystem, $"The mask {path} cannot be read: {error.Message}", innerException: error);
        }

        using DecodedImage mask = ImageDecoder.Decode(bytes, id);
        float[] values = new float[_preprocessor.Length];
        _preprocessor.Apply(mask, values);
        return Array.ConvertAll(values, value => value > White);
    }

    // Both sides list relative paths with slashes and never leave their folder; only the ending may differ.
    private static string Stem(string id) => id[..^Path.GetExtension(id).Length];
}
