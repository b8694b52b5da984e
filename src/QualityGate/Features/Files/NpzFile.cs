using System.IO.Compression;

namespace QualityGate.Features.Files;

/// <summary>
/// A .npz file: a zip with one .npy file an array, stored or deflated. Entries are checked against bombs before they are read
/// and against their check sum while they are.
/// </summary>
internal sealed class NpzFile : IDisposable
{
    private const int MaximumEntries = 4096;

    // Deflate shrinks at most about 1,030-fold. Real features stay far below this; only runs of one byte come near it.
    private const long MaximumRatio = 200;
    private const long SmallEnoughNotToMatter = 256L << 20;
    private const string EntryEnding = ".npy";

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.Ordinal);
    private readonly string _path;

    private NpzFile(string path, ZipArchive archive)
    {
        _path = path;
        _archive = archive;
        if (archive.Entries.Count > MaximumEntries)
        {
            throw FeatureFileErrors.Unsupported(path, $"it has {archive.Entries.Count} entries, more than {MaximumEntries}");
        }

        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string name = entry.FullName;
            if (name.EndsWith(EntryEnding, StringComparison.Ordinal) && !_entries.TryAdd(name[..^EntryEnding.Length], entry))
            {
                throw FeatureFileErrors.Damaged(path, $"it has two arrays named '{name[..^EntryEnding.Length]}'");
            }
        }
    }

    /// <summary>Names of the arrays, in the order of the file.</summary>
    public IReadOnlyCollection<string> Names => _entries.Keys;

    /// <summary>Opens a file and reads its list of arrays.</summary>
    public static NpzFile Open(string path)
    {
        FileStream stream = new(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        try
        {
            return new NpzFile(path, new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false));
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }

    /// <summary>Reads one array with a reader that is given its head and a stream at its first element.</summary>
    public T Read<T>(string name, Func<NpyHeader, Stream, T> read)
    {
        if (!_entries.TryGetValue(name, out ZipArchiveEntry? entry))
        {
            throw FeatureFileErrors.NotFound(_path, $"'{name}'", Names);
        }

        if (entry.Length > SmallEnoughNotToMatter && entry.Length / MaximumRatio > entry.CompressedLength)
        {
            throw FeatureFileErrors.Unsupported(
                _path, $"'{name}' would unpack from {entry.CompressedLength} to {entry.Length} bytes, which no real features do");
        }

        using CheckedStream stream = new(entry.Open());
        T result = read(NpyHeader.Read(stream, Location(name), entry.Length), stream);
        if (stream.Position == entry.Length && stream.Checksum != entry.Crc32)
        {
            throw FeatureFileErrors.Damaged(_path, $"the check sum of '{name}' is wrong");
        }

        return result;
    }

    /// <summary>The head of one array.</summary>
    public NpyHeader Header(string name) => Read(name, (header, _) => header);

    /// <summary>One array in memory.</summary>
    public NpyArray Array(string name) => Read(name, (header, stream) => NpyArray.Read(header, stream, Location(name)));

    /// <summary>Whether there is an array of that name.</summary>
    public bool Contains(string name) => _entries.ContainsKey(name);

    /// <inheritdoc />
    public void Dispose() => _archive.Dispose();

    private string Location(string name) => $"{_path}#{name}";
}
