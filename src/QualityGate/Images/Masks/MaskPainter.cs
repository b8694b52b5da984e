using QualityGate.Specs;

namespace QualityGate.Images;

/// <summary>Does to decoded pixels what a mode says, in place, before anything else happens to them.</summary>
public static class MaskPainter
{
    /// <summary>Paints over what the mode does not keep.</summary>
    /// <param name="image">The pixels.</param>
    /// <param name="mask">Where the object is; of any size.</param>
    /// <param name="mode">What to do.</param>
    /// <param name="donor">Whose pixels take the background's place, with <see cref="MaskModeKind.Swap"/>; of any size.</param>
    public static void Apply(DecodedImage image, ObjectMask mask, MaskMode mode, DecodedImage? donor = null)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(mask);
        if (mode.IsNone)
        {
            return;
        }

        Paint paint = PaintOf(image, mode, donor);
        bool changesObject = mode.Kind == MaskModeKind.Inverse;
        Span<byte> pixels = image.Writable;
        for (int y = 0, at = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++, at += image.Channels)
            {
                if (mask.Covers(y, x, image.Height, image.Width) == changesObject)
                {
                    paint(pixels.Slice(at, image.Channels), y, x);
                }
            }
        }
    }

    private delegate void Paint(Span<byte> pixel, int y, int x);

    private static Paint PaintOf(DecodedImage image, MaskMode mode, DecodedImage? donor)
    {
        switch (mode.Kind)
        {
            case MaskModeKind.Soft:
                byte[] scaled = [.. Enumerable.Range(0, 256).Select(v => (byte)Math.Round(v * mode.Scale))];
                return (pixel, _, _) =>
                {
                    for (int c = 0; c < pixel.Length; c++)
                    {
                        pixel[c] = scaled[pixel[c]];
                    }
                };
            case MaskModeKind.Colour:
                byte[] colour = Converted([(byte)(mode.Colour >> 16), (byte)(mode.Colour >> 8), (byte)mode.Colour], image.Channels);
                return (pixel, _, _) => colour.CopyTo(pixel);
            case MaskModeKind.Swap:
                ArgumentNullException.ThrowIfNull(donor);
                (int height, int width) = (image.Height, image.Width);
                return (pixel, y, x) =>
                {
                    int from = ((ObjectMask.Nearest(y, height, donor.Height) * donor.Width) + ObjectMask.Nearest(x, width, donor.Width)) * donor.Channels;
                    Convert(donor.Pixels.Slice(from, donor.Channels), pixel);
                };
            default:
                return (pixel, _, _) => pixel.Clear();
        }
    }

    private static byte[] Converted(byte[] source, int channels)
    {
        byte[] pixel = new byte[channels];
        Convert(source, pixel);
        return pixel;
    }

    private static void Convert(ReadOnlySpan<byte> source, Span<byte> pixel)
    {
        if (source.Length == pixel.Length)
        {
            source.CopyTo(pixel);
        }
        else if (pixel.Length == 1)
        {
            Luma.FromRgb(source, pixel);
        }
        else
        {
            pixel.Fill(source[0]);
        }
    }
}
