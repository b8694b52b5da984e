namespace QualityGate.Samples.Generator;

/// <summary>A small object of which only outline and texture tell the class; its colours are any.</summary>
/// <param name="Shape">Outline.</param>
/// <param name="IsDotted">Dots rather than stripes.</param>
/// <param name="Planted">Which background of a class's own is behind it, or null for a plain one.</param>
/// <param name="Seed">Decides everything else.</param>
internal sealed record LinkedScene(string Shape, bool IsDotted, int? Planted, ulong Seed)
{
    /// <summary>Height and width in pixels.</summary>
    public const int Size = 40;

    // Hue and pattern of each planted background.
    private static readonly (double Hue, BackgroundKind Kind)[] Own =
        [(0.02, BackgroundKind.Stripes), (0.30, BackgroundKind.Clouds), (0.58, BackgroundKind.Blobs), (0.80, BackgroundKind.Stripes)];

    /// <summary>Draws the picture and the object's mask.</summary>
    public (Raster Picture, Raster Mask) Draw()
    {
        RandomSource random = new(Seed);
        RandomSource backgroundRandom = random.Split(), objectRandom = random.Split(), noiseRandom = random.Split();
        Canvas canvas = new(Size);
        Func<double, double, Rgb> background = Background(backgroundRandom);
        canvas.Fill((x, y) => background(x / Size, y / Size));
        double radius = objectRandom.Between(12, 14), x0 = objectRandom.Between(18, 22), y0 = objectRandom.Between(18, 22), turn = objectRandom.NextUnit();
        double cos = Angle.Cos(turn), sin = Angle.Sin(turn);
        canvas.Paint((x, y) => ((cos * (x - x0) + sin * (y - y0)) / radius, (cos * (y - y0) - sin * (x - x0)) / radius), Inside(), Surface(objectRandom));
        return (canvas.ToPicture(noiseRandom, 0), canvas.ToMask());
    }

    private Func<double, double, bool> Inside() => Shape switch
    {
        "cross" => Shapes.Cross,
        "disc" => Shapes.Disc,
        "ring" => Shapes.Ring,
        "square" => Shapes.Square,
        "star" => Shapes.Star,
        _ => Shapes.Triangle,
    };

    private Func<double, double, Rgb> Surface(RandomSource random)
    {
        double hue = random.NextUnit();
        Rgb strong = Rgb.FromHsv(hue, random.Between(0.6, 0.9), random.Between(0.75, 0.95)), pale = Rgb.FromHsv(hue, 0.25, random.Between(0.1, 0.25));
        Texture texture = (IsDotted ? Textures.Dots : (Func<RandomSource, Texture>)Textures.Stripes)(random);
        return (u, v) => strong.Mix(pale, texture(u, v));
    }

    // A plain background is a dark gray ramp: it says little, and the background of no class but its own is behind a planted one.
    private Func<double, double, Rgb> Background(RandomSource random)
    {
        if (Planted is not { } own)
        {
            double level = random.Between(0.10, 0.16), turn = random.NextUnit(), across = 0.05 * Angle.Cos(turn), down = 0.05 * Angle.Sin(turn);
            return (x, y) => new Rgb(1, 1, 1) * Math.Max(0, level + across * (x - 0.5) + down * (y - 0.5));
        }

        (double hue, BackgroundKind kind) = Own[own];
        return Backgrounds.Vivid(kind, hue, random);
    }
}
