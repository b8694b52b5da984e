using QualityGate.Specs;

namespace QualityGate.Features.Models;

/// <summary>A model that <c>qualitygate models add</c> makes of weights that somebody else publishes.</summary>
/// <param name="Name">Its name in the store.</param>
/// <param name="FileName">Name of the weights, as mirrors must have it.</param>
/// <param name="Source">Where its publisher offers the weights, or null when only <c>--from</c> will do.</param>
/// <param name="Sha256OrPrefix">The weights' SHA-256 in lower-case hexadecimal, or its first digits, or empty when nobody states it.</param>
/// <param name="Bytes">About how large the weights are; a download may be a quarter larger.</param>
/// <param name="LicenceNote">Under what terms its publisher gives it away.</param>
/// <param name="Recipes">Names of its recipes, see <see cref="Specs.NetworkRecipes"/>; the first is the usual one.</param>
/// <param name="Convert">Makes the bytes of an ONNX model of the weights at a path, with the outputs that the recipes name; null when this version cannot.</param>
public sealed record KnownModel(
    string Name,
    string FileName,
    Uri? Source,
    string Sha256OrPrefix,
    long Bytes,
    string LicenceNote,
    IReadOnlyList<string> Recipes,
    Func<string, byte[]>? Convert)
{
    /// <summary>What the model computes with; other than float32 is made of the float32 model.</summary>
    public ModelPrecision Precision { get; private init; }

    /// <summary>The same model in another precision, which is another model with a name of its own.</summary>
    /// <param name="precision">The precision.</param>
    public KnownModel At(ModelPrecision precision) =>
        precision == Precision ? this : this with { Name = ModelPrecisions.NameOf(Name, precision), Precision = precision };
}
