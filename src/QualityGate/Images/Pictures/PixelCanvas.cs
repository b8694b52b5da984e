namespace QualityGate.Images.Pictures;

/// <summary>A picture in memory to draw on. What lies outside it is not drawn.</summary>
public sealed class PixelCanvas
{
    private const int MostPixels = 1 << 28;
    private readonly byte[] _samples;

    /// <summary>A canvas of one colour.</summary>
    public PixelCanvas(int width, int height, Rgb background)
    {
        if (width < 1 || height < 1 || (long)width * height > MostPixels)
        {
            throw new ArgumentOutOfRangeException(nameof(width), $"{width} x {height} is no size of a picture.");
        }

        (Width, Height, _samples) = (width, height, new byte[3 * width * height]);
        Fill(0, 0, width, height, background);
    }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>A pixel's colour.</summary>
    public Rgb this[int x, int y]
    {
        get
        {
            int at = 3 * ((y * Width) + x);
            return new Rgb(_samples[at], _samples[at + 1], _samples[at + 2]);
        }

        set
        {
            if ((uint)x < (uint)Width && (uint)y < (uint)Height)
            {
                int at = 3 * ((y * Width) + x);
                (_samples[at], _samples[at + 1], _samples[at + 2]) = (value.Red, value.Green, value.Blue);
            }
        }
    }

    /// <summary>Fills a rectangle.</summary>
    public void Fill(int left, int top, int width, int height, Rgb colour)
    {
        for (int y = Math.Max(0, top); y < Math.Min(Height, top + height); y++)
        {
            for (int x = Math.Max(0, left); x < Math.Min(Width, left + width); x++)
            {
                this[x, y] = colour;
            }
        }
    }

    /// <summary>A straight line, <paramref name="thickness"/> dots thick.</summary>
    public void Line(double x1, double y1, double x2, double y2, Rgb colour, int thickness = 1)
    {
        int steps = (int)Math.Ceiling(Math.Clamp(Math.Max(Math.Abs(x2 - x1), Math.Abs(y2 - y1)), 1, Width + Height));
        for (int i = 0; i <= steps; i++)
        {
            double share = (double)i / steps;
            Fill(
                (int)Math.Round(x1 + ((x2 - x1) * share)) - (thickness / 2), (int)Math.Round(y1 + ((y2 - y1) * share)) - (thickness / 2),
                thickness, thickness, colour);
        }
    }

    /// <summary>A line of text, its upper left corner given.</summary>
    public void Text(int left, int top, string text, Rgb colour, int zoom = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        for (int i = 0; i < text.Length; i++)
        {
            for (int dot = 0; dot < BitmapFont.Width * BitmapFont.Height; dot++)
            {
                (int x, int y) = (dot % BitmapFont.Width, dot / BitmapFont.Width);
                if (BitmapFont.IsSet(text[i], x, y))
                {
                    Fill(left + (((i * BitmapFont.Advance) + x) * zoom), top + (y * zoom), zoom, zoom, colour);
                }
            }
        }
    }

    /// <summary>Width of a text.</summary>
    public static int WidthOf(string text, int zoom = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Length == 0 ? 0 : ((text.Length * BitmapFont.Advance) - 1) * zoom;
    }

    /// <summary>Puts a picture on this one.</summary>
    public void Put(int left, int top, PixelCanvas picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        for (int y = 0; y < picture.Height; y++)
        {
            for (int x = 0; x < picture.Width; x++)
            {
                this[left + x, top + y] = picture[x, y];
            }
        }
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public byte[] ToPng() => PngEncoder.Encode(Width, Height, 3, _samples);
}
