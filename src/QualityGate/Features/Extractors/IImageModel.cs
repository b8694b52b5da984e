namespace QualityGate.Features.Extractors;

/// <summary>
/// Anything that turns prepared images into a row of numbers each: a network, or a search. Several threads may call it at once, and a row depends on its
/// image alone.
/// </summary>
public interface IImageModel
{
    /// <summary>Values of one image's row, or 0 for none.</summary>
    int FeatureWidth { get; }

    /// <summary>Values of one image's logits, or null for none.</summary>
    int? LogitWidth { get; }

    /// <summary>Computes the rows of some images.</summary>
    /// <param name="input">Prepared images <c>[count, channels, height, width]</c>; read only until this method returns.</param>
    /// <param name="count">How many images.</param>
    /// <param name="features"><c>[count, FeatureWidth]</c>, overwritten.</param>
    /// <param name="logits"><c>[count, LogitWidth]</c>, overwritten; empty without logits.</param>
    void Run(ReadOnlyMemory<float> input, int count, Span<float> features, Span<float> logits);
}
