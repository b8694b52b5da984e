using QualityGate.Images;

namespace QualityGate.Tests.Images;

/// <summary>The image files that the tests read.</summary>
internal static class TestImages
{
    public static string PathOf(string file) => Path.Combine(AppContext.BaseDirectory, "Data", "images", "decode", file);

    public static byte[] Bytes(string file) => File.ReadAllBytes(PathOf(file));

    /// <summary>Three bytes a pixel, grey repeated.</summary>
    public static byte[] Rgb(DecodedImage image) =>
        image.Channels == 3 ? image.Pixels.ToArray() : [.. image.Pixels.ToArray().SelectMany(v => new[] { v, v, v })];
}
