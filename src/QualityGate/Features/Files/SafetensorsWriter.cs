using System.Runtime.InteropServices;

namespace QualityGate.Features.Files;

/// <summary>
/// Writes a safetensors file whose shapes are known from the start. Each tensor is filled from its beginning by as many calls
/// as it takes, and tensors may be filled in turns (a row of features, a row of logits), so that no tensor is ever held.
/// </summary>
internal sealed class SafetensorsWriter : IDisposable
{
    private const int BufferBytes = 1 << 17;

    private readonly AtomicFile _file;
    private readonly IReadOnlyList<SafetensorsTensor> _tensors;
    private readonly long[] _starts;
    private readonly long[] _written;
    private readonly byte[]?[] _buffers;
    private readonly int[] _buffered;

    /// <summary>Begins a file. It has its name only after <see cref="Commit"/>.</summary>
    public SafetensorsWriter(
        string path,
        IReadOnlyList<SafetensorsTensor> tensors,
        IReadOnlyList<KeyValuePair<string, string>> metadata)
    {
        _tensors = tensors;
        _starts = new long[tensors.Count];
        _written = new long[tensors.Count];
        _buffers = new byte[tensors.Count][];
        _buffered = new int[tensors.Count];
        byte[] header = SafetensorsHeader.Write(tensors, metadata);
        long start = header.Length;
        for (int i = 0; i < tensors.Count; i++)
        {
            _starts[i] = start;
            start = checked(start + tensors[i].Length);
        }

        _file = new AtomicFile(path);
        RandomAccess.Write(_file.Stream.SafeFileHandle, header, 0);
    }

    /// <summary>Appends bytes to a tensor.</summary>
    public void Append(int tensor, ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _tensors[tensor].Length - _written[tensor] - _buffered[tensor])
        {
            throw new InvalidOperationException($"More bytes than tensor '{_tensors[tensor].Name}' was declared to have.");
        }

        if (bytes.Length >= BufferBytes)
        {
            Flush(tensor);
            WriteThrough(tensor, bytes);
            return;
        }

        byte[] buffer = _buffers[tensor] ??= new byte[BufferBytes];
        if (bytes.Length > BufferBytes - _buffered[tensor])
        {
            Flush(tensor);
        }

        bytes.CopyTo(buffer.AsSpan(_buffered[tensor]));
        _buffered[tensor] += bytes.Length;
    }

    /// <summary>Appends values to a tensor; the format is little-endian, as is every machine this runs on.</summary>
    public void Append<T>(int tensor, ReadOnlySpan<T> values)
        where T : unmanaged
    {
        const int Block = 1 << 20;
        for (int start = 0; start < values.Length; start += Block)
        {
            Append(tensor, MemoryMarshal.AsBytes(values[start..Math.Min(start + Block, values.Length)]));
        }
    }

    /// <summary>Checks that every tensor is full and gives the file its name.</summary>
    public void Commit(bool flushToDisk = false)
    {
        for (int i = 0; i < _tensors.Count; i++)
        {
            Flush(i);
            if (_written[i] != _tensors[i].Length)
            {
                throw new InvalidOperationException(
                    $"Tensor '{_tensors[i].Name}' got {_written[i]} of its {_tensors[i].Length} bytes.");
            }
        }

        _file.Commit(flushToDisk);
    }

    /// <inheritdoc />
    public void Dispose() => _file.Dispose();

    private void Flush(int tensor)
    {
        if (_buffers[tensor] is byte[] buffer)
        {
            WriteThrough(tensor, buffer.AsSpan(0, _buffered[tensor]));
            _buffered[tensor] = 0;
        }
    }

    private void WriteThrough(int tensor, ReadOnlySpan<byte> bytes)
    {
        RandomAccess.Write(_file.Stream.SafeFileHandle, bytes, _starts[tensor] + _written[tensor]);
        _written[tensor] += bytes.Length;
    }
}
