using QualityGate.MetricLearning;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>What an embedding is trained on, and where it goes.</summary>
public sealed record EmbeddingRequest
{
    /// <summary>Images, or a feature file.</summary>
    public required string Images { get; init; }

    /// <summary>The class of each: <c>folders</c>, a CSV file or an array.</summary>
    public required string Labels { get; init; }

    /// <summary>The extractor that the embedding goes on from, or null for features of a file.</summary>
    public ExtractorRecipe? Extractor { get; init; }

    /// <summary>How images are masked before anything else, or null for not at all.</summary>
    public MaskSettings? Masks { get; init; }

    /// <summary>What happens to images that cannot be read.</summary>
    public OnUnreadable OnUnreadable { get; init; }

    /// <summary>What to train.</summary>
    public EmbeddingOptions Options { get; init; } = new();

    /// <summary>The folder to write to.</summary>
    public required string Output { get; init; }

    /// <summary>Go on from the checkpoint in that folder, when there is one.</summary>
    public bool Resumes { get; init; }
}
