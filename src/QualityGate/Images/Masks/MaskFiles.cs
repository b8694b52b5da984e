using System.Security.Cryptography;
using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>Masks that are images of the same relative names, whatever their endings: <c>cat/1.png</c> masks <c>cat/1.jpg</c>.</summary>
public sealed class MaskFiles : IMaskSource
{
    private readonly ImageSet _masks;
    private readonly MaskValues _values;
    private readonly DecodeOptions _decoding;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);

    /// <summary>Opens the masks at a place.</summary>
    /// <param name="location">A folder, pattern, archive or list file.</param>
    /// <param name="values">Which grey values mean the object.</param>
    /// <param name="decoding">How the images are decoded.</param>
    /// <exception cref="UserErrorException">No mask is there, or two have the same name but for their endings (QG4802).</exception>
    public MaskFiles(string location, MaskValues values, DecodeOptions decoding)
    {
        _masks = ImageSet.Open(location);
        _values = values;
        _decoding = decoding;
        for (int i = 0; i < _masks.Count; i++)
        {
            if (!_places.TryAdd(Stem(_masks.Ids[i]), i))
            {
                string other = _masks.Ids[_places[Stem(_masks.Ids[i])]];
                _masks.Dispose();
                throw new UserErrorException(DataErrors.MaskAmbiguous, $"the masks '{other}' and '{_masks.Ids[i]}' of {location} are of one image.");
            }
        }
    }

    /// <inheritdoc />
    public ObjectMask? Find(int index, string id, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        if (!_places.TryGetValue(Stem(id), out int place))
        {
            return null;
        }

        using ImageBytes mask = _masks.Read(place);
        SHA256.HashData(mask.Span, hash);
        using DecodedImage picture = ImageDecoder.Decode(mask.Span, _masks.Ids[place], _decoding);
        return ObjectMask.Of(picture, _values);
    }

    /// <inheritdoc />
    public void Dispose() => _masks.Dispose();

    /// <summary>An image's relative path without its ending, which masks share.</summary>
    internal static string Stem(string id)
    {
        int dot = id.LastIndexOf('.');
        return dot > id.LastIndexOf('/') + 1 ? id[..dot] : id;
    }
}
