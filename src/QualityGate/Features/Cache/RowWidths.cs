namespace QualityGate.Features.Cache;

/// <summary>Values in one row of an extractor's output.</summary>
/// <param name="Features">D, or 0 when the extractor gives no features.</param>
/// <param name="Logits">C, or 0 when it gives no logits.</param>
public readonly record struct RowWidths(int Features, int Logits)
{
    // Far above any extractor; bounds what a damaged file can claim.
    private const int Maximum = 1 << 24;

    internal bool IsValid => Features is >= 0 and <= Maximum && Logits is >= 0 and <= Maximum && Features + Logits > 0;

    internal int Total => Features + Logits;
}

/// <summary>One image's row, in place. Valid until the cache is disposed.</summary>
/// <param name="features">D values, or empty.</param>
/// <param name="logits">C values, or empty.</param>
public readonly ref struct CachedRow(ReadOnlySpan<float> features, ReadOnlySpan<float> logits)
{
    /// <summary>D values, or empty when the extractor gives no features.</summary>
    public ReadOnlySpan<float> Features { get; } = features;

    /// <summary>C values, or empty when the extractor gives no logits.</summary>
    public ReadOnlySpan<float> Logits { get; } = logits;
}

/// <summary>How much a cache holds.</summary>
/// <param name="Entries">Images with features; one that lies in two segments counts twice.</param>
/// <param name="Bytes">Bytes on disk.</param>
/// <param name="Segments">Files of finished runs.</param>
public readonly record struct FeatureCacheInfo(long Entries, long Bytes, int Segments);
