namespace QualityGate.Samples.Generator;

/// <summary>Gaussian-like blur in whole-number arithmetic: the kernel 1 2 1 along both axes, again and again.</summary>
internal static class Blur
{
    /// <summary>The standard deviation is the square root of half the passes, in pixels. Edges repeat.</summary>
    public static Raster Apply(Raster image, int passes)
    {
        // Eight more bits than a byte, so that many passes do not pile up rounding.
        int[] values = Array.ConvertAll(image.Samples, sample => sample << 8);
        for (int pass = 0; pass < passes; pass++)
        {
            values = Smooth(image, values, 1, 0);
            values = Smooth(image, values, 0, 1);
        }

        return image with { Samples = Array.ConvertAll(values, value => (byte)((value + 128) >> 8)) };
    }

    private static int[] Smooth(Raster image, int[] values, int stepX, int stepY)
    {
        var smoothed = new int[values.Length];
        for (int y = 0; y < image.Height; y++)
        {
            for (int x = 0; x < image.Width; x++)
            {
                int before = Offset(image, x - stepX, y - stepY), at = Offset(image, x, y), after = Offset(image, x + stepX, y + stepY);
                for (int c = 0; c < image.Channels; c++)
                    smoothed[at + c] = (values[before + c] + 2 * values[at + c] + values[after + c] + 2) / 4;
            }
        }

        return smoothed;
    }

    private static int Offset(Raster image, int x, int y) =>
        (Math.Clamp(y, 0, image.Height - 1) * image.Width + Math.Clamp(x, 0, image.Width - 1)) * image.Channels;
}
