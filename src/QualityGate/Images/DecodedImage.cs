using System.Buffers;

namespace QualityGate.Images;

/// <summary>
/// The pixels of one image: 8 bits a sample, channels interleaved, rows from the top, no padding between rows. The memory is
/// lent from a pool, so dispose it when the pixels have been used.
/// </summary>
public sealed class DecodedImage : IDisposable
{
    private byte[]? _buffer;

    internal DecodedImage(string id, int height, int width, int channels, byte[] buffer)
    {
        Id = id;
        Height = height;
        Width = width;
        Channels = channels;
        _buffer = buffer;
    }

    /// <summary>What the image is called in messages and reports.</summary>
    public string Id { get; }

    /// <summary>Height in pixels, at least 1.</summary>
    public int Height { get; }

    /// <summary>Width in pixels, at least 1.</summary>
    public int Width { get; }

    /// <summary>1 for grey, 3 for red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>Height x Width x Channels samples, 0..255.</summary>
    /// <exception cref="ObjectDisposedException">The memory was given back.</exception>
    public ReadOnlySpan<byte> Pixels => Writable;

    internal Span<byte> Writable
    {
        get
        {
            ObjectDisposedException.ThrowIf(_buffer is null, this);
            return _buffer.AsSpan(0, Height * Width * Channels);
        }
    }

    /// <summary>Makes an image of pixels that are already in memory, such as a generator's output.</summary>
    /// <param name="id">What to call it.</param>
    /// <param name="height">Height, at least 1.</param>
    /// <param name="width">Width, at least 1.</param>
    /// <param name="channels">1 or 3.</param>
    /// <param name="pixels">Height x Width x Channels samples, interleaved; copied.</param>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public static DecodedImage FromPixels(string id, int height, int width, int channels, ReadOnlySpan<byte> pixels)
    {
        ArgumentNullException.ThrowIfNull(id);
        if (height < 1 || width < 1 || channels is not (1 or 3) || (long)height * width * channels != pixels.Length)
            throw new ArgumentException($"{pixels.Length} samples are not {height} x {width} x {channels}, or the channels are neither 1 nor 3.");
        DecodedImage image = Rent(id, height, width, channels);
        pixels.CopyTo(image.Writable);
        return image;
    }

    /// <inheritdoc />
    public void Dispose()
    {
        byte[]? buffer = Interlocked.Exchange(ref _buffer, null);
        if (buffer is not null)
            ArrayPool<byte>.Shared.Return(buffer);
    }

    /// <summary>An image with memory from the pool and undefined pixels.</summary>
    internal static DecodedImage Rent(string id, int height, int width, int channels) =>
        new(id, height, width, channels, ArrayPool<byte>.Shared.Rent(checked(height * width * channels)));
}
