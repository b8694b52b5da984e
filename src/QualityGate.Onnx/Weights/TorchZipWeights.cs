using System.IO.Compression;
using QualityGate.Onnx.Weights.Pickle;

namespace QualityGate.Onnx.Weights;

/// <summary>A zip archive of <c>torch.save</c>: <c>NAME/data.pkl</c> says which tensors there are, <c>NAME/data/KEY</c> holds their numbers.</summary>
internal sealed class TorchZipWeights : IWeightSource
{
    private const string PickleName = "data.pkl";
    private const int MostEntries = 100_000;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries;
    private readonly string _folder;
    private readonly StateDict _state;

    public TorchZipWeights(Stream stream)
    {
        try
        {
            _archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: false);
            _entries = Entries(_archive);
            _folder = Folder(_entries.Keys);
            RefuseUnreadable();
            using Stream pickle = _entries[_folder + PickleName].Open();
            _state = StateDict.Of(PickleReader.Read(pickle, Storage));
        }
        catch (InvalidDataException error)
        {
            throw new WeightFormatException("It is a damaged or cut zip archive.", error);
        }
    }

    public IReadOnlyDictionary<string, WeightTensor> Tensors => _state.Tensors;

    public float[] ReadSingles(string name)
    {
        try
        {
            return _state.ReadSingles(name, BytesOf);
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new WeightFormatException($"The numbers of its tensor '{name}' are damaged or cut short.", error);
        }
    }

    public void Dispose() => _archive.Dispose();

    private static Dictionary<string, ZipArchiveEntry> Entries(ZipArchive archive)
    {
        var entries = new Dictionary<string, ZipArchiveEntry>(StringComparer.Ordinal);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            if (entries.Count >= MostEntries || !entries.TryAdd(entry.FullName, entry))
                throw new WeightFormatException("Its archive holds too many entries, or two of one name.");
        }

        return entries;
    }

    private static string Folder(IEnumerable<string> names)
    {
        string[] pickles = [.. names.Where(name => name.EndsWith('/' + PickleName, StringComparison.Ordinal) && name.Count(c => c == '/') == 1)];
        return pickles is [string only]
            ? only[..^PickleName.Length]
            : throw new WeightFormatException("It is a zip archive, but not one of torch.save: it has no single NAME/data.pkl.");
    }

    private void RefuseUnreadable()
    {
        if (_entries.ContainsKey(_folder + "constants.pkl") || _entries.Keys.Any(name => name.StartsWith(_folder + "code/", StringComparison.Ordinal)))
            throw new WeightFormatException("It is a TorchScript archive, which holds a program; save the network's state_dict() instead, or export it to ONNX.");
        if (_entries.TryGetValue(_folder + "byteorder", out ZipArchiveEntry? order) && Text(order) is not "little")
            throw new WeightFormatException("Its numbers are big-endian; only little-endian files are read.");
    }

    private static string Text(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        byte[] bytes = new byte[16];
        int read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return System.Text.Encoding.ASCII.GetString(bytes, 0, read).Trim();
    }

    private PickleStorage Storage(object? id)
    {
        PickleStorage storage = TorchGlobals.Storage(id);
        int size = WeightNumbers.Size(storage.Type)!.Value;
        if (!_entries.TryGetValue($"{_folder}data/{storage.Key}", out ZipArchiveEntry? entry) || entry.Length != (Int128)storage.Count * size || entry.Length > Array.MaxLength)
            throw new WeightFormatException("A storage of its pickle is missing in the archive, or has another length.");
        return storage;
    }

    private byte[] BytesOf(PickleStorage storage)
    {
        ZipArchiveEntry entry = _entries[$"{_folder}data/{storage.Key}"];
        // torch.save stores numbers as they are; what is compressed could claim any length.
        if (entry.CompressedLength != entry.Length) throw new WeightFormatException("Its archive was compressed; save it with torch.save again.");
        byte[] bytes = new byte[entry.Length];
        using Stream stream = entry.Open();
        stream.ReadExactly(bytes);
        return bytes;
    }
}
