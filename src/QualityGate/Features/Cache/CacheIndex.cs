using System.Runtime.InteropServices;

namespace QualityGate.Features.Cache;

/// <summary>Where an image's row lies.</summary>
/// <param name="Segment">Number of the segment, or <see cref="Journal"/>.</param>
/// <param name="Row">Row of the segment, or record of the journal.</param>
internal readonly record struct CachePlace(int Segment, int Row)
{
    public const int Journal = -1;
}

/// <summary>First half of an image's hash. The other half is compared in the file, so a clash is never a wrong answer.</summary>
internal readonly record struct HashPrefix(ulong First, ulong Second)
{
    /// <summary>The prefix of a 32-byte hash.</summary>
    public static HashPrefix Of(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != CacheSegment.HashBytes)
        {
            throw new ArgumentException($"A hash has {CacheSegment.HashBytes} bytes, not {hash.Length}.", nameof(hash));
        }

        ReadOnlySpan<ulong> words = MemoryMarshal.Cast<byte, ulong>(hash);
        return new HashPrefix(words[0], words[1]);
    }

    /// <inheritdoc />
    public override int GetHashCode() => (int)First;
}

/// <summary>Finds rows by hash: about 50 bytes an image.</summary>
internal sealed class CacheIndex
{
    private readonly Dictionary<HashPrefix, CachePlace> _places = [];

    /// <summary>Images known.</summary>
    public int Count => _places.Count;

    /// <summary>All places, in no order.</summary>
    public IEnumerable<CachePlace> Places => _places.Values;

    /// <summary>Where a row is said to lie.</summary>
    public bool TryGet(ReadOnlySpan<byte> hash, out CachePlace place) => _places.TryGetValue(HashPrefix.Of(hash), out place);

    /// <summary>Whether the image is known.</summary>
    public bool Contains(ReadOnlySpan<byte> hash) => _places.ContainsKey(HashPrefix.Of(hash));

    /// <summary>Adds all rows of a segment. Images already known stay where they are, unless that is the journal.</summary>
    public void Add(CacheSegment segment, int number)
    {
        _places.EnsureCapacity(_places.Count + segment.Count);
        for (int row = 0; row < segment.Count; row++)
        {
            ref CachePlace place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, HashPrefix.Of(segment.Hash(row)), out bool known);
            if (!known || place.Segment == CachePlace.Journal)
            {
                place = new CachePlace(number, row);
            }
        }
    }

    /// <summary>Adds an image that is not known yet.</summary>
    public void Add(ReadOnlySpan<byte> hash, CachePlace place) => _places.TryAdd(HashPrefix.Of(hash), place);

    /// <summary>Forgets an image whose row turned out to be damaged.</summary>
    public void Remove(ReadOnlySpan<byte> hash) => _places.Remove(HashPrefix.Of(hash));

    /// <summary>Forgets everything.</summary>
    public void Clear() => _places.Clear();
}
