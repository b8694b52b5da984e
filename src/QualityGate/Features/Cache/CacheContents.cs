using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.Features.Cache;

/// <summary>The segments of one extractor that could be trusted, and the index over them. Not for several threads at once.</summary>
internal sealed class CacheContents : IDisposable
{
    private const int ListAttempts = 3;
    private static readonly TimeSpan LeftoverAge = TimeSpan.FromDays(1);

    private readonly string _folder;
    private readonly string _fingerprint;
    private readonly List<CacheSegment> _segments = [];
    private readonly List<string> _warnings = [];

    private CacheContents(string folder, string fingerprint, RowWidths? widths)
    {
        _folder = folder;
        _fingerprint = fingerprint;
        Widths = widths;
    }

    /// <summary>Values in a row; null until something says so.</summary>
    public RowWidths? Widths { get; set; }

    /// <summary>Open segments.</summary>
    public IReadOnlyList<CacheSegment> Segments => _segments;

    /// <summary>Where rows lie.</summary>
    public CacheIndex Index { get; } = new();

    /// <summary>What was left out and why.</summary>
    public IReadOnlyList<string> Warnings => _warnings;

    /// <summary>Opens all segments of a folder, takes in journals that nobody owns, and merges when there are too many.</summary>
    public static CacheContents Load(string folder, string fingerprint, RowWidths? widths, int maxSegments)
    {
        CacheContents contents = new(folder, fingerprint, widths);
        contents.OpenSegments();
        foreach (string path in CacheFolder.List(folder, CacheJournal.Prefix, CacheJournal.Ending))
        {
            contents.Recover(path);
        }

        if (contents._segments.Count > maxSegments)
        {
            contents.Merge();
        }

        contents.DeleteLeftovers();
        return contents;
    }

    /// <summary>Writes records of a journal as a segment and opens it.</summary>
    public bool Take(CacheJournal journal, string fingerprint, IReadOnlyList<int> records)
    {
        if (records.Count == 0)
        {
            return false;
        }

        string path = Path.Combine(_folder, $"{CacheSegment.Prefix}{Guid.NewGuid():N}{CacheSegment.Ending}");
        journal.WriteSegment(path, records);
        Add(CacheSegment.Open(path, fingerprint));
        return true;
    }

    /// <summary>Turns to another segment's row for an image whose row is damaged, or leaves the image out when there is none.</summary>
    public void Forget(ReadOnlySpan<byte> hash, CachePlace damaged)
    {
        _warnings.Add($"{_segments[damaged.Segment].Path}: row {damaged.Row} is damaged and is not used.");
        Index.Remove(hash);
        for (int number = 0; number < _segments.Count; number++)
        {
            CacheSegment segment = _segments[number];
            for (int row = 0; row < segment.Count && segment.Widths == Widths; row++)
            {
                if (segment.Hash(row).SequenceEqual(hash) && segment.IsSound(row))
                {
                    Index.Add(hash, new CachePlace(number, row));
                    return;
                }
            }
        }
    }

    /// <summary>Leaves all segments out, since their rows have other widths.</summary>
    public void Reset(RowWidths widths)
    {
        _warnings.Add($"{_folder}: rows of {Widths} are ignored, since the extractor gives {widths}.");
        Index.Clear();
        Widths = widths;
    }

    /// <inheritdoc />
    public void Dispose() => _segments.ForEach(segment => segment.Dispose());

    private void OpenSegments()
    {
        HashSet<string> seen = [];
        bool vanished = true;
        for (int attempt = 0; attempt < ListAttempts && vanished; attempt++)
        {
            // A file that is gone was merged by another process; what it held is in a file that a new listing shows.
            vanished = false;
            foreach (string path in CacheFolder.List(_folder, CacheSegment.Prefix, CacheSegment.Ending))
            {
                vanished |= seen.Add(path) && !TryOpen(path);
            }
        }
    }

    private bool TryOpen(string path)
    {
        try
        {
            Add(CacheSegment.Open(path, _fingerprint));
        }
        catch (UserErrorException exception)
        {
            if (!File.Exists(path))
            {
                return false;
            }

            _warnings.Add($"A part of the feature cache is ignored: {exception.Message} Delete the file to be rid of this warning.");
        }

        return true;
    }

    private void Add(CacheSegment segment)
    {
        Widths ??= segment.Widths;
        if (segment.Widths != Widths)
        {
            _warnings.Add($"A part of the feature cache is ignored: {segment.Path} has rows of {segment.Widths}, not of {Widths}.");
            segment.Dispose();
            return;
        }

        _segments.Add(segment);
        Index.Add(segment, _segments.Count - 1);
    }

    private void Recover(string path)
    {
        try
        {
            using CacheJournal? journal = CacheJournal.TryRecover(path);
            if (journal is null)
            {
                return;
            }

            if (journal.Fingerprint == _fingerprint && (Widths is null || journal.Widths == Widths))
            {
                Take(journal, _fingerprint, UnknownRecords(journal));
            }

            journal.Delete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UserErrorException)
        {
            _warnings.Add($"{path} was left by a run that was killed and could not be taken in: {exception.Message}");
        }
    }

    private List<int> UnknownRecords(CacheJournal journal)
    {
        byte[] hash = new byte[CacheSegment.HashBytes];
        float[] features = new float[journal.Widths.Features];
        float[] logits = new float[journal.Widths.Logits];
        HashSet<HashPrefix> seen = [];
        List<int> records = [];
        for (int i = 0; i < journal.Count; i++)
        {
            journal.Read(i, hash, features, logits);
            if (!Index.Contains(hash) && seen.Add(HashPrefix.Of(hash)))
            {
                records.Add(i);
            }
        }

        return records;
    }

    private void Merge()
    {
        try
        {
            if (SegmentMerge.TryMerge(_folder, _fingerprint, _segments, Index) is string path)
            {
                // Let go of the old files before deleting them: Windows deletes none that is in use.
                CacheSegment merged = CacheSegment.Open(path, _fingerprint);
                string[] old = [.. _segments.Select(segment => segment.Path)];
                Dispose();
                _segments.Clear();
                Index.Clear();
                Add(merged);
                Array.ForEach(old, CacheFolder.TryDelete);
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or UserErrorException)
        {
            _warnings.Add($"The segments of the feature cache could not be merged: {exception.Message}");
        }
    }

    private void DeleteLeftovers()
    {
        foreach (string path in CacheFolder.List(_folder, CacheSegment.Prefix, AtomicFile.TemporaryEnding))
        {
            // A younger one may be in the making.
            if (File.GetLastWriteTimeUtc(path) < TimeProvider.System.GetUtcNow().UtcDateTime - LeftoverAge)
            {
                CacheFolder.TryDelete(path);
            }
        }
    }
}
