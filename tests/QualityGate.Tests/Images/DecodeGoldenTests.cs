using System.Security.Cryptography;
using System.Text.Json;
using QualityGate.Images;

namespace QualityGate.Tests.Images;

/// <summary>Decoded pixels against Pillow 9.4, bit for bit (tests/golden/images_decode.py).</summary>
public sealed class DecodeGoldenTests
{
    private static readonly Dictionary<string, JsonElement> Cases = JsonDocument
        .Parse(File.ReadAllText(TestImages.PathOf("decode.json"))).RootElement.EnumerateArray()
        .ToDictionary(c => c.GetProperty("file").GetString()!);

    public static TheoryData<string> Files => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(Files))]
    public void Pixels_equal_Pillows_bit_for_bit(string file)
    {
        JsonElement golden = Cases[file];

        using DecodedImage image = ImageDecoder.Decode(TestImages.Bytes(file), file);

        byte[] rgb = TestImages.Rgb(image);
        Assert.Equal((golden.GetProperty("height").GetInt32(), golden.GetProperty("width").GetInt32()), (image.Height, image.Width));
        Assert.Equal(golden.GetProperty("first").EnumerateArray().Select(v => v.GetByte()), rgb[..3]);
        Assert.Equal(golden.GetProperty("last").EnumerateArray().Select(v => v.GetByte()), rgb[^3..]);
        Assert.Equal(golden.GetProperty("rgb").GetString(), Convert.ToHexStringLower(SHA256.HashData(rgb)));
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Luma_equals_Pillows_bit_for_bit(string file)
    {
        using DecodedImage image = ImageDecoder.Decode(TestImages.Bytes(file), file);
        byte[] rgb = TestImages.Rgb(image);
        var gray = new byte[rgb.Length / 3];

        Luma.FromRgb(rgb, gray);

        Assert.Equal(Cases[file].GetProperty("gray").GetString(), Convert.ToHexStringLower(SHA256.HashData(gray)));
    }
}
