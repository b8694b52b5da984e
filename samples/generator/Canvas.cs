namespace QualityGate.Samples.Generator;

/// <summary>A square image in the making. Positions are in pixels, a pixel's centre at its index plus one half.</summary>
internal sealed class Canvas(int size)
{
    private const int Subsamples = 4;

    private readonly Rgb[] _colors = new Rgb[size * size];
    private readonly double[] _coverage = new double[size * size];

    /// <summary>Fills every pixel with the colour at its centre.</summary>
    public void Fill(Func<double, double, Rgb> colorAt)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++) _colors[y * size + x] = colorAt(x + 0.5, y + 0.5);
        }
    }

    /// <summary>Paints an object over what is there, weighted by the share of each pixel's subsamples that lie inside.</summary>
    /// <param name="toObject">From pixels to the object's own coordinates.</param>
    /// <param name="inside">The object's outline.</param>
    /// <param name="colorAt">Its colour.</param>
    public void Paint(Func<double, double, (double U, double V)> toObject, Func<double, double, bool> inside, Func<double, double, Rgb> colorAt)
    {
        for (int y = 0; y < size; y++)
        {
            for (int x = 0; x < size; x++)
            {
                double share = Share(toObject, inside, x, y);
                if (share == 0) continue;
                int at = y * size + x;
                (double u, double v) = toObject(x + 0.5, y + 0.5);
                _colors[at] = _colors[at].Mix(colorAt(u, v), share);
                _coverage[at] = share;
            }
        }
    }

    /// <summary>
    /// The picture, with sensor noise: now and then a pixel is one 8-bit step brighter or darker. All three channels move together,
    /// which costs far fewer bytes in a PNG than three independent noises.
    /// </summary>
    /// <param name="random">Source of the noise.</param>
    /// <param name="noisy">Share of the pixels that move.</param>
    public Raster ToPicture(RandomSource random, double noisy)
    {
        var samples = new byte[size * size * 3];
        for (int i = 0; i < _colors.Length; i++)
        {
            double draw = random.NextUnit();
            int step = draw >= noisy ? 0 : draw < noisy / 2 ? -1 : 1;
            samples[3 * i] = ToByte(_colors[i].Red, step);
            samples[3 * i + 1] = ToByte(_colors[i].Green, step);
            samples[3 * i + 2] = ToByte(_colors[i].Blue, step);
        }

        return new Raster(size, size, 3, samples);
    }

    /// <summary>White where what was painted covers at least half of a pixel.</summary>
    public Raster ToMask() => new(size, size, 1, Array.ConvertAll(_coverage, share => share >= 0.5 ? byte.MaxValue : byte.MinValue));

    private static double Share(Func<double, double, (double U, double V)> toObject, Func<double, double, bool> inside, int x, int y)
    {
        int hits = 0;
        for (int i = 0; i < Subsamples * Subsamples; i++)
        {
            (double u, double v) = toObject(x + (i % Subsamples + 0.5) / Subsamples, y + (i / Subsamples + 0.5) / Subsamples);
            if (inside(u, v)) hits++;
        }

        return hits / (double)(Subsamples * Subsamples);
    }

    private static byte ToByte(double value, int step) => (byte)Math.Clamp((int)Math.Floor(255 * value + 0.5) + step, 0, 255);
}
