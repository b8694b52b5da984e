namespace QualityGate.Features.Extraction;

/// <summary>The features of an image set, and what was left out.</summary>
/// <param name="Set">Features in the set's order, without unreadable images.</param>
/// <param name="Unreadable">Images left out, in the set's order; empty unless unreadable images are skipped.</param>
/// <param name="Computed">How many went through the model; the others were in the cache or equal to one that was.</param>
public sealed record ExtractionResult(FeatureSet Set, IReadOnlyList<UnreadableImage> Unreadable, int Computed)
{
    /// <summary>What was found of the masks, or null without masks.</summary>
    public MaskReport? Masks { get; init; }

    /// <summary>Of which larger set this is a random sample, or null for the whole set.</summary>
    public SetSample? Sample { get; init; }
}
