using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>A model cut down to what a recipe wants, ready to be given to ONNX Runtime.</summary>
internal sealed record ModelPlan
{
    /// <summary>The model's bytes.</summary>
    public required byte[] Bytes { get; init; }

    /// <summary>Folder of the files it keeps constants in, or null when it has none.</summary>
    public string? ExternalFolder { get; init; }

    /// <summary>Where images go in.</summary>
    public required ModelInput Input { get; init; }

    /// <summary>Where features come out, or null.</summary>
    public string? Features { get; init; }

    /// <summary>Where logits come out, or null.</summary>
    public string? Logits { get; init; }

    public static ModelPlan Of(ExtractorRecipe recipe) =>
        recipe.BuiltIn is { } builtIn ? OfBuiltIn(recipe, builtIn) : OfFile(recipe);

    private static ModelPlan OfBuiltIn(ExtractorRecipe recipe, BuiltInParameters builtIn)
    {
        PreprocessingRecipe images = recipe.Preprocessing;
        if (images.Height != builtIn.InputSize || images.Width != builtIn.InputSize || images.Color == ColorMode.Gray || recipe.LogitsOutput is not null)
        {
            throw new UserErrorException(
                DataErrors.UnusableExtractor,
                $"Extractor '{recipe.Name}' takes three channels of {builtIn.InputSize} x {builtIn.InputSize} pixels and has features only, no logits.");
        }

        try
        {
            byte[] bytes = RandomVgg16.Build(builtIn.WidthMultiplier, builtIn.InputSize, builtIn.Features, builtIn.Seed);
            return new ModelPlan { Bytes = bytes, Input = new ModelInput(RandomVgg16.InputName, null), Features = RandomVgg16.FeaturesName };
        }
        catch (ArgumentOutOfRangeException error)
        {
            throw new UserErrorException(DataErrors.UnusableExtractor, $"Extractor '{recipe.Name}': {error.Message}", innerException: error);
        }
    }

    private static ModelPlan OfFile(ExtractorRecipe recipe)
    {
        ModelFile file = ModelFile.Open(recipe);
        OnnxModel model = file.Model;
        ModelInput input = ModelInput.Of(model, recipe);
        ModelOutputs.Check(model, recipe);

        // A tensor that is known to have no spatial axes is already what pooling would make of it.
        string? features = recipe.FeaturesOutput;
        if (features is not null && recipe.PoolMean && model.Find(features)?.Shape is not { Count: 2 }) features = model.MeanPool(features);
        model.KeepOnlyOutputs(((string?[])[features, recipe.LogitsOutput]).OfType<string>().Distinct().ToArray());
        if (model.Inputs.Count != 1 || model.Inputs[0].Name != input.Name) throw WrongInputs(recipe, model, input);
        return new ModelPlan
        {
            Bytes = model.ToBytes(),
            ExternalFolder = file.ExternalFiles.Count == 0 ? null : file.Folder,
            Input = input,
            Features = features,
            Logits = recipe.LogitsOutput,
        };
    }

    private static UserErrorException WrongInputs(ExtractorRecipe recipe, OnnxModel model, ModelInput input)
    {
        string needed = model.Inputs.Count == 0 ? "no input" : string.Join(", ", model.Inputs.Select(other => $"'{other.Name}'"));
        return new UserErrorException(
            DataErrors.ModelInputMismatch,
            $"The outputs that extractor '{recipe.Name}' names are computed from {needed}; only '{input.Name}' can be fed, with images.");
    }
}
