using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace QualityGate.Features.Cache;

/// <summary>
/// What a run has computed so far: a head, then records of one length, each a 32-byte hash, features, logits and a check sum.
/// Records are appended by plain writes, so a killed run loses at most the batch it was writing. The file is locked by its
/// owner for as long as the owner lives; a journal that can be locked belongs to nobody.
/// </summary>
internal sealed class CacheJournal : IDisposable
{
    public const string Prefix = "journal-";
    public const string Ending = ".journal";

    private const int MaximumFingerprint = 1024;

    // Magic, two widths, length of the fingerprint.
    private const int FixedHeaderBytes = 8 + (3 * sizeof(int));

    private readonly FileStream _stream;
    private readonly long _dataStart;
    private readonly byte[] _record;

    private CacheJournal(FileStream stream, string fingerprint, RowWidths widths, long dataStart)
    {
        _stream = stream;
        Fingerprint = fingerprint;
        Widths = widths;
        _dataStart = dataStart;
        _record = new byte[RecordBytes];
    }

    /// <summary>The extractor whose rows these are.</summary>
    public string Fingerprint { get; }

    /// <summary>Values in a row.</summary>
    public RowWidths Widths { get; }

    /// <summary>Records so far.</summary>
    public int Count { get; private set; }

    private static ReadOnlySpan<byte> Magic => "QGJRNL1\n"u8;

    private SafeFileHandle Handle => _stream.SafeFileHandle;

    private int RecordBytes => CacheSegment.HashBytes + (Widths.Total * sizeof(float)) + sizeof(uint);

    /// <summary>Creates and locks a journal of a name nobody has.</summary>
    public static CacheJournal Create(string folder, string fingerprint, RowWidths widths)
    {
        const int Attempts = 5;
        for (int attempt = 1; ; attempt++)
        {
            string path = Path.Combine(folder, $"{Prefix}{Guid.NewGuid():N}{Ending}");
            try
            {
                FileStream stream = new(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
                byte[] header = Header(fingerprint, widths);
                RandomAccess.Write(stream.SafeFileHandle, header, 0);
                return new CacheJournal(stream, fingerprint, widths, header.Length);
            }
            catch (IOException) when (attempt < Attempts)
            {
                // Between creating and locking, another process may have taken the empty file for a dead one. Try another name.
            }
        }
    }

    /// <summary>Locks and reads a journal whose owner is gone: the records up to the first that is cut or damaged.</summary>
    /// <returns>Null when its owner lives or it is gone by now. One without a valid head has no records and widths of 0.</returns>
    public static CacheJournal? TryRecover(string path)
    {
        FileStream stream;
        try
        {
            stream = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }

        try
        {
            CacheJournal journal = ReadHeader(stream);
            journal.CountSoundRecords();
            return journal;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Appends one batch in one write.</summary>
    /// <param name="hashes">32 bytes a row.</param>
    /// <param name="features">D values a row, or empty.</param>
    /// <param name="logits">C values a row, or empty.</param>
    /// <param name="rows">The rows of the batch that are wanted, ascending.</param>
    public void Append(ReadOnlySpan<byte> hashes, ReadOnlySpan<float> features, ReadOnlySpan<float> logits, IReadOnlyList<int> rows)
    {
        byte[] batch = new byte[checked(rows.Count * RecordBytes)];
        for (int i = 0; i < rows.Count; i++)
        {
            ReadOnlySpan<byte> hash = hashes.Slice(rows[i] * CacheSegment.HashBytes, CacheSegment.HashBytes);
            ReadOnlySpan<float> feature = features.Slice(rows[i] * Widths.Features, Widths.Features);
            ReadOnlySpan<float> logit = logits.Slice(rows[i] * Widths.Logits, Widths.Logits);
            Span<byte> record = batch.AsSpan(i * RecordBytes, RecordBytes);
            hash.CopyTo(record);
            MemoryMarshal.AsBytes(feature).CopyTo(record[CacheSegment.HashBytes..]);
            MemoryMarshal.AsBytes(logit).CopyTo(record[(CacheSegment.HashBytes + (Widths.Features * sizeof(float)))..]);
            BinaryPrimitives.WriteUInt32LittleEndian(record[^sizeof(uint)..], RowChecksum.Of(hash, feature, logit));
        }

        RandomAccess.Write(Handle, batch, _dataStart + ((long)Count * RecordBytes));
        Count += rows.Count;
    }

    /// <summary>Copies a record's row into two buffers and returns its check sum. Not for several threads at once.</summary>
    public uint Read(int index, Span<byte> hash, Span<float> features, Span<float> logits)
    {
        ReadExactly(_record, _dataStart + ((long)index * RecordBytes));
        _record.AsSpan(0, CacheSegment.HashBytes).CopyTo(hash);
        ReadOnlySpan<float> values = MemoryMarshal.Cast<byte, float>(_record.AsSpan(CacheSegment.HashBytes, Widths.Total * sizeof(float)));
        values[..Widths.Features].CopyTo(features);
        values[Widths.Features..].CopyTo(logits);
        return BinaryPrimitives.ReadUInt32LittleEndian(_record.AsSpan(_record.Length - sizeof(uint)));
    }

    /// <summary>Writes the given records as a segment, row by row.</summary>
    public void WriteSegment(string path, IReadOnlyList<int> records)
    {
        byte[] hashes = new byte[checked(records.Count * CacheSegment.HashBytes)];
        uint[] checks = new uint[records.Count];
        float[] features = new float[Widths.Features];
        float[] logits = new float[Widths.Logits];
        byte[] hash = new byte[CacheSegment.HashBytes];
        SegmentRows rows = new(hashes, checks, Widths, (i, writer, featureTensor, logitTensor) =>
        {
            Read(records[i], hash, features, logits);
            if (featureTensor >= 0)
            {
                writer.Append<float>(featureTensor, features);
            }

            if (logitTensor >= 0)
            {
                writer.Append<float>(logitTensor, logits);
            }
        });
        for (int i = 0; i < records.Count; i++)
        {
            checks[i] = Read(records[i], hashes.AsSpan(i * CacheSegment.HashBytes, CacheSegment.HashBytes), features, logits);
        }

        rows.WriteTo(path, Fingerprint);
    }

    /// <summary>Removes the file while it is still locked, then gives up the lock.</summary>
    public void Delete()
    {
        try
        {
            File.Delete(_stream.Name);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Windows deletes no open file; it goes below, or with the next recovery, which finds nothing new in it.
        }

        Dispose();
        CacheFolder.TryDelete(_stream.Name);
    }

    /// <inheritdoc />
    public void Dispose() => _stream.Dispose();

    private static byte[] Header(string fingerprint, RowWidths widths)
    {
        byte[] text = Encoding.UTF8.GetBytes(fingerprint);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(text.Length, MaximumFingerprint, nameof(fingerprint));
        byte[] header = new byte[FixedHeaderBytes + text.Length + sizeof(uint)];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(8), widths.Features);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(12), widths.Logits);
        BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(16), text.Length);
        text.CopyTo(header, FixedHeaderBytes);
        uint check = RowChecksum.Of(header.AsSpan(0, header.Length - sizeof(uint)));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(header.Length - sizeof(uint)), check);
        return header;
    }

    private static CacheJournal ReadHeader(FileStream stream)
    {
        byte[] bytes = new byte[(int)Math.Min(stream.Length, FixedHeaderBytes + MaximumFingerprint + sizeof(uint))];
        stream.ReadExactly(bytes);
        CacheJournal none = new(stream, "", default, 0);
        if (bytes.Length < FixedHeaderBytes + sizeof(uint) || !bytes.AsSpan().StartsWith(Magic))
        {
            return none;
        }

        RowWidths widths = new(BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(8)), BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(12)));
        int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(16));
        if (!widths.IsValid || length < 0 || length > bytes.Length - FixedHeaderBytes - sizeof(uint))
        {
            return none;
        }

        int end = FixedHeaderBytes + length;
        bool sound = RowChecksum.Of(bytes.AsSpan(0, end)) == BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(end));
        return sound ? new CacheJournal(stream, Encoding.UTF8.GetString(bytes, FixedHeaderBytes, length), widths, end + sizeof(uint)) : none;
    }

    private void CountSoundRecords()
    {
        if (!Widths.IsValid)
        {
            return;
        }

        long whole = (_stream.Length - _dataStart) / RecordBytes;
        byte[] hash = new byte[CacheSegment.HashBytes];
        float[] features = new float[Widths.Features];
        float[] logits = new float[Widths.Logits];
        while (Count < whole && Read(Count, hash, features, logits) == RowChecksum.Of(hash, features, logits))
        {
            Count++;
        }
    }

    private void ReadExactly(Span<byte> destination, long offset)
    {
        while (destination.Length > 0)
        {
            int read = RandomAccess.Read(Handle, destination, offset);
            if (read == 0)
            {
                throw new EndOfStreamException("the journal ends early");
            }

            destination = destination[read..];
            offset += read;
        }
    }
}
