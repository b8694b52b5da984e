using System.Buffers.Binary;
using QualityGate.Onnx.Weights.Pickle;

namespace QualityGate.Onnx.Weights;

/// <summary>
/// A file of <c>torch.save</c> before PyTorch 1.6: five pickles (magic number, protocol, machine, state dict, storage keys), then for each key in
/// order its count as 64 bits and its numbers.
/// </summary>
internal sealed class TorchLegacyWeights : IWeightSource
{
    private const long ProtocolVersion = 1001;
    private const int MostStorages = 1_000_000;

    /// <summary>0x1950a86a20f9469cfc6c as the first pickle writes it: protocol, LONG1 of ten bytes, stop.</summary>
    private static ReadOnlySpan<byte> Magic => [0x80, 0x02, 0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19, (byte)'.'];

    private readonly Stream _stream;
    private readonly StateDict _state;
    private readonly Dictionary<string, PickleStorage> _storages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _places = new(StringComparer.Ordinal);

    public TorchLegacyWeights(Stream stream)
    {
        _stream = stream;
        byte[] head = new byte[Magic.Length];
        if (stream.ReadAtLeast(head, head.Length, throwOnEndOfStream: false) < head.Length || !Magic.SequenceEqual(head))
            throw new WeightFormatException("It is not a file of torch.save: neither a zip archive nor PyTorch's older format.");
        if (PickleReader.Read(stream, NoReference) is not ProtocolVersion) throw new WeightFormatException("Its PyTorch format has an unknown version.");
        if (PickleReader.Read(stream, NoReference) is not PickleDictionary machine || machine.Items.GetValueOrDefault("little_endian") is not true)
            throw new WeightFormatException("Its numbers are big-endian; only little-endian files are read.");
        object? root = PickleReader.Read(stream, Storage);
        if (PickleReader.Read(stream, NoReference) is not List<object?> keys) throw new WeightFormatException("Its list of storages is missing.");
        FindStorages(keys);
        _state = StateDict.Of(root);
    }

    public IReadOnlyDictionary<string, WeightTensor> Tensors => _state.Tensors;

    public float[] ReadSingles(string name) => _state.ReadSingles(name, BytesOf);

    public void Dispose() => _stream.Dispose();

    private static object NoReference(object? id) => throw new WeightFormatException("Its header refers to storages.");

    private PickleStorage Storage(object? id)
    {
        PickleStorage whole = TorchGlobals.Storage(id);
        if (_storages.Count >= MostStorages || (!_storages.TryAdd(whole.Key, whole) && _storages[whole.Key] != whole))
            throw new WeightFormatException("Its pickle describes one storage in two ways.");
        if (id is not object?[] { Length: > 5 } parts || parts[5] is null) return whole;
        return parts[5] is object?[] and [_, long offset, long length] && offset >= 0 && length >= 0 && offset <= whole.Count - length
            ? whole with { Offset = offset }
            : throw new WeightFormatException("A view of a storage reaches outside it.");
    }

    private void FindStorages(List<object?> keys)
    {
        Span<byte> count = stackalloc byte[8];
        foreach (object? item in keys)
        {
            if (item is not string key || !_storages.TryGetValue(key, out PickleStorage? storage)) throw new WeightFormatException("It holds a storage that no tensor uses.");
            if (_stream.ReadAtLeast(count, 8, throwOnEndOfStream: false) < 8) throw CutShort();
            Int128 bytes = (Int128)storage.Count * WeightNumbers.Size(storage.Type)!.Value;
            if (BinaryPrimitives.ReadInt64LittleEndian(count) != storage.Count || !_places.TryAdd(key, _stream.Position))
                throw new WeightFormatException("A storage has another length than its pickle says.");
            if (bytes > _stream.Length - _stream.Position) throw CutShort();
            _stream.Position += (long)bytes;
        }

        if (_places.Count != _storages.Count) throw CutShort();
    }

    private byte[] BytesOf(PickleStorage storage)
    {
        long length = storage.Count * WeightNumbers.Size(storage.Type)!.Value;
        if (length > Array.MaxLength) throw new WeightFormatException("A storage is larger than 2 GiB.");
        byte[] bytes = new byte[length];
        _stream.Position = _places[storage.Key];
        _stream.ReadExactly(bytes);
        return bytes;
    }

    private static WeightFormatException CutShort() => new("The file is cut short: numbers of its tensors are missing.");
}
