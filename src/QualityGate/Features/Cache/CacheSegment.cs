using System.Globalization;
using System.Security.Cryptography;
using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.Features.Cache;

/// <summary>
/// One immutable file of the cache: <c>features</c>, <c>logits</c>, <c>hashes</c> and a check sum for each row. Opening it reads
/// the hashes alone; a row's check sum is looked at when the row is used.
/// </summary>
internal sealed class CacheSegment : IDisposable
{
    public const string Schema = "qualitygate.cache/1";
    public const string Ending = ".safetensors";
    public const string Prefix = "segment-";
    public const int HashBytes = SHA256.HashSizeInBytes;

    private readonly SafetensorsFile _file;
    private readonly long _features;
    private readonly long _logits;
    private readonly long _hashes;
    private readonly long _checks;

    private CacheSegment(SafetensorsFile file, string fingerprint)
    {
        _file = file;
        SafetensorsTensor hashes = Require("hashes", SafetensorsType.Byte);
        Count = hashes.Shape is [>= 0 and <= int.MaxValue, HashBytes] ? (int)hashes.Shape[0] : throw Damaged("its hashes have a wrong shape");
        SafetensorsTensor? features = file.Find("features");
        SafetensorsTensor? logits = file.Find("logits");
        Widths = new RowWidths(Width(features), Width(logits));
        SafetensorsTensor checks = Require("checks", SafetensorsType.UInt32);
        if (!Widths.IsValid || checks.Shape is not [long rows] || rows != Count || file.Metadata("schema") != Schema)
        {
            throw Damaged("its tensors do not fit together");
        }

        _features = features?.Offset ?? 0;
        _logits = logits?.Offset ?? 0;
        _hashes = hashes.Offset;
        _checks = checks.Offset;
        if (file.Metadata("extractor_fingerprint") != fingerprint || file.Metadata("index_sha256") != IndexHash(file, hashes, checks))
        {
            throw Damaged("it is of another extractor or its index is damaged");
        }
    }

    /// <summary>The file.</summary>
    public string Path => _file.Mapping.Path;

    /// <summary>Rows.</summary>
    public int Count { get; }

    /// <summary>Values in a row.</summary>
    public RowWidths Widths { get; }

    /// <summary>Bytes of the file.</summary>
    public long Bytes => _file.Mapping.Length;

    /// <summary>Opens a segment and checks all but the rows.</summary>
    /// <exception cref="UserErrorException">It is missing, damaged, or of another extractor.</exception>
    public static CacheSegment Open(string path, string fingerprint)
    {
        SafetensorsFile file = SafetensorsFile.Open(path);
        try
        {
            return new CacheSegment(file, fingerprint);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>32 bytes that name the row's image.</summary>
    public ReadOnlySpan<byte> Hash(int row) => _file.Mapping.Slice<byte>(_hashes + ((long)row * HashBytes), HashBytes);

    /// <summary>The row's features, in place, not checked.</summary>
    public ReadOnlySpan<float> Features(int row) => Slice(_features, row, Widths.Features);

    /// <summary>The row's logits, in place, not checked.</summary>
    public ReadOnlySpan<float> Logits(int row) => Slice(_logits, row, Widths.Logits);

    /// <summary>The row's check sum as stored.</summary>
    public uint Check(int row) => _file.Mapping.Slice<uint>(_checks + ((long)row * sizeof(uint)), 1)[0];

    /// <summary>Whether the row is what was once computed.</summary>
    public bool IsSound(int row) => RowChecksum.Of(Hash(row), Features(row), Logits(row)) == Check(row);

    /// <summary>Gives back the memory of rows read so far.</summary>
    public void ReleasePages() => _file.Mapping.ReleasePages();

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private static string IndexHash(SafetensorsFile file, SafetensorsTensor hashes, SafetensorsTensor checks)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(file.Bytes(hashes));
        hash.AppendData(file.Bytes(checks));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private ReadOnlySpan<float> Slice(long start, int row, int width) =>
        _file.Mapping.Slice<float>(start + ((long)row * width * sizeof(float)), width);

    private int Width(SafetensorsTensor? tensor)
    {
        if (tensor is null)
        {
            return 0;
        }

        return tensor.Type == SafetensorsType.Float32 && tensor.Shape is [long rows, > 0 and <= int.MaxValue] && rows == Count
            ? (int)tensor.Shape[1]
            : throw Damaged($"'{tensor.Name}' has a wrong shape");
    }

    private SafetensorsTensor Require(string name, string type) =>
        _file.Find(name) is SafetensorsTensor tensor && tensor.Type == type ? tensor : throw Damaged($"it has no {type} tensor '{name}'");

    private UserErrorException Damaged(string reason) => FeatureFileErrors.Damaged(Path, reason);
}

/// <summary>Where a segment's rows come from: another segment or a journal.</summary>
/// <param name="Hashes">32 bytes each.</param>
/// <param name="Checks">Check sum of each row.</param>
/// <param name="Widths">Values in a row.</param>
/// <param name="Write">Appends features and logits of row i to the two tensors.</param>
internal sealed record SegmentRows(byte[] Hashes, uint[] Checks, RowWidths Widths, Action<int, SafetensorsWriter, int, int> Write)
{
    /// <summary>Writes them as a new segment, row by row.</summary>
    public void WriteTo(string path, string fingerprint)
    {
        int count = Checks.Length;
        List<SafetensorsTensor> tensors = [];
        int features = Add(tensors, "features", count, Widths.Features);
        int logits = Add(tensors, "logits", count, Widths.Logits);
        tensors.Add(SafetensorsTensor.Declare("checks", SafetensorsType.UInt32, count));
        tensors.Add(SafetensorsTensor.Declare("hashes", SafetensorsType.Byte, count, CacheSegment.HashBytes));
        using IncrementalHash index = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        index.AppendData(Hashes);
        index.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes<uint>(Checks));
        KeyValuePair<string, string>[] metadata =
        [
            new("schema", CacheSegment.Schema),
            new("extractor_fingerprint", fingerprint),
            new("entries", count.ToString(CultureInfo.InvariantCulture)),
            new("index_sha256", Convert.ToHexStringLower(index.GetHashAndReset())),
        ];

        using SafetensorsWriter writer = new(path, tensors, metadata);
        for (int i = 0; i < count; i++)
        {
            Write(i, writer, features, logits);
        }

        writer.Append<uint>(tensors.Count - 2, Checks);
        writer.Append<byte>(tensors.Count - 1, Hashes);
        writer.Commit();
    }

    private static int Add(List<SafetensorsTensor> tensors, string name, int count, int width)
    {
        if (width == 0)
        {
            return -1;
        }

        tensors.Add(SafetensorsTensor.Declare(name, SafetensorsType.Float32, count, width));
        return tensors.Count - 1;
    }
}
