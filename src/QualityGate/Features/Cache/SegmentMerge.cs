using QualityGate.Features.Files;

namespace QualityGate.Features.Cache;

/// <summary>Makes one segment of many, so that opening stays quick after any number of runs.</summary>
internal static class SegmentMerge
{
    private const string LockName = "merge.lock";

    /// <summary>Writes the rows that are sound as one new segment. The old files are left to the caller.</summary>
    /// <returns>The new file, or null when another process is merging or already has.</returns>
    public static string? TryMerge(string folder, string fingerprint, IReadOnlyList<CacheSegment> segments, CacheIndex index)
    {
        FileStream? mergeLock = TryLock(folder);
        if (mergeLock is null)
        {
            return null;
        }

        using (mergeLock)
        {
            if (!segments.All(segment => File.Exists(segment.Path)))
            {
                return null;
            }

            string path = Path.Combine(folder, $"{CacheSegment.Prefix}{Guid.NewGuid():N}{CacheSegment.Ending}");
            Rows(segments, index).WriteTo(path, fingerprint);
            return path;
        }
    }

    private static FileStream? TryLock(string folder)
    {
        try
        {
            return new FileStream(
                Path.Combine(folder, LockName), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0, FileOptions.DeleteOnClose);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static SegmentRows Rows(IReadOnlyList<CacheSegment> segments, CacheIndex index)
    {
        // In the order of the old files, so that reading them is one pass forward.
        CachePlace[] places = [.. index.Places
            .Where(place => segments[place.Segment].IsSound(place.Row))
            .OrderBy(place => place.Segment)
            .ThenBy(place => place.Row)];
        byte[] hashes = new byte[checked(places.Length * CacheSegment.HashBytes)];
        uint[] checks = new uint[places.Length];
        for (int i = 0; i < places.Length; i++)
        {
            CacheSegment segment = segments[places[i].Segment];
            segment.Hash(places[i].Row).CopyTo(hashes.AsSpan(i * CacheSegment.HashBytes));
            checks[i] = segment.Check(places[i].Row);
        }

        return new SegmentRows(hashes, checks, segments[0].Widths, (i, writer, features, logits) =>
        {
            CacheSegment segment = segments[places[i].Segment];
            Append(writer, features, segment.Features(places[i].Row));
            Append(writer, logits, segment.Logits(places[i].Row));
        });
    }

    private static void Append(SafetensorsWriter writer, int tensor, ReadOnlySpan<float> row)
    {
        if (tensor >= 0)
        {
            writer.Append(tensor, row);
        }
    }
}
