using System.Buffers.Binary;
using System.Numerics;

namespace QualityGate.Images;

/// <summary>
/// Reads Windows bitmaps, which the image library does not: 1, 4 and 8 bits with a palette, 16, 24 and 32 bits, bit fields,
/// rows from the bottom or the top. Run-length compression and embedded JPEG or PNG are refused. A palette of greys gives a
/// grey image; alpha is dropped.
/// </summary>
internal static class BmpDecoder
{
    private const int FileHeaderSize = 14;
    private const int Uncompressed = 0;
    private const int BitFields = 3;
    private const int AlphaBitFields = 6;

    /// <summary>Decodes one bitmap.</summary>
    public static DecodedImage Decode(ReadOnlySpan<byte> bytes, string id, DecodeOptions options)
    {
        Header header = ReadHeader(bytes, id, options);
        int stride = checked((int)((((long)header.Width * header.Bits) + 31) / 32 * 4));
        long needed = header.PixelOffset + ((long)stride * header.Height);
        if (header.PixelOffset < FileHeaderSize || needed > bytes.Length)
            throw ImageDecoder.Unreadable(id, $"the bitmap needs {needed:N0} bytes and the file has {bytes.Length:N0}");
        ReadOnlySpan<byte> pixels = bytes.Slice((int)header.PixelOffset, stride * header.Height);
        return header.Bits <= 8 ? ReadPalette(pixels, stride, header, bytes, id) : ReadDirect(pixels, stride, header, bytes, id);
    }

    private static Header ReadHeader(ReadOnlySpan<byte> bytes, string id, DecodeOptions options)
    {
        if (bytes.Length < FileHeaderSize + 12)
            throw ImageDecoder.Unreadable(id, "the bitmap ends inside its header");
        long offset = BinaryPrimitives.ReadUInt32LittleEndian(bytes[10..]);
        uint size = BinaryPrimitives.ReadUInt32LittleEndian(bytes[FileHeaderSize..]);
        bool old = size == 12;
        if ((!old && size < 40) || FileHeaderSize + (long)size > bytes.Length)
            throw ImageDecoder.Unreadable(id, "the bitmap's header is of no known length or cut short");
        ReadOnlySpan<byte> info = bytes[FileHeaderSize..];
        int width = old ? BinaryPrimitives.ReadUInt16LittleEndian(info[4..]) : BinaryPrimitives.ReadInt32LittleEndian(info[4..]);
        int height = old ? BinaryPrimitives.ReadUInt16LittleEndian(info[6..]) : BinaryPrimitives.ReadInt32LittleEndian(info[8..]);
        int bits = BinaryPrimitives.ReadUInt16LittleEndian(info[(old ? 10 : 14)..]);
        int compression = old ? Uncompressed : BinaryPrimitives.ReadInt32LittleEndian(info[16..]);
        uint colors = old ? 0 : BinaryPrimitives.ReadUInt32LittleEndian(info[32..]);
        ImageDecoder.CheckSize(id, Math.Abs((long)height), width, options);
        CheckKind(bits, compression, id);
        return new Header(width, Math.Abs(height), height < 0, bits, compression, colors, offset, (int)size, old ? 3 : 4);
    }

    private static void CheckKind(int bits, int compression, string id)
    {
        if (compression is not (Uncompressed or BitFields or AlphaBitFields))
            throw ImageDecoder.Unsupported(id, "the bitmap is run-length compressed or holds another format");
        bool fields = compression != Uncompressed;
        if (bits is not (1 or 4 or 8 or 16 or 24 or 32) || (fields && bits is not (16 or 32)))
            throw ImageDecoder.Unsupported(id, $"the bitmap has {bits} bits a pixel{(fields ? " with bit fields" : string.Empty)}");
    }

    private static DecodedImage ReadPalette(ReadOnlySpan<byte> pixels, int stride, Header header, ReadOnlySpan<byte> bytes, string id)
    {
        int most = 1 << header.Bits;
        int colors = header.Colors == 0 || header.Colors > most ? most : (int)header.Colors;
        int start = FileHeaderSize + header.Size;
        int available = (int)Math.Min(header.PixelOffset - start, bytes.Length - start) / header.PaletteEntry;
        colors = Math.Min(colors, available);
        if (colors < 1)
            throw ImageDecoder.Unreadable(id, "the bitmap has no palette");
        ReadOnlySpan<byte> palette = bytes.Slice(start, colors * header.PaletteEntry);
        bool gray = IsGray(palette, header.PaletteEntry);
        DecodedImage image = DecodedImage.Rent(id, header.Height, header.Width, gray ? 1 : 3);
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = header.Row(pixels, stride, y);
            Span<byte> output = image.Writable.Slice(y * header.Width * image.Channels, header.Width * image.Channels);
            if (!TryExpand(row, header.Bits, palette, header.PaletteEntry, output, image.Channels))
            {
                image.Dispose();
                throw ImageDecoder.Unreadable(id, $"row {y} of the bitmap uses a colour beyond its palette of {colors}");
            }
        }

        return image;
    }

    private static bool TryExpand(
        ReadOnlySpan<byte> row, int bits, ReadOnlySpan<byte> palette, int entry, Span<byte> output, int channels)
    {
        int mask = (1 << bits) - 1;
        for (int x = 0, to = 0; to < output.Length; x++, to += channels)
        {
            int bit = x * bits;
            int index = (row[bit >> 3] >> (8 - bits - (bit & 7))) & mask;
            if (index * entry >= palette.Length)
                return false;
            for (int c = 0; c < channels; c++)
                output[to + c] = palette[(index * entry) + 2 - c];
        }

        return true;
    }

    private static bool IsGray(ReadOnlySpan<byte> palette, int entry)
    {
        for (int i = 0; i < palette.Length; i += entry)
        {
            if (palette[i] != palette[i + 1] || palette[i] != palette[i + 2])
                return false;
        }

        return true;
    }

    private static DecodedImage ReadDirect(ReadOnlySpan<byte> pixels, int stride, Header header, ReadOnlySpan<byte> bytes, string id)
    {
        Field[] fields = Fields(header, bytes, id);
        DecodedImage image = DecodedImage.Rent(id, header.Height, header.Width, 3);
        int size = header.Bits / 8;
        for (int y = 0; y < header.Height; y++)
        {
            ReadOnlySpan<byte> row = header.Row(pixels, stride, y);
            Span<byte> output = image.Writable.Slice(y * header.Width * 3, header.Width * 3);
            for (int x = 0; x < header.Width; x++)
            {
                ReadOnlySpan<byte> at = row.Slice(x * size, size);
                uint value = size == 2 ? BinaryPrimitives.ReadUInt16LittleEndian(at)
                    : at[0] | ((uint)at[1] << 8) | ((uint)at[2] << 16) | (size == 4 ? (uint)at[3] << 24 : 0);
                for (int c = 0; c < 3; c++)
                    output[(x * 3) + c] = fields[c].Read(value);
            }
        }

        return image;
    }

    private static Field[] Fields(Header header, ReadOnlySpan<byte> bytes, string id)
    {
        if (header.Compression == Uncompressed)
        {
            return header.Bits == 16
                ? [new Field(0x7C00), new Field(0x03E0), new Field(0x001F)]
                : [new Field(0xFF0000), new Field(0x00FF00), new Field(0x0000FF)];
        }

        // The masks follow the 40 bytes that all headers share, inside a longer header or behind a short one.
        int start = FileHeaderSize + 40;
        if (start + 12 > bytes.Length)
            throw ImageDecoder.Unreadable(id, "the bitmap ends inside its bit fields");
        var fields = new Field[3];
        for (int c = 0; c < 3; c++)
        {
            fields[c] = new Field(BinaryPrimitives.ReadUInt32LittleEndian(bytes[(start + (c * 4))..]));
            if (!fields[c].IsContiguous)
                throw ImageDecoder.Unsupported(id, "a bit field of the bitmap is empty or has gaps");
        }

        return fields;
    }

    /// <summary>The part of a pixel that one colour occupies.</summary>
    private readonly record struct Field(uint Mask)
    {
        private readonly int _shift = BitOperations.TrailingZeroCount(Mask);
        private readonly uint _most = Mask == 0 ? 0 : Mask >> BitOperations.TrailingZeroCount(Mask);

        public bool IsContiguous => _most != 0 && (_most & (_most + 1)) == 0;

        /// <summary>The colour on 0..255; integer division truncates, as in Pillow.</summary>
        public byte Read(uint pixel)
        {
            uint value = (pixel & Mask) >> _shift;
            return (byte)(_most == 255 ? value : (ulong)value * 255 / _most);
        }
    }

    private sealed record Header(
        int Width, int Height, bool TopDown, int Bits, int Compression, uint Colors, long PixelOffset, int Size, int PaletteEntry)
    {
        public ReadOnlySpan<byte> Row(ReadOnlySpan<byte> pixels, int stride, int y) =>
            pixels.Slice((TopDown ? y : Height - 1 - y) * stride, stride);
    }
}
