using QualityGate.Errors;
using QualityGate.Features.Files;
using QualityGate.Numerics;

namespace QualityGate.Features.Cache;

/// <summary>
/// Rows computed before, by image hash, for one extractor. Finished runs are immutable segments that are mapped and not loaded;
/// the rows of this run go to a journal at once and become a segment in <see cref="Seal"/>. Any number of processes may use
/// the same folder. A row is checked against its check sum before it is trusted.
/// </summary>
public sealed class FeatureCache : IDisposable
{
    private readonly Lock _gate = new();
    private readonly string _folder;
    private readonly string _fingerprint;
    private readonly bool _widthsDeclared;
    private readonly CacheContents _contents;
    private long _bytesChecked;
    private CacheJournal? _journal;
    private bool _handedOut;
    private bool _disposed;

    private FeatureCache(string folder, string fingerprint, RowWidths? widths, int maxSegments)
    {
        _folder = CacheFolder.Of(folder, fingerprint);
        _fingerprint = fingerprint;
        _widthsDeclared = widths is not null;
        _contents = CacheContents.Load(_folder, fingerprint, widths, maxSegments);
    }

    /// <summary>What was ignored because it was damaged or did not fit, one sentence each.</summary>
    public IReadOnlyList<string> Warnings
    {
        get
        {
            lock (_gate)
            {
                return [.. _contents.Warnings];
            }
        }
    }

    /// <summary>Opens the cache of one extractor, and takes in what runs that were killed have left.</summary>
    /// <param name="folder">The folder of all caches, such as <see cref="CacheFolder.Default"/>; it need not exist.</param>
    /// <param name="extractorFingerprint">Which extractor; rows of others are never seen.</param>
    /// <param name="widths">Values the extractor gives for an image, or null when that is not known before the first image.</param>
    /// <param name="maxSegments">More segments than this are merged into one.</param>
    /// <exception cref="UserErrorException">QG4120: the folder cannot be used.</exception>
    public static FeatureCache Open(string folder, string extractorFingerprint, RowWidths? widths = null, int maxSegments = 16)
    {
        ArgumentException.ThrowIfNullOrEmpty(folder);
        ArgumentException.ThrowIfNullOrEmpty(extractorFingerprint);
        ArgumentOutOfRangeException.ThrowIfLessThan(maxSegments, 1);
        return CacheFolder.Using(folder, () => new FeatureCache(folder, extractorFingerprint, widths, maxSegments));
    }

    /// <summary>Looks an image up. Safe to call from several threads.</summary>
    /// <param name="hash">SHA-256 of the image's bytes, 32 bytes.</param>
    /// <param name="row">Its row; valid until the cache is disposed.</param>
    public bool TryGet(ReadOnlySpan<byte> hash, out CachedRow row)
    {
        while (true)
        {
            CacheSegment segment;
            CachePlace place;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_disposed, this);
                if (!_contents.Index.TryGet(hash, out place))
                {
                    row = default;
                    return false;
                }

                if (place.Segment == CachePlace.Journal)
                {
                    return TryReadRecord(hash, place.Row, out row);
                }

                segment = _contents.Segments[place.Segment];
            }

            // Outside the lock: this reads the row.
            if (IsTrusted(segment, place.Row, hash))
            {
                row = new CachedRow(segment.Features(place.Row), segment.Logits(place.Row));
                return true;
            }

            Forget(hash, place);
        }
    }

    /// <summary>Stores a finished batch; images already known are left out. Safe to call from several threads.</summary>
    /// <param name="hashes">32 bytes an image.</param>
    /// <param name="features">D values an image, row-major, or empty.</param>
    /// <param name="logits">C values an image, row-major, or empty.</param>
    /// <exception cref="UserErrorException">QG4120: the cache cannot be written to.</exception>
    public void Append(ReadOnlySpan<byte> hashes, ReadOnlySpan<float> features, ReadOnlySpan<float> logits)
    {
        int count = hashes.Length / CacheSegment.HashBytes;
        if (count == 0)
        {
            return;
        }

        RowWidths widths = new(features.Length / count, logits.Length / count);
        if (hashes.Length % CacheSegment.HashBytes + features.Length % count + logits.Length % count != 0 || !widths.IsValid)
        {
            throw new ArgumentException($"{features.Length} features and {logits.Length} logits are not rows for {hashes.Length} bytes of hashes.");
        }

        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            AdoptWidths(widths);
            List<int> rows = UnknownRows(hashes, count);
            if (rows.Count > 0)
            {
                Write(hashes, features, logits, rows);
            }
        }
    }

    /// <summary>Turns this run's journal into a segment. Called at the end of a run; called again it does nothing.</summary>
    /// <exception cref="UserErrorException">QG4120: the segment cannot be written; the journal then stays for the next run.</exception>
    public void Seal()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_journal is CacheJournal journal)
            {
                CacheFolder.Using(_folder, () => _contents.Take(journal, _fingerprint, [.. Enumerable.Range(0, journal.Count)]));
                _journal = null;
                journal.Delete();
            }
        }
    }

    /// <summary>The features of many images as a matrix whose rows lie in the cache's files. It outlives the cache.</summary>
    /// <param name="hashes">32 bytes an image, in the order of the rows.</param>
    /// <exception cref="KeyNotFoundException">An image is not in the cache.</exception>
    public FeatureMatrix Gather(ReadOnlySpan<byte> hashes) => Gather(hashes, logits: false);

    /// <summary>The same for logits.</summary>
    /// <inheritdoc cref="Gather(ReadOnlySpan{byte})"/>
    public FeatureMatrix GatherLogits(ReadOnlySpan<byte> hashes) => Gather(hashes, logits: true);

    /// <summary>What the cache of this extractor holds.</summary>
    public FeatureCacheInfo Info()
    {
        lock (_gate)
        {
            return new FeatureCacheInfo(_contents.Index.Count, _contents.Segments.Sum(segment => segment.Bytes), _contents.Segments.Count);
        }
    }

    /// <summary>Seals the journal and lets go of the files. Matrices that were gathered stay valid.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }

        try
        {
            Seal();
        }
        catch (UserErrorException)
        {
            // What could not become a segment stays a journal, and the next run takes it in.
        }

        lock (_gate)
        {
            _disposed = true;
            _journal?.Dispose();
            if (!_handedOut)
            {
                _contents.Dispose();
            }
        }
    }

    private GatheredFeatureMatrix Gather(ReadOnlySpan<byte> hashes, bool logits)
    {
        Seal();
        CachePlace[] places = new CachePlace[hashes.Length / CacheSegment.HashBytes];
        lock (_gate)
        {
            for (int i = 0; i < places.Length; i++)
            {
                ReadOnlySpan<byte> hash = hashes.Slice(i * CacheSegment.HashBytes, CacheSegment.HashBytes);
                while (_contents.Index.TryGet(hash, out places[i]) && !IsTrusted(_contents.Segments[places[i].Segment], places[i].Row, hash))
                {
                    Forget(hash, places[i]);
                }

                if (!_contents.Index.Contains(hash))
                {
                    throw new KeyNotFoundException($"Image {Convert.ToHexStringLower(hash)} (row {i}) is not in the cache.");
                }
            }

            int width = (logits ? _contents.Widths?.Logits : _contents.Widths?.Features) ?? 0;
            if (width == 0)
            {
                throw new InvalidOperationException($"The extractor gives no {(logits ? "logits" : "features")}.");
            }

            _handedOut = true;
            return new GatheredFeatureMatrix([.. _contents.Segments], places, logits, width);
        }
    }

    private bool TryReadRecord(ReadOnlySpan<byte> hash, int record, out CachedRow row)
    {
        Span<byte> stored = stackalloc byte[CacheSegment.HashBytes];
        float[] features = new float[_journal!.Widths.Features];
        float[] logits = new float[_journal.Widths.Logits];
        uint check = _journal.Read(record, stored, features, logits);
        row = new CachedRow(features, logits);
        return stored.SequenceEqual(hash) && check == RowChecksum.Of(hash, features, logits);
    }

    private bool IsTrusted(CacheSegment segment, int row, ReadOnlySpan<byte> hash)
    {
        // Checking every row reads the whole file; its pages are not kept.
        if (Interlocked.Add(ref _bytesChecked, (long)segment.Widths.Total * sizeof(float)) >= FileMapping.ReleaseEvery)
        {
            Interlocked.Exchange(ref _bytesChecked, 0);
            segment.ReleasePages();
        }

        return segment.Hash(row).SequenceEqual(hash) && segment.IsSound(row);
    }

    private void Forget(ReadOnlySpan<byte> hash, CachePlace place)
    {
        lock (_gate)
        {
            // Another thread may have done it already.
            if (_contents.Index.TryGet(hash, out CachePlace current) && current == place)
            {
                _contents.Forget(hash, place);
            }
        }
    }

    private void AdoptWidths(RowWidths widths)
    {
        if (_contents.Widths is null || _contents.Widths == widths)
        {
            _contents.Widths = widths;
        }
        else if (_widthsDeclared || _journal is not null)
        {
            throw new ArgumentException($"Rows of {widths} do not fit a cache of {_contents.Widths}.", nameof(widths));
        }
        else
        {
            // Only the files said what the widths are, and the extractor knows better.
            _contents.Reset(widths);
        }
    }

    private List<int> UnknownRows(ReadOnlySpan<byte> hashes, int count)
    {
        List<int> rows = new(count);
        HashSet<HashPrefix> seen = [];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> hash = hashes.Slice(i * CacheSegment.HashBytes, CacheSegment.HashBytes);
            if (!_contents.Index.Contains(hash) && seen.Add(HashPrefix.Of(hash)))
            {
                rows.Add(i);
            }
        }

        return rows;
    }

    private void Write(ReadOnlySpan<byte> hashes, ReadOnlySpan<float> features, ReadOnlySpan<float> logits, List<int> rows)
    {
        int first;
        try
        {
            if (_journal is null)
            {
                Directory.CreateDirectory(_folder);
                _journal = CacheJournal.Create(_folder, _fingerprint, _contents.Widths!.Value);
            }

            first = _journal.Count;
            _journal.Append(hashes, features, logits, rows);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                DataErrors.CacheUnusable, $"The feature cache in {_folder} cannot be written to: {exception.Message}", innerException: exception);
        }

        for (int i = 0; i < rows.Count; i++)
        {
            CachePlace place = new(CachePlace.Journal, first + i);
            _contents.Index.Add(hashes.Slice(rows[i] * CacheSegment.HashBytes, CacheSegment.HashBytes), place);
        }
    }
}
