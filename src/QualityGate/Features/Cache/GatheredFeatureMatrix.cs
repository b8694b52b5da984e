using QualityGate.Numerics;

namespace QualityGate.Features.Cache;

/// <summary>Rows picked from mapped segments, in any order: 12 bytes of memory a row, whatever its width.</summary>
internal sealed class GatheredFeatureMatrix(CacheSegment[] segments, CachePlace[] places, bool logits, int width) : FeatureMatrix
{
    /// <inheritdoc />
    public override int Count => places.Length;

    /// <inheritdoc />
    public override int Width => width;

    /// <inheritdoc />
    public override ReadOnlySpan<float> Row(int index)
    {
        CachePlace place = places[index];
        CacheSegment segment = segments[place.Segment];
        return logits ? segment.Logits(place.Row) : segment.Features(place.Row);
    }

    /// <inheritdoc />
    public override void ReleasePages() => Array.ForEach(segments, segment => segment.ReleasePages());
}
