namespace QualityGate.Samples.Generator;

/// <summary>One image: everything in it follows from these four values.</summary>
/// <param name="Class">Class of the object.</param>
/// <param name="Background">Kind of background. Chosen outside, so that a sample may make it depend on the class.</param>
/// <param name="Seed">Decides size, place, turn, colours, light and noise.</param>
/// <param name="BlurPasses">How unsharp the image is; 0 is sharp.</param>
internal sealed record Scene(ObjectClass Class, BackgroundKind Background, ulong Seed, int BlurPasses = 0)
{
    /// <summary>Height and width in pixels.</summary>
    public const int Size = 64;

    private const double NoisyPixels = 0.1;

    /// <summary>Draws the picture and the object's mask. The mask is never blurred.</summary>
    public (Raster Picture, Raster Mask) Draw()
    {
        var random = new RandomSource(Seed);
        RandomSource backgroundRandom = random.Split(), objectRandom = random.Split(), noiseRandom = random.Split();
        var canvas = new Canvas(Size);

        Func<double, double, Rgb> background = Backgrounds.Draw(Background, backgroundRandom);
        canvas.Fill((x, y) => background(x / Size, y / Size));

        Placement placement = Placement.Draw(objectRandom);
        Func<double, double, Rgb> surface = DrawSurface(objectRandom);
        canvas.Paint(placement.ToObject, Class.Inside, surface);

        Raster picture = canvas.ToPicture(noiseRandom, NoisyPixels);
        return (BlurPasses == 0 ? picture : Blur.Apply(picture, BlurPasses), canvas.ToMask());
    }

    /// <summary>Colours, texture and light of this one object, in its own coordinates.</summary>
    private Func<double, double, Rgb> DrawSurface(RandomSource random)
    {
        double hue = Class.Hue + random.Between(-0.04, 0.04);
        Rgb first = Rgb.FromHsv(hue, Class.Saturation * random.Between(0.8, 1), Class.FirstValue * random.Between(0.9, 1));
        Rgb second = Rgb.FromHsv(
            hue + random.Between(0.05, 0.15), Class.Saturation * random.Between(0.2, 0.5), Class.SecondValue * random.Between(0.9, 1));
        Texture texture = Class.DrawTexture(random);
        double lightTurn = random.NextUnit();
        double lightU = 0.15 * Angle.Cos(lightTurn), lightV = 0.15 * Angle.Sin(lightTurn);
        return (u, v) => first.Mix(second, texture(u, v)) * Math.Min(1, 0.9 + lightU * u + lightV * v);
    }

    /// <summary>Where the object is: the unit disc's centre and radius in pixels, and its turn.</summary>
    private readonly record struct Placement(double X, double Y, double Radius, double Cos, double Sin)
    {
        public static Placement Draw(RandomSource random)
        {
            double radius = random.Between(20, 25);
            double x = random.Between(27, 37), y = random.Between(27, 37), turn = random.NextUnit();
            return new Placement(x, y, radius, Angle.Cos(turn), Angle.Sin(turn));
        }

        public (double U, double V) ToObject(double x, double y)
        {
            double dx = (x - X) / Radius, dy = (y - Y) / Radius;
            return (Cos * dx + Sin * dy, Cos * dy - Sin * dx);
        }
    }
}
