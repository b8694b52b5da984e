using System.Buffers.Binary;
using System.IO.Compression;

namespace QualityGate.Images.Pictures;

/// <summary>Writes 8-bit grey and RGB samples as PNG (ISO/IEC 15948).</summary>
internal static class PngEncoder
{
    // Rows as they are, and as differences from the row above: pictures of ours are enlarged, so that most rows repeat.
    private const byte Up = 2;

    private static ReadOnlySpan<byte> Signature => [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static byte[] Encode(int width, int height, int channels, ReadOnlySpan<byte> samples)
    {
        if (width < 1 || height < 1 || channels is not (1 or 3) || (long)width * height * channels != samples.Length)
        {
            throw new ArgumentException($"{samples.Length} samples are not {height} x {width} x {channels}.", nameof(samples));
        }

        Span<byte> header = stackalloc byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header[4..], height);
        (header[8], header[9]) = (8, (byte)(channels == 1 ? 0 : 2));
        header[10..].Clear();
        using MemoryStream png = new();
        png.Write(Signature);
        WriteChunk(png, "IHDR"u8, header);
        WriteChunk(png, "IDAT"u8, Compressed(samples, width * channels));
        WriteChunk(png, "IEND"u8, []);
        return png.ToArray();
    }

    private static byte[] Compressed(ReadOnlySpan<byte> samples, int stride)
    {
        using MemoryStream compressed = new();
        using (ZLibStream zlib = new(compressed, CompressionLevel.Optimal, leaveOpen: true))
        {
            byte[] row = new byte[stride + 1];
            row[0] = Up;
            for (int at = 0; at < samples.Length; at += stride)
            {
                for (int i = 0; i < stride; i++)
                {
                    row[i + 1] = (byte)(samples[at + i] - (at == 0 ? 0 : samples[at + i - stride]));
                }

                zlib.Write(row);
            }
        }

        return compressed.ToArray();
    }

    private static void WriteChunk(MemoryStream png, ReadOnlySpan<byte> type, ReadOnlySpan<byte> data)
    {
        Span<byte> number = stackalloc byte[4];
        byte[] body = [.. type, .. data];
        BinaryPrimitives.WriteInt32BigEndian(number, data.Length);
        png.Write(number);
        png.Write(body);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc32.Of(body));
        png.Write(number);
    }
}
