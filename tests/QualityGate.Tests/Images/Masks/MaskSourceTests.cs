using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Specs;

namespace QualityGate.Tests.Images.Masks;

public sealed class MaskSourceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("qualitygate-masks-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    // Pillow's convert("RGBA"): the sum of its alpha values and their sum weighted by place.
    [Theory]
    [MemberData(nameof(AlphaCases))]
    public void Alpha_is_Pillows(string file, long sum, long weighted)
    {
        using DecodedImage alpha = ImageDecoder.DecodeAlpha(TestImages.Bytes(file), file)!;
        byte[] values = alpha.Pixels.ToArray();
        Assert.Equal((sum, weighted), (values.Sum(v => (long)v), values.Select((v, i) => (i + 1L) * v).Sum()));
    }

    public static TheoryData<string, long, long> AlphaCases { get; } = new()
    {
        { "png-rgba.png", 25368, 2906992 },
        { "png-gray-alpha.png", 56355, 6255405 },
        { "webp-alpha.webp", 37954, 5327624 },
        { "png-palette-transparent.png", 56610, 7112205 },
    };

    [Theory]
    [InlineData("png-rgb.png")]
    [InlineData("jpeg-420.jpg")]
    [InlineData("bmp-RGB.bmp")]
    [InlineData("png-gray.png")]
    public void An_image_without_alpha_has_no_mask(string file)
    {
        using AlphaMasks masks = new(MaskValues.UpperHalf, DecodeOptions.Default);
        Assert.Null(masks.Find(0, file, TestImages.Bytes(file), new byte[32]));
    }

    [Fact]
    public void A_mask_is_found_by_its_relative_name_whatever_its_ending()
    {
        Write("masks/cat/1.png", [255, 0]);
        Write("masks/cat/2.v1.png", [0, 0]);
        using MaskFiles masks = new(Path.Combine(_folder, "masks"), MaskValues.UpperHalf, DecodeOptions.Default);
        byte[] first = new byte[32], second = new byte[32];
        Assert.True(masks.Find(0, "cat/1.jpg", [], first)!.Covers(0, 0, 1, 2));
        Assert.True(masks.Find(1, "cat/2.v1.webp", [], second)!.IsEmpty);
        Assert.NotEqual(first, second);
        Assert.Null(masks.Find(2, "1.jpg", [], first));
        Assert.Null(masks.Find(3, "cat/2.jpg", [], first));
    }

    [Fact]
    public void Two_masks_of_one_image_are_an_error()
    {
        Write("masks/1.png", [255]);
        Write("masks/1.bmp", [255]);
        UserErrorException error = Assert.Throws<UserErrorException>(() => new MaskFiles(Path.Combine(_folder, "masks"), MaskValues.UpperHalf, DecodeOptions.Default));
        Assert.Equal(DataErrors.MaskAmbiguous, error.Code);
    }

    private void Write(string name, byte[] row)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, PngEncoder.Encode(row.Length, 1, 1, row));
    }
}
