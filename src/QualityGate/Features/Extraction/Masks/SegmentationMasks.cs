using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>Masks from the maps that a network made of the same images.</summary>
public sealed class SegmentationMasks : IMaskSource
{
    private readonly FeatureMatrix _maps;
    private readonly Dictionary<string, int> _rows;
    private readonly MaskSettings _settings;
    private readonly int _height;
    private readonly int _width;
    private readonly int _channels;

    /// <summary>Prepares the masks of a set.</summary>
    /// <param name="recipe">The network, as <see cref="RecipeOf"/> makes it.</param>
    /// <param name="maps">Its maps, one row for each image that could be read.</param>
    /// <param name="settings">What of a map means the object.</param>
    /// <param name="images">The set.</param>
    /// <exception cref="UserErrorException">QG4804: the maps are of another size than the network's input.</exception>
    public SegmentationMasks(ExtractorRecipe recipe, FeatureSet maps, MaskSettings settings, ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(maps);
        ArgumentNullException.ThrowIfNull(images);
        (_maps, _settings) = (maps.Features!, settings);
        (_height, _width) = (recipe.Preprocessing.Height, recipe.Preprocessing.Width);
        _channels = _maps.Width / (_height * _width);
        if (_channels == 0 || _maps.Width % (_height * _width) != 0)
        {
            throw new UserErrorException(DataErrors.MaskModel, $"'{recipe.Name}' gives {_maps.Width} values an image; whole channels of {_height} x {_width} are needed.");
        }

        _rows = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int row = 0; row < maps.Ids!.Count; row++)
        {
            _rows.TryAdd(maps.Ids[row], row);
        }
    }

    /// <summary>The recipe of the network that makes masks.</summary>
    /// <param name="source">A path to a model or a recipe.</param>
    /// <param name="decoding">How the images are decoded that will be masked.</param>
    /// <exception cref="UserErrorException">QG4804: the recipe crops, so that its maps do not cover the images; or the recipe is wrong.</exception>
    public static ExtractorRecipe RecipeOf(Located<string> source, DecodeOptions decoding)
    {
        ArgumentNullException.ThrowIfNull(decoding);
        ExtractorRecipe recipe = ExtractorSource.Resolve(source.Value, Directory.GetCurrentDirectory());
        if (recipe.Preprocessing.ShorterSide is not null)
        {
            throw new UserErrorException(DataErrors.MaskModel, $"'{recipe.Name}' crops images (`shorter_side`), so that its maps do not cover them.", source.Location);
        }

        return recipe with
        {
            FeaturesOutput = recipe.FeaturesOutput ?? recipe.LogitsOutput,
            LogitsOutput = null,
            PoolMean = false,
            KeepsMap = true,
            Preprocessing = recipe.Preprocessing with { ApplyOrientation = decoding.ApplyOrientation },
        };
    }

    /// <inheritdoc />
    public ObjectMask? Find(int index, string id, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        if (!_rows.TryGetValue(id, out int row))
        {
            throw new UserErrorException(DataErrors.ImageUnreadable, $"Image '{id}' could not be read to find its object.");
        }

        float[] map = _maps.Row(row).ToArray();
        return ObjectMask.Of(_height, _width, i => IsObject(map, i));
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }

    private bool IsObject(float[] map, int cell)
    {
        if (_settings.Classes is not { } classes)
        {
            return map[cell] >= _settings.Threshold;
        }

        int largest = 0, plane = _height * _width;
        for (int c = 1; c < _channels; c++)
        {
            largest = map[(c * plane) + cell] > map[(largest * plane) + cell] ? c : largest;
        }

        return classes.Contains(largest);
    }
}
