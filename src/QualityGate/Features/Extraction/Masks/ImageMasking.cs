using System.Security.Cryptography;
using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Numerics.Random;
using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>
/// Masks the images of one set before they are preprocessed, and gives each a key that covers its bytes, its mask and whatever takes the background's place.
/// Any number of threads may call it at once.
/// </summary>
public sealed class ImageMasking : IDisposable
{
    private const int HashBytes = 32;

    private readonly MaskSettings _settings;
    private readonly IMaskSource _source;
    private readonly Lock _gate = new();
    private readonly int[]? _donors;
    private readonly List<(int Index, MaskFinding Finding)> _findings = [];

    /// <summary>Prepares the masks of a set.</summary>
    /// <param name="settings">What to do.</param>
    /// <param name="source">Where the set's masks are; disposed with this.</param>
    /// <param name="images">The set.</param>
    /// <exception cref="UserErrorException">QG4805: backgrounds cannot be swapped in a set of one image.</exception>
    public ImageMasking(MaskSettings settings, IMaskSource source, ImageSet images)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(images);
        (_settings, _source) = (settings, source);
        if (settings.Mode.Kind == MaskModeKind.Swap)
        {
            _donors = Donors(images, settings.Mode.Seed);
        }
    }

    internal OnMissingMask OnMissing => _settings.OnMissing;

    /// <summary>Finds an image's mask, and makes <paramref name="key"/>, the hash of its bytes, the key of what it becomes.</summary>
    /// <returns>What to do to the pixels; null when there is no mask and the image is to be left out.</returns>
    /// <exception cref="UserErrorException">The mask or the donor cannot be read.</exception>
    internal MaskedImage? Open(ImageSet images, int index, ReadOnlySpan<byte> bytes, Span<byte> key)
    {
        Span<byte> parts = stackalloc byte[(3 * HashBytes) + 1];
        parts.Clear();
        key.CopyTo(parts);
        ObjectMask? mask = FindMask(images, index, bytes, parts.Slice(HashBytes, HashBytes));
        if (mask is null)
        {
            Report(index, MaskFinding.Missing);
            if (_settings.OnMissing != OnMissingMask.Full)
            {
                return null;
            }
        }
        else if (mask.IsEmpty || mask.IsFull)
        {
            Report(index, mask.IsEmpty ? MaskFinding.Empty : MaskFinding.Full);
        }

        // No mask is not the mask whose hash is zero.
        parts[^1] = mask is null ? (byte)1 : (byte)0;
        ImageBytes? donor = _donors is null ? null : images.Read(_donors[index]);
        if (donor is not null)
        {
            SHA256.HashData(donor.Span, parts.Slice(2 * HashBytes, HashBytes));
        }

        SHA256.HashData(parts, key);
        return new MaskedImage(mask ?? ObjectMask.Full, _settings.Mode, donor, donor is null ? string.Empty : images.Ids[_donors![index]]);
    }

    /// <summary>What was found of the images that count.</summary>
    /// <param name="images">The set.</param>
    /// <param name="rows">Indices of the images that were measured or failed, ascending.</param>
    internal MaskReport Report(ImageSet images, int[] rows)
    {
        string[] Named(MaskFinding finding) =>
            [.. _findings.Where(f => f.Finding == finding && Array.BinarySearch(rows, f.Index) >= 0).Select(f => f.Index).Order().Select(i => images.Ids[i])];
        return new MaskReport(Named(MaskFinding.Missing), Named(MaskFinding.Empty), Named(MaskFinding.Full), Named(MaskFinding.Unreadable), _settings.OnMissing);
    }

    /// <inheritdoc />
    public void Dispose() => _source.Dispose();

    private ObjectMask? FindMask(ImageSet images, int index, ReadOnlySpan<byte> bytes, Span<byte> hash)
    {
        try
        {
            return _source.Find(index, images.Ids[index], bytes, hash);
        }
        catch (UserErrorException)
        {
            Report(index, MaskFinding.Unreadable);
            throw;
        }
    }

    private void Report(int index, MaskFinding finding)
    {
        lock (_gate)
        {
            _findings.Add((index, finding));
        }
    }

    // One cycle through all images, so that none is its own donor and each is a donor once.
    private static int[] Donors(ImageSet images, uint seed)
    {
        if (images.Count < 2)
        {
            throw new UserErrorException(DataErrors.MaskSetting, $"backgrounds are swapped between images, and {images.Source} holds one alone.");
        }

        int[] order = new NumpyRandomState(seed).Permutation(images.Count), donors = new int[images.Count];
        for (int i = 0; i < order.Length; i++)
        {
            donors[order[i]] = order[(i + 1) % order.Length];
        }

        return donors;
    }

    private enum MaskFinding
    {
        Missing,
        Empty,
        Full,
        Unreadable,
    }
}
