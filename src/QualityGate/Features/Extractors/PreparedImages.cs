using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>Gives prepared images as they are: what a network sees, for those who run the network themselves.</summary>
internal sealed class PreparedImages(PreprocessingRecipe recipe) : IImageModel
{
    /// <inheritdoc />
    public int FeatureWidth { get; } = checked((recipe.Color == ColorMode.Gray ? 1 : 3) * recipe.Height * recipe.Width);

    /// <inheritdoc />
    public int? LogitWidth => null;

    /// <inheritdoc />
    public void Run(ReadOnlyMemory<float> input, int count, Span<float> features, Span<float> logits) => input.Span.CopyTo(features);
}
