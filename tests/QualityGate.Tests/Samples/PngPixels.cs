using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using QualityGate.Samples.Generator;

namespace QualityGate.Tests.Samples;

/// <summary>A small PNG reader of the tests' own, straight from ISO/IEC 15948: 8-bit grey or RGB, not interlaced.</summary>
internal static class PngPixels
{
    private const int SignatureLength = 8;

    public static Raster Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..SignatureLength]);
        (string headerType, byte[] header) = ReadChunk(png, SignatureLength);
        Assert.Equal("IHDR", headerType);
        Assert.Equal(8, header[8]);
        int width = BinaryPrimitives.ReadInt32BigEndian(header), height = BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4));
        int channels = header[9] switch { 0 => 1, 2 => 3, _ => throw new NotSupportedException("Neither grey nor RGB.") };

        byte[] rows = Inflate(Data(png));
        Assert.Equal(height * (width * channels + 1), rows.Length);
        return new Raster(width, height, channels, Unfilter(rows, width * channels, height, channels));
    }

    private static byte[] Data(byte[] png)
    {
        var data = new List<byte>();
        for (int at = SignatureLength; ; at += 12 + BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at)))
        {
            (string type, byte[] body) = ReadChunk(png, at);
            if (type == "IDAT") data.AddRange(body);
            if (type == "IEND") return [.. data];
        }
    }

    private static (string Type, byte[] Body) ReadChunk(byte[] png, int at)
    {
        int length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
        Span<byte> checkedPart = png.AsSpan(at + 4, length + 4);
        Assert.Equal(Crc32(checkedPart), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
        return (Encoding.ASCII.GetString(checkedPart[..4]), checkedPart[4..].ToArray());
    }

    /// <summary>The check value as polynomial division, one bit at a time from the top; the writer goes from the bottom.</summary>
    private static uint Crc32(ReadOnlySpan<byte> data)
    {
        uint remainder = uint.MaxValue;
        foreach (byte value in data)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bool divides = ((remainder >> 31) ^ (uint)(value >> bit & 1)) == 1;
                remainder = (remainder << 1) ^ (divides ? 0x04C11DB7u : 0);
            }
        }

        return ~Reverse(remainder);
    }

    private static uint Reverse(uint bits)
    {
        uint reversed = 0;
        for (int i = 0; i < 32; i++) reversed |= (bits >> i & 1) << (31 - i);
        return reversed;
    }

    private static byte[] Inflate(byte[] data)
    {
        using var inflated = new MemoryStream();
        using var zlib = new ZLibStream(new MemoryStream(data), CompressionMode.Decompress);
        zlib.CopyTo(inflated);
        return inflated.ToArray();
    }

    private static byte[] Unfilter(byte[] rows, int stride, int height, int channels)
    {
        var samples = new byte[stride * height];
        for (int y = 0; y < height; y++)
        {
            int filter = rows[y * (stride + 1)];
            for (int i = 0; i < stride; i++)
            {
                int a = i < channels ? 0 : samples[y * stride + i - channels];
                int b = y == 0 ? 0 : samples[(y - 1) * stride + i];
                int c = y == 0 || i < channels ? 0 : samples[(y - 1) * stride + i - channels];
                samples[y * stride + i] = unchecked((byte)(rows[y * (stride + 1) + 1 + i] + Prediction(filter, a, b, c)));
            }
        }

        return samples;
    }

    private static int Prediction(int filter, int a, int b, int c)
    {
        return filter switch { 0 => 0, 1 => a, 2 => b, 3 => (a + b) >> 1, 4 => Nearest(a + b - c), _ => throw new NotSupportedException("No such filter.") };

        // Ties go to a, then b, then c: MinBy keeps the first.
        int Nearest(int estimate) => new[] { a, b, c }.MinBy(one => Math.Abs(estimate - one));
    }
}
