using System.Buffers;
using System.Buffers.Binary;
using System.IO.Compression;

namespace QualityGate.Images;

/// <summary>
/// Decodes small, plain PNG files without the image library, whose fixed cost is several times the work on a small image.
/// Whatever is not plain (interlaced, large, damaged in any way) is left to the library, which then also words the error.
/// </summary>
internal static class PngDecoder
{
    /// <summary>Beyond about this many pixels the library's vector code makes up for its fixed cost.</summary>
    private const long MostPixels = 64 * 64;

    private const int SignatureLength = 8;
    private const int HeaderLength = 13;
    private const int ChunkOverhead = 12;

    /// <summary>Decodes, or returns null when the library should look at the file.</summary>
    public static DecodedImage? TryDecode(ReadOnlySpan<byte> bytes, string id, DecodeOptions options)
    {
        Layout layout = ReadHeader(bytes);
        if (!layout.IsPlain || (long)layout.Width * layout.Height > MostPixels || options.ApplyOrientation)
            return null;
        ImageDecoder.CheckSize(id, layout.Height, layout.Width, options);
        byte[] compressed = ArrayPool<byte>.Shared.Rent(bytes.Length);
        byte[] rows = ArrayPool<byte>.Shared.Rent(layout.Height * (layout.RowBytes + 1));
        try
        {
            Span<byte> raw = rows.AsSpan(0, layout.Height * (layout.RowBytes + 1));
            int length = Gather(bytes, compressed, out ReadOnlySpan<byte> palette);
            if (length < 0 || !TryInflate(compressed, length, raw) || !PngFilters.TryUndo(raw, layout.RowBytes, layout.FilterStep))
                return null;
            DecodedImage image = DecodedImage.Rent(id, layout.Height, layout.Width, layout.Channels);
            if (layout.TryConvert(raw, palette, image.Writable))
                return image;
            image.Dispose();
            return null;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rows);
            ArrayPool<byte>.Shared.Return(compressed);
        }
    }

    private static Layout ReadHeader(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < SignatureLength + HeaderLength + ChunkOverhead)
            return default;
        ReadOnlySpan<byte> header = bytes[(SignatureLength + 8)..];
        uint width = BinaryPrimitives.ReadUInt32BigEndian(header);
        uint height = BinaryPrimitives.ReadUInt32BigEndian(header[4..]);
        bool isHeader = BinaryPrimitives.ReadUInt32BigEndian(bytes[SignatureLength..]) == HeaderLength && bytes[(SignatureLength + 4)..].StartsWith("IHDR"u8);
        bool isPlain = isHeader && header[10] == 0 && header[11] == 0 && header[12] == 0 && width is > 0 and <= 1 << 16 && height is > 0 and <= 1 << 16;
        return isPlain ? new Layout((int)width, (int)height, header[8], header[9]) : default;
    }

    /// <summary>Joins the image data of all chunks; -1 when a checksum is wrong or the order is unusual.</summary>
    private static int Gather(ReadOnlySpan<byte> bytes, Span<byte> compressed, out ReadOnlySpan<byte> palette)
    {
        palette = default;
        int length = 0;
        int at = SignatureLength;
        while (bytes.Length - at >= ChunkOverhead)
        {
            uint size = BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);
            if (size > bytes.Length - at - ChunkOverhead)
                return -1;
            ReadOnlySpan<byte> body = bytes.Slice(at + 4, (int)size + 4);
            if (Crc32.Of(body) != BinaryPrimitives.ReadUInt32BigEndian(bytes[(at + 8 + (int)size)..]))
                return -1;
            if (body.StartsWith("IEND"u8))
                return length;
            if (body.StartsWith("PLTE"u8))
            {
                palette = body[4..];
            }
            else if (body.StartsWith("IDAT"u8))
            {
                body[4..].CopyTo(compressed[length..]);
                length += (int)size;
            }
            else if ((body[0] & 0x20) == 0 && at != SignatureLength)
            {
                return -1; // a critical chunk that is none of ours
            }

            at += ChunkOverhead + (int)size;
        }

        return -1;
    }

    private static bool TryInflate(byte[] compressed, int length, Span<byte> raw)
    {
        try
        {
            using var source = new MemoryStream(compressed, 0, length, writable: false);
            using var inflater = new ZLibStream(source, CompressionMode.Decompress);
            return inflater.ReadAtLeast(raw, raw.Length, throwOnEndOfStream: false) == raw.Length && inflater.ReadByte() < 0;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>How the samples of a file are packed.</summary>
    private readonly record struct Layout(int Width, int Height, int Depth, int ColorType)
    {
        private const int Palette = 3;

        private int Samples => ColorType switch { 0 or Palette => 1, 2 => 3, 4 => 2, 6 => 4, _ => 0 };

        public int Channels => ColorType is 0 or 4 ? 1 : 3;

        public bool IsPlain => Samples != 0 && (Depth == 8 || (Depth == 16 && ColorType != Palette) || (Depth is 1 or 2 or 4 && Samples == 1));

        public int RowBytes => ((Width * Samples * Depth) + 7) / 8;

        /// <summary>Bytes from one pixel to the next, at least 1: what the filters look back by.</summary>
        public int FilterStep => Math.Max(1, Samples * Depth / 8);

        public bool TryConvert(ReadOnlySpan<byte> raw, ReadOnlySpan<byte> palette, Span<byte> pixels)
        {
            int stride = Width * Channels;
            for (int y = 0; y < Height; y++)
            {
                ReadOnlySpan<byte> row = raw.Slice((y * (RowBytes + 1)) + 1, RowBytes);
                Span<byte> output = pixels.Slice(y * stride, stride);
                if (ColorType == Palette || Depth < 8)
                {
                    if (!TryExpand(row, palette, output))
                        return false;
                }
                else if (Depth == 8 && Samples == Channels)
                {
                    row.CopyTo(output);
                }
                else
                {
                    KeepHighBytes(row, output);
                }
            }

            return true;
        }

        /// <summary>Drops alpha, and of a 16-bit sample, high byte first, the low byte.</summary>
        private void KeepHighBytes(ReadOnlySpan<byte> row, Span<byte> output)
        {
            int sample = Depth / 8;
            int pixel = Samples * sample;
            for (int to = 0, from = 0; to < output.Length; to += Channels, from += pixel)
            {
                for (int c = 0; c < Channels; c++)
                    output[to + c] = row[from + (c * sample)];
            }
        }

        private bool TryExpand(ReadOnlySpan<byte> row, ReadOnlySpan<byte> palette, Span<byte> output)
        {
            int mask = (1 << Depth) - 1;
            int grayStep = 255 / mask;
            for (int x = 0; x < Width; x++)
            {
                int bit = x * Depth;
                int value = (row[bit >> 3] >> (8 - Depth - (bit & 7))) & mask;
                if (ColorType != Palette)
                {
                    output[x] = (byte)(value * grayStep);
                    continue;
                }

                if ((value * 3) + 3 > palette.Length)
                    return false;
                palette.Slice(value * 3, 3).CopyTo(output[(x * 3)..]);
            }

            return true;
        }
    }
}
