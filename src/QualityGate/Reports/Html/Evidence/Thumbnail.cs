using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Images.Pictures;
using QualityGate.Images.Vips;
using QualityGate.Specs;

namespace QualityGate.Reports.Html;

/// <summary>A small picture, encoded anew from pixels, so that nothing of the original file is in it.</summary>
/// <param name="MediaType"><c>image/png</c> or <c>image/jpeg</c>.</param>
/// <param name="Bytes">The file.</param>
/// <param name="Width">Width in pixels.</param>
/// <param name="Height">Height in pixels.</param>
public sealed record Thumbnail(string MediaType, byte[] Bytes, int Width, int Height)
{
    /// <summary>Longest side.</summary>
    public const int Side = 160;

    // Below this a PNG is as small as a JPEG, and shows every pixel as it is.
    private const int SharpSide = 64;

    /// <summary>A picture of an image.</summary>
    /// <param name="image">The image.</param>
    public static Thumbnail Of(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        double scale = Math.Min(1, (double)Side / Math.Max(image.Width, image.Height));
        int width = Math.Max(1, (int)Math.Round(image.Width * scale)), height = Math.Max(1, (int)Math.Round(image.Height * scale));
        byte[] samples = scale < 1 ? Shrunk(image, width, height) : image.Pixels.ToArray();
        return Of(width, height, image.Channels, samples);
    }

    /// <summary>The picture as an address that holds it.</summary>
    public string ToDataUri() => $"data:{MediaType};base64,{Convert.ToBase64String(Bytes)}";

    internal static Thumbnail Of(PlainPicture picture) => Of(picture.Width, picture.Height, picture.Channels, picture.Samples);

    private static Thumbnail Of(int width, int height, int channels, byte[] samples) =>
        Math.Max(width, height) > SharpSide && Jpeg(width, height, channels, samples) is { } jpeg
            ? new Thumbnail("image/jpeg", jpeg, width, height)
            : new Thumbnail("image/png", PngEncoder.Encode(width, height, channels, samples), width, height);

    private static byte[]? Jpeg(int width, int height, int channels, byte[] samples)
    {
        try
        {
            return VipsEncoder.Jpeg(width, height, channels, samples);
        }
        catch (UserErrorException)
        {
            return null; // no image library here
        }
    }

    private static byte[] Shrunk(DecodedImage image, int width, int height)
    {
        byte[] samples = new byte[width * height * image.Channels];
        float[] plane = new float[width * height];
        Resampler area = Resampler.For(ResizeMethod.Area);
        for (int c = 0; c < image.Channels; c++)
        {
            area.Resample(new SamplePlane(image.Pixels, image.Height, image.Width, image.Channels, c), new ResizeWindow(height, width, 0, 0, height, width), plane);
            for (int i = 0; i < plane.Length; i++)
            {
                samples[(i * image.Channels) + c] = (byte)Math.Clamp(MathF.Round(plane[i]), 0, 255);
            }
        }

        return samples;
    }
}
