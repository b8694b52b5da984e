using QualityGate.Backgrounds;
using QualityGate.Features.Extraction;
using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>The audited images as they are and masked, read again when they are looked at.</summary>
internal sealed class BackgroundPictures : IExamplePictures
{
    private readonly AuditedImages _audited;
    private readonly ImageSet _images;
    private readonly ImageMasking _masking;
    private readonly DecodeOptions _decoding;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    private BackgroundPictures(AuditedImages audited, ImageSet images, ImageMasking masking, DecodeOptions decoding)
    {
        (_audited, _images, _masking, _decoding) = (audited, images, masking, decoding);
        for (int place = 0; place < images.Count; place++)
            _places.TryAdd(images.Ids[place], place);
    }

    public static BackgroundPictures Open(BackgroundRequest request, AuditedImages audited, GateRunOptions options, CancellationToken cancellation)
    {
        ExtractorRecipe recipe = request.Extractors[0];
        MaskSettings masks = request.Masks with { Mode = request.Settings.Against };
        using FeatureSource source = new(recipe, options with { Budget = null }, request.OnUnreadable, request.Device) { Masks = masks };
        ImageSet images = ImageSet.Open(request.Images);
        return new BackgroundPictures(audited, images, source.Masking(audited.Role, images, cancellation)!, DecodeOptions.For(recipe.Preprocessing));
    }

    public (PlainPicture Plain, PlainPicture Masked) Show(int image)
    {
        string id = _audited.Ids[image];
        int place = _places[id];
        using ImageBytes bytes = _images.Read(place);
        using DecodedImage decoded = ImageDecoder.Decode(bytes.Span, id, _decoding);
        PlainPicture plain = PlainPicture.Of(decoded);
        Span<byte> key = stackalloc byte[32];
        using MaskedImage? masked = _masking.Open(_images, place, bytes.Span, key);
        masked?.Apply(decoded, _decoding);
        return (plain, PlainPicture.Of(decoded));
    }

    public void Dispose()
    {
        _masking.Dispose();
        _images.Dispose();
    }
}
