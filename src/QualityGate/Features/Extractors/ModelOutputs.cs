using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>The tensors of a graph that a recipe wants.</summary>
internal static class ModelOutputs
{
    /// <summary>Checks that the recipe wants something, and only tensors that the model computes.</summary>
    public static void Check(OnnxModel model, ExtractorRecipe recipe)
    {
        if (recipe.FeaturesOutput is null && recipe.LogitsOutput is null)
        {
            throw new UserErrorException(DataErrors.UnusableExtractor, $"Extractor '{recipe.Name}' names neither a features nor a logits output.");
        }

        foreach (string? name in (string?[])[recipe.FeaturesOutput, recipe.LogitsOutput])
        {
            if (name is null || model.HasTensor(name)) continue;
            string hint = model.NearestTensorName(name) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            string outputs = string.Join(", ", model.Outputs.Take(10).Select(output => $"'{output.Name}'"));
            throw new UserErrorException(DataErrors.UnknownTensor, $"'{recipe.ModelPath}' computes no tensor '{name}'.{hint} Its outputs: {outputs}.");
        }
    }

    /// <summary>The width of a row when <paramref name="shape"/> is one row an image, <c>[batch, width]</c> with any axes of length 1 behind.</summary>
    /// <remarks>With <paramref name="keepsMap"/> four axes are one row too.</remarks>
    /// <exception cref="UserErrorException">It is another shape.</exception>
    public static int RowWidth(string extractor, string tensor, ReadOnlySpan<long> shape, int batch, bool keepsMap = false)
    {
        string text = $"[{string.Join(", ", shape.ToArray())}]";
        if (shape.Length == 0 || shape[0] != batch)
        {
            throw new UserErrorException(
                DataErrors.ModelOutputUnusable,
                $"Tensor '{tensor}' of extractor '{extractor}' is {text} for a batch of {batch}: its first axis is not the batch.",
                advice: "The model may have been exported for one image at a time; export it with a free batch axis.");
        }

        long values = 1;
        foreach (long axis in shape[1..]) values *= axis;
        if (shape.Length == 1 || values == shape[1] || (keepsMap && shape.Length == 4)) return checked((int)values);
        throw new UserErrorException(
            DataErrors.ModelOutputUnusable,
            $"Tensor '{tensor}' of extractor '{extractor}' is {text}, not one row an image.",
            advice: shape.Length == 4 ? "Add `pool: mean` to average it over height and width." : "Choose a tensor [batch, features].");
    }
}
