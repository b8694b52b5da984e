using System.Buffers;

namespace QualityGate.Images;

/// <summary>The bytes of one image file, in memory lent from a pool: dispose it when the image is decoded.</summary>
public sealed class ImageBytes : IDisposable
{
    private readonly int _length;
    private byte[]? _buffer;

    private ImageBytes(byte[] buffer, int length)
    {
        _buffer = buffer;
        _length = length;
    }

    /// <summary>The whole file.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public ReadOnlySpan<byte> Span => Writable;

    internal Span<byte> Writable
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            return _buffer.AsSpan(0, _length);
        }
    }

    /// <inheritdoc />
    public void Dispose()
    {
        byte[]? buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>Memory for a file of that many bytes, undefined content.</summary>
    internal static ImageBytes Rent(int length) => new(ArrayPool<byte>.Shared.Rent(length), length);
}
