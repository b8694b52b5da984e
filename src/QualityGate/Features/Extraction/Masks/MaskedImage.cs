using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>What is to be done to one image's pixels.</summary>
internal sealed class MaskedImage(ObjectMask mask, MaskMode mode, ImageBytes? donor, string donorId) : IDisposable
{
    public void Apply(DecodedImage image, DecodeOptions decoding)
    {
        using DecodedImage? other = donor is null ? null : ImageDecoder.Decode(donor.Span, donorId, decoding);
        MaskPainter.Apply(image, mask, mode, other);
    }

    public void Dispose() => donor?.Dispose();
}
