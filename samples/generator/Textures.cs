namespace QualityGate.Samples.Generator;

/// <summary>How far, in 0..1, a point of an object is from its first colour to its second. The object is the unit disc.</summary>
internal delegate double Texture(double u, double v);

/// <summary>Texture families: each call draws one member of the family.</summary>
internal static class Textures
{
    public static Texture Stripes(RandomSource random)
    {
        double frequency = random.Between(1.6, 2.4), phase = random.NextUnit();
        return (u, _) => Wave(frequency * u + phase);
    }

    public static Texture Zigzag(RandomSource random)
    {
        double frequency = random.Between(1.8, 2.6), phase = random.NextUnit();
        return (u, v) => Wave(frequency * (v + 0.8 * Math.Abs(2 * (u - Math.Floor(u)) - 1)) + phase);
    }

    public static Texture Checks(RandomSource random)
    {
        double frequency = random.Between(0.9, 1.4), shift = random.NextUnit();
        return (u, v) => Soft(Angle.Sin(frequency * u + shift) * Angle.Sin(frequency * v + shift), 3);
    }

    public static Texture Dots(RandomSource random)
    {
        double frequency = random.Between(2.0, 2.8), shift = random.NextUnit(), radius = random.Between(0.28, 0.38);
        return (u, v) =>
        {
            double x = FromCellCentre(frequency * u + shift), y = FromCellCentre(frequency * v + shift);
            return Soft(radius - Math.Sqrt(x * x + y * y), 5);
        };
    }

    public static Texture Clouds(RandomSource random)
    {
        var noise = new ValueNoise(random.NextBits());
        double frequency = random.Between(3.0, 4.0);
        return (u, v) => Soft(noise.At(frequency * u, frequency * v) - 0.5, 2);
    }

    /// <summary>From the middle outwards.</summary>
    public static Texture Gradient(RandomSource random)
    {
        double reach = random.Between(0.7, 1.1);
        return (u, v) => Math.Min(1, Math.Sqrt(u * u + v * v) / reach);
    }

    private static double Wave(double turns) => Soft(Angle.Sin(turns), 1.5);

    private static double FromCellCentre(double x) => x - Math.Floor(x) - 0.5;

    /// <summary>A step at 0 whose edge is wide enough not to alias.</summary>
    private static double Soft(double value, double steepness) => Math.Clamp(0.5 + steepness * value, 0, 1);
}
