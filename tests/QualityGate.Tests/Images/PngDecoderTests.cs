using System.Buffers.Binary;
using System.IO.Compression;
using QualityGate.Errors;
using QualityGate.Images;

namespace QualityGate.Tests.Images;

public sealed class PngDecoderTests
{
    [Fact]
    public void Every_row_filter_is_undone()
    {
        // One row of 4 grey pixels a filter: none, left, above, mean, Paeth. Expected values worked out by hand.
        byte[] rows =
        [
            0, 10, 20, 30, 40,
            1, 5, 5, 5, 5,
            2, 1, 1, 1, 1,
            3, 10, 10, 10, 10,
            4, 1, 1, 1, 1,
        ];

        using DecodedImage? image = PngDecoder.TryDecode(Png(4, 5, rows), "a.png", DecodeOptions.Default);

        Assert.NotNull(image);
        Assert.Equal(
            [10, 20, 30, 40, 5, 10, 15, 20, 6, 11, 16, 21, 13, 22, 29, 35, 14, 23, 30, 36],
            image.Pixels.ToArray());
    }

    [Fact]
    public void An_unknown_filter_is_an_error()
    {
        byte[] png = Png(4, 1, [9, 1, 2, 3, 4]);

        Assert.Equal(DataErrors.ImageUnreadable, Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(png, "a.png")).Code);
    }

    [Theory]
    [InlineData(9)]
    [InlineData(11)]
    public void More_or_fewer_rows_than_the_header_says_are_left_to_the_library(int bytes)
    {
        Assert.Null(PngDecoder.TryDecode(Png(4, 2, new byte[bytes]), "a.png", DecodeOptions.Default));
    }

    [Fact]
    public void A_palette_index_beyond_the_palette_never_reads_elsewhere()
    {
        byte[] png = Png(2, 1, [0, 0, 200], colorType: 3, ("PLTE", [1, 2, 3]));

        Assert.Null(PngDecoder.TryDecode(png, "a.png", DecodeOptions.Default));
    }

    [Fact]
    public void The_size_limit_holds_for_the_own_reader_too()
    {
        byte[] png = Png(4, 1, [0, 1, 2, 3, 4]);

        Assert.Equal(
            DataErrors.ImageTooLarge,
            Assert.Throws<UserErrorException>(() => ImageDecoder.Decode(png, "a.png", new DecodeOptions { MaxPixels = 3 })).Code);
    }

    [Fact]
    public void The_checksum_is_that_of_the_standard() => Assert.Equal(0xCBF43926u, Crc32.Of("123456789"u8));

    private static byte[] Png(int width, int height, byte[] rows, byte colorType = 0, params (string Name, byte[] Body)[] between)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        header[9] = colorType;
        var data = new MemoryStream();
        using (var deflate = new ZLibStream(data, CompressionLevel.Fastest, leaveOpen: true))
            deflate.Write(rows);
        return
        [
            0x89, .. "PNG\r\n"u8, 0x1A, 0x0A,
            .. Chunk("IHDR", header), .. between.SelectMany(b => Chunk(b.Name, b.Body)), .. Chunk("IDAT", data.ToArray()), .. Chunk("IEND", []),
        ];
    }

    private static byte[] Chunk(string name, byte[] body)
    {
        var chunk = new byte[body.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, body.Length);
        System.Text.Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        body.CopyTo(chunk, 8);
        BinaryPrimitives.WriteUInt32BigEndian(chunk.AsSpan(8 + body.Length), Crc32.Of(chunk.AsSpan(4, body.Length + 4)));
        return chunk;
    }
}
