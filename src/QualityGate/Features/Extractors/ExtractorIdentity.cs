using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QualityGate.Images;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>What tells extractors apart: two with the same fingerprint give the same features for the same image.</summary>
/// <param name="Name">The recipe's name, for people.</param>
/// <param name="Fingerprint"><c>sha256:hex</c> over the model's bytes, the chosen tensors and the whole preprocessing.</param>
public sealed record ExtractorIdentity(string Name, string Fingerprint)
{
    /// <summary>Identifies an extractor. Reads the model file and checks its names, but does not load it into ONNX Runtime.</summary>
    /// <exception cref="Errors.UserErrorException">The model is missing, is not an ONNX model, or lacks a tensor that the recipe names.</exception>
    public static ExtractorIdentity Of(ExtractorRecipe recipe)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        var text = new StringBuilder("qualitygate.extractor/1\n");
        if (recipe.BuiltIn is { } builtIn) AppendBuiltIn(text, builtIn);
        else AppendModelFile(text, recipe);
        text.Append("pool: ").Append(recipe.PoolMean ? "mean" : "none").Append('\n');
        text.Append(PreprocessingText.Canonical(recipe.Preprocessing));
        byte[] hash = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        return new ExtractorIdentity(recipe.Name, "sha256:" + Convert.ToHexStringLower(hash));
    }

    /// <summary>The same extractor of masked images.</summary>
    /// <param name="mode">The mode, for people.</param>
    /// <param name="canonical">All of the masking that changes features.</param>
    public ExtractorIdentity Masked(MaskMode mode, string canonical) =>
        new($"{Name}+{mode}", "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Fingerprint}\n{canonical}"))));

    private static void AppendBuiltIn(StringBuilder text, BuiltInParameters builtIn) =>
        text.Append(
            CultureInfo.InvariantCulture,
            $"random-vgg16/{RandomVgg16.AlgorithmVersion} width={builtIn.WidthMultiplier:R} size={builtIn.InputSize} features={builtIn.Features} seed={builtIn.Seed}\n");

    private static void AppendModelFile(StringBuilder text, ExtractorRecipe recipe)
    {
        ModelFile file = ModelFile.Open(recipe);
        text.Append("model: ").Append(file.Sha256).Append('\n');
        foreach (ExternalFile external in file.ExternalFiles)
        {
            text.Append("external: ").Append(external.Location).Append(' ').Append(ModelFile.HashFile(external.Path)).Append('\n');
        }

        // The input's name as the model has it, so that leaving it out and writing it down are the same extractor.
        text.Append("input: ").Append(ModelInput.Of(file.Model, recipe).Name).Append('\n');
        text.Append("features: ").Append(recipe.FeaturesOutput ?? "~").Append('\n');
        text.Append("logits: ").Append(recipe.LogitsOutput ?? "~").Append('\n');
        ModelOutputs.Check(file.Model, recipe);
    }
}
