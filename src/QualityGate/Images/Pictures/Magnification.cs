namespace QualityGate.Images.Pictures;

/// <summary>How an image is brought to a size at which people see it: whole-number enlargement by repeated pixels, or reduction by means.</summary>
/// <param name="Zoom">Dots a pixel.</param>
/// <param name="Step">Pixels a dot.</param>
internal readonly record struct Magnification(int Zoom, int Step)
{
    /// <summary>The magnification that brings the longer side near <paramref name="side"/>: as often as it goes in, or as few as fit.</summary>
    public static Magnification ToSide(int height, int width, int side)
    {
        int longer = Math.Max(height, width);
        return longer <= side ? new Magnification(side / longer, 1) : new Magnification(1, (longer + side - 1) / side);
    }

    public int Of(int length) => (length + Step - 1) / Step * Zoom;

    /// <summary>Draws what <paramref name="at"/> gives for the pixels.</summary>
    public PixelCanvas Draw(int height, int width, Func<int, int, Rgb> at)
    {
        PixelCanvas canvas = new(Of(width), Of(height), Rgb.Black);
        for (int y = 0; y < canvas.Height / Zoom; y++)
        {
            for (int x = 0; x < canvas.Width / Zoom; x++)
            {
                canvas.Fill(x * Zoom, y * Zoom, Zoom, Zoom, Step == 1 ? at(x, y) : Mean(x, y, height, width, at));
            }
        }

        return canvas;
    }

    private Rgb Mean(int x, int y, int height, int width, Func<int, int, Rgb> at)
    {
        int red = 0, green = 0, blue = 0, count = 0;
        for (int v = y * Step; v < Math.Min(height, (y + 1) * Step); v++)
        {
            for (int u = x * Step; u < Math.Min(width, (x + 1) * Step); u++, count++)
            {
                Rgb colour = at(u, v);
                (red, green, blue) = (red + colour.Red, green + colour.Green, blue + colour.Blue);
            }
        }

        return new Rgb((byte)(red / count), (byte)(green / count), (byte)(blue / count));
    }
}
