using System.Globalization;
using System.Text;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>A preprocessing recipe as text that is the same for the same recipe: every field, in a fixed order.</summary>
internal static class RecipeText
{
    public static string Of(PreprocessingRecipe recipe)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"color: {recipe.Color}\nsize: {recipe.Height} {recipe.Width}\nresize: {recipe.Resize}\n");
        text.Append(CultureInfo.InvariantCulture, $"shorter_side: {recipe.ShorterSide}\nscale: {recipe.Scale:R}\noffset: {recipe.Offset:R}\n");
        text.Append(CultureInfo.InvariantCulture, $"mean: {Numbers(recipe.Mean)}\nstd: {Numbers(recipe.Std)}\norientation: {recipe.ApplyOrientation}\n");
        return text.ToString();
    }

    private static string Numbers(IReadOnlyList<double>? values) =>
        values is null ? "" : string.Join(' ', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));
}
