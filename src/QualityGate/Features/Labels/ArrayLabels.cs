using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Features.Files;

namespace QualityGate.Features.Labels;

/// <summary>Labels from an array <c>[N]</c> (or <c>[N, 1]</c>) of text or whole numbers, one an image, in the order of the set.</summary>
internal static class ArrayLabels
{
    public static IReadOnlyList<string> Read(LabelTarget target, string location, SetSample? whole)
    {
        NpyArray array = NumpyFeatures.ReadArray(location);
        if (array.Shape.Count is 0 or > 2 || (array.Shape.Count == 2 && array.Shape[1] != 1))
        {
            throw FeatureFileErrors.WrongShape(
                location, $"labels must be an array of one dimension, not of shape {MatrixShape.Text(array.Shape)}", "Save one label an image, as an array [N].");
        }

        if (whole is not null && array.Count == whole.Total)
        {
            string[] labels = array.ToStrings();
            return [.. whole.Rows.Select(row => labels[row])];
        }

        return array.Count == target.Set.Count
            ? array.ToStrings()
            : throw target.Fail(
                DataErrors.LabelCount, $"{location} holds {array.Count} labels, but the {target.Role} ({target.Set.Source}) has {target.Set.Count} images{Advice(target)}.");
    }

    // Commands that look at one set have no labels of another.
    private static string Advice(LabelTarget target) => target.Role is "reference" or "candidate" ? $"; is it the other set's? --{target.Role}-labels names this set's own" : "";
}
