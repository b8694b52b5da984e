using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>The one input that images are given to.</summary>
/// <param name="Name">Its name.</param>
/// <param name="FixedBatch">Images that the model always takes at once, or null when the number is free.</param>
internal sealed record ModelInput(string Name, int? FixedBatch)
{
    private const int Rank = 4;

    /// <summary>More images at once are surely a mistake in the file.</summary>
    private const int LargestFixedBatch = 4096;

    /// <summary>Finds the input that a recipe means and checks that the recipe's images fit it.</summary>
    public static ModelInput Of(OnnxModel model, ExtractorRecipe recipe)
    {
        OnnxTensorInfo input = Choose(model, recipe);
        if (input.ElementType != OnnxElementType.Float)
        {
            throw Mismatch(recipe, input, $"holds {input.ElementType} values; only float32 inputs can be fed", "Export the model with a float32 input.");
        }

        if (input.Shape is not { } shape) return new ModelInput(input.Name, null);
        CheckShape(recipe, input, shape);
        return new ModelInput(input.Name, FixedBatchOf(recipe, input, shape[0]));
    }

    private static OnnxTensorInfo Choose(OnnxModel model, ExtractorRecipe recipe)
    {
        IReadOnlyList<OnnxTensorInfo> inputs = model.Inputs;
        string known = inputs.Count == 0 ? "none" : string.Join(", ", inputs.Take(10).Select(input => $"'{input.Name}'"));
        if (recipe.InputName is { } name)
        {
            if (inputs.FirstOrDefault(input => input.Name == name) is { } named) return named;
            string hint = model.NearestInputName(name) is { } nearest ? $" Did you mean '{nearest}'?" : "";
            throw new UserErrorException(DataErrors.UnknownTensor, $"'{recipe.ModelPath}' has no input '{name}'.{hint} Its inputs: {known}.");
        }

        if (inputs.Count == 1) return inputs[0];
        throw new UserErrorException(
            DataErrors.UnknownTensor,
            $"'{recipe.ModelPath}' has {inputs.Count} inputs ({known}), so the one that takes images cannot be guessed.",
            advice: "Name it: `input: { name: ... }`.");
    }

    private static void CheckShape(ExtractorRecipe recipe, OnnxTensorInfo input, IReadOnlyList<OnnxDimension> shape)
    {
        PreprocessingRecipe images = recipe.Preprocessing;
        int channels = images.Color == ColorMode.Gray ? 1 : 3;
        if (shape.Count != Rank) throw Mismatch(recipe, input, "is not [batch, channels, height, width]");
        if (shape[1].Length is not { } || Fits(shape[1], channels))
        {
            if (Fits(shape[2], images.Height) && Fits(shape[3], images.Width)) return;
            throw Mismatch(recipe, input, $"does not take images of {images.Height} x {images.Width} pixels", "Set `size: [height, width]` to the model's.");
        }

        if (shape[3].Length == channels)
        {
            throw Mismatch(recipe, input, "has its channels last", "Export the model with channels first: [batch, channels, height, width].");
        }

        throw Mismatch(recipe, input, $"does not take images of {channels} channel{(channels == 1 ? "" : "s")}", "Set `color: gray`, `rgb` or `bgr` as the model needs.");
    }

    private static bool Fits(OnnxDimension axis, int length) => axis.Length is not { } fixedLength || fixedLength == length;

    private static int? FixedBatchOf(ExtractorRecipe recipe, OnnxTensorInfo input, OnnxDimension axis)
    {
        if (axis.Length is not { } length) return null;
        if (length <= LargestFixedBatch) return (int)length;
        throw Mismatch(recipe, input, $"takes {length} images at once");
    }

    private static UserErrorException Mismatch(ExtractorRecipe recipe, OnnxTensorInfo input, string what, string? advice = null) =>
        new(DataErrors.ModelInputMismatch, $"Input '{input.Name}' {input.ShapeText} of '{recipe.ModelPath}' {what}.", advice: advice);
}
