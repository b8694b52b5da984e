using System.Globalization;
using System.Text;

namespace QualityGate.Specs;

/// <summary>Writes a recipe that was read, so that it means the same for a copy of its model.</summary>
internal static class RecipeText
{
    /// <summary>The text of a <c>.extractor.yaml</c> file. Every value is written, defaults too: they may change, this recipe may not.</summary>
    /// <param name="recipe">A recipe of a model file.</param>
    /// <param name="model">File name of the model beside the recipe.</param>
    public static string Write(ExtractorRecipe recipe, string model)
    {
        PreprocessingRecipe images = recipe.Preprocessing;
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"model: {Quoted(model)}\ninput:\n");
        if (recipe.InputName is { } name)
            text.Append(CultureInfo.InvariantCulture, $"  name: {Quoted(name)}\n");
        text.Append(CultureInfo.InvariantCulture, $"  color: {Word(images.Color.ToString())}\n  size: [{images.Height}, {images.Width}]\n  resize: {Word(images.Resize.ToString())}\n");
        if (images.ShorterSide is { } side)
            text.Append(CultureInfo.InvariantCulture, $"  shorter_side: {side}\n");
        text.Append(images.Mean is { } mean
            ? $"  mean: {Numbers(mean)}\n  std: {Numbers(images.Std ?? [])}\n"
            : $"  scale: {Number(images.Scale ?? 1)}\n  offset: {Number(images.Offset ?? 0)}\n");
        text.Append(images.ApplyOrientation ? "  orientation: true\n" : "  orientation: false\n").Append("outputs:\n");
        if (recipe.FeaturesOutput is { } features)
            text.Append(CultureInfo.InvariantCulture, $"  features: {Quoted(features)}\n");
        if (recipe.LogitsOutput is { } logits)
            text.Append(CultureInfo.InvariantCulture, $"  logits: {Quoted(logits)}\n");
        return text.Append(recipe.PoolMean ? "pool: mean\n" : "pool: none\n").ToString();
    }

    // BilinearTf1 is bilinear-tf1.
    private static string Word(string name) =>
        string.Concat(name.Select((c, i) => char.IsAsciiLetterUpper(c) ? (i > 0 ? "-" : "") + char.ToLowerInvariant(c) : c.ToString()));

    private static string Quoted(string text) => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string Numbers(IReadOnlyList<double> values) => $"[{string.Join(", ", values.Select(Number))}]";

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
