using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>The images' own transparency. What has no alpha channel has no mask.</summary>
/// <param name="values">Which alpha values mean the object.</param>
/// <param name="decoding">How the images are decoded, so that both stand the same way up.</param>
public sealed class AlphaMasks(MaskValues values, DecodeOptions decoding) : IMaskSource
{
    /// <inheritdoc />
    public ObjectMask? Find(int index, string id, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        using DecodedImage? alpha = ImageDecoder.DecodeAlpha(bytes, id, decoding);
        return alpha is null ? null : ObjectMask.Of(alpha, values);
    }

    /// <inheritdoc />
    public void Dispose()
    {
    }
}
