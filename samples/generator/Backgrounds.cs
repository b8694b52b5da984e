namespace QualityGate.Samples.Generator;

/// <summary>What an object can lie on.</summary>
internal enum BackgroundKind
{
    Gradient,
    Clouds,
    Stripes,
    Blobs,
}

/// <summary>Draws backgrounds: two muted colours, and a pattern of the wanted kind between them. Coordinates run over 0..1.</summary>
internal static class Backgrounds
{
    public static Func<double, double, Rgb> Draw(BackgroundKind kind, RandomSource random)
    {
        double hue = random.NextUnit(), value = random.Between(0.45, 0.55), contrast = random.Between(0.06, 0.12);
        Rgb dark = Rgb.FromHsv(hue, random.Between(0.05, 0.25), value - contrast);
        Rgb light = Rgb.FromHsv(hue + random.Between(-0.1, 0.1), random.Between(0.05, 0.25), value + contrast);
        Func<double, double, double> weight = Weight(kind, random);
        return (x, y) => dark.Mix(light, weight(x, y));
    }

    /// <summary>A background that is hard to overlook: strong colours around one hue.</summary>
    public static Func<double, double, Rgb> Vivid(BackgroundKind kind, double hue, RandomSource random)
    {
        Rgb dark = Rgb.FromHsv(hue + random.Between(-0.02, 0.02), random.Between(0.8, 0.95), random.Between(0.35, 0.45));
        Rgb light = Rgb.FromHsv(hue + random.Between(-0.03, 0.03), random.Between(0.6, 0.8), random.Between(0.8, 0.95));
        Func<double, double, double> weight = Weight(kind, random);
        return (x, y) => dark.Mix(light, weight(x, y));
    }

    private static Func<double, double, double> Weight(BackgroundKind kind, RandomSource random) => kind switch
    {
        BackgroundKind.Gradient => Gradient(random),
        BackgroundKind.Clouds => Clouds(random),
        BackgroundKind.Stripes => Stripes(random),
        BackgroundKind.Blobs => Blobs(random),
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of background."),
    };

    private static Func<double, double, double> Gradient(RandomSource random)
    {
        double turn = random.NextUnit();
        double across = Angle.Cos(turn), down = Angle.Sin(turn);
        return (x, y) => Math.Clamp(0.5 + 0.8 * (across * (x - 0.5) + down * (y - 0.5)), 0, 1);
    }

    private static Func<double, double, double> Clouds(RandomSource random)
    {
        var noise = new ValueNoise(random.NextBits());
        double frequency = random.Between(3, 5);
        return (x, y) => (2 * noise.At(frequency * x, frequency * y) + noise.At(2 * frequency * x + 100, 2 * frequency * y)) / 3;
    }

    private static Func<double, double, double> Stripes(RandomSource random)
    {
        double turn = random.NextUnit(), frequency = random.Between(3, 6), phase = random.NextUnit();
        double across = frequency * Angle.Cos(turn), down = frequency * Angle.Sin(turn);
        return (x, y) => Math.Clamp(0.5 + 1.5 * Angle.Sin(across * x + down * y + phase), 0, 1);
    }

    private static Func<double, double, double> Blobs(RandomSource random)
    {
        var blobs = new (double X, double Y, double Radius)[7];
        for (int i = 0; i < blobs.Length; i++) blobs[i] = (random.NextUnit(), random.NextUnit(), random.Between(0.08, 0.2));
        return (x, y) =>
        {
            double weight = 0;
            foreach ((double centreX, double centreY, double radius) in blobs)
            {
                double square = (x - centreX) * (x - centreX) + (y - centreY) * (y - centreY);
                weight = Math.Max(weight, Math.Clamp(2.5 - 2.5 * square / (radius * radius), 0, 1));
            }

            return weight;
        };
    }
}
