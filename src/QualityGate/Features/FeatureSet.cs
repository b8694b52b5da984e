using QualityGate.Numerics;

namespace QualityGate.Features;

/// <summary>The features of one set of images, wherever they came from. At least one of features, logits and moments is present.</summary>
public sealed record FeatureSet
{
    /// <summary>What the user named: a folder, a file, <c>FILE.npz#key</c>.</summary>
    public required string Source { get; init; }

    /// <summary>N, the number of images.</summary>
    public required int Count { get; init; }

    /// <summary>SHA-256 over what is in the set, <c>sha256:hex</c>: equal sets have equal fingerprints, in whatever files they lie.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Features <c>[N, D]</c>, or null.</summary>
    public FeatureMatrix? Features { get; init; }

    /// <summary>Class logits <c>[N, C]</c>, or null.</summary>
    public FeatureMatrix? Logits { get; init; }

    /// <summary>Mean and covariance alone, from a statistics file (pytorch-fid's <c>mu</c> and <c>sigma</c>), or null.</summary>
    public FeatureMoments? Moments { get; init; }

    /// <summary>SHA-256 of each image's bytes, 32 bytes an image in one array, or null when unknown.</summary>
    public byte[]? Hashes { get; init; }

    /// <summary>Relative path of each image, or null when unknown.</summary>
    public IReadOnlyList<string>? Ids { get; init; }

    /// <summary>Class of each image, or null when there are no labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Name of the extractor that made the features, or null for a foreign file.</summary>
    public string? ExtractorName { get; init; }

    /// <summary>Fingerprint of that extractor (model bytes and the whole preprocessing), or null for a foreign file.</summary>
    public string? ExtractorFingerprint { get; init; }
}
