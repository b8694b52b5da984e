namespace QualityGate.Images.Pictures;

/// <summary>An image to be shown: 8 bits a sample, channels interleaved, rows from the top.</summary>
public sealed record PlainPicture
{
    /// <summary>An image of samples.</summary>
    /// <exception cref="ArgumentException">The sizes do not fit each other.</exception>
    public PlainPicture(int height, int width, int channels, byte[] samples)
    {
        ArgumentNullException.ThrowIfNull(samples);
        if (height < 1 || width < 1 || channels is not (1 or 3) || (long)height * width * channels != samples.Length)
        {
            throw new ArgumentException($"{samples.Length} samples are not {height} x {width} x {channels}, or the channels are neither 1 nor 3.", nameof(samples));
        }

        (Height, Width, Channels, Samples) = (height, width, channels, samples);
    }

    /// <summary>Height in pixels.</summary>
    public int Height { get; }

    /// <summary>Width in pixels.</summary>
    public int Width { get; }

    /// <summary>1 for grey, 3 for red, green, blue.</summary>
    public int Channels { get; }

    /// <summary>The samples.</summary>
    internal byte[] Samples { get; }

    /// <summary>A copy of a decoded image.</summary>
    public static PlainPicture Of(DecodedImage image)
    {
        ArgumentNullException.ThrowIfNull(image);
        return new PlainPicture(image.Height, image.Width, image.Channels, image.Pixels.ToArray());
    }

    /// <summary>A network's picture, channel after channel, whose values from <paramref name="low"/> to <paramref name="high"/> become 0..255.</summary>
    public static PlainPicture OfPlanes(int height, int width, int channels, ReadOnlySpan<float> planes, float low, float high)
    {
        byte[] samples = new byte[planes.Length];
        int pixels = height * width;
        for (int i = 0; i < samples.Length; i++)
        {
            double share = (planes[(i % channels * pixels) + (i / channels)] - low) / (high - low);
            samples[i] = (byte)Math.Round(255 * Math.Clamp(double.IsNaN(share) ? 0 : share, 0, 1));
        }

        return new PlainPicture(height, width, channels, samples);
    }

    /// <summary>A pixel's colour.</summary>
    public Rgb At(int x, int y)
    {
        int at = Channels * ((y * Width) + x);
        return Channels == 1 ? new Rgb(Samples[at], Samples[at], Samples[at]) : new Rgb(Samples[at], Samples[at + 1], Samples[at + 2]);
    }

    /// <summary>The picture as the bytes of a PNG file.</summary>
    public byte[] ToPng() => PngEncoder.Encode(Width, Height, Channels, Samples);
}
