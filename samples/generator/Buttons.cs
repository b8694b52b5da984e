namespace QualityGate.Samples.Generator;

/// <summary>What is wrong with a button.</summary>
internal enum ButtonFlaw
{
    None,
    Scratch,
    Stain,
    MissingHole,
}

/// <summary>
/// Gray pictures of buttons from above, 28 x 28: a bright disc with a rim and four holes on a dark ground, each a little different. A flaw is drawn on top, and its
/// pixels are its mask. Sixteen samples a pixel make edges smooth.
/// </summary>
internal static class Buttons
{
    private const int Side = 28;
    private const int Grid = 4;

    public static (Raster Picture, Raster Mask) Draw(string name, ButtonFlaw flaw)
    {
        var random = new RandomSource(RandomSource.SeedOf(name));
        Button button = Button.Of(random);
        Button whole = button with { Holes = 4 };
        Func<double, double, double?> mark = Mark(flaw, button, random);
        if (flaw == ButtonFlaw.MissingHole) button = button with { Holes = 3 };
        Raster picture = new(Side, Side, 1, new byte[Side * Side]), mask = new(Side, Side, 1, new byte[Side * Side]);
        for (int y = 0; y < Side; y++)
        {
            for (int x = 0; x < Side; x++)
            {
                double sum = 0, clean = 0;
                for (int sample = 0; sample < Grid * Grid; sample++)
                {
                    double u = x + (((sample % Grid) + 0.5) / Grid), v = y + (((sample / Grid) + 0.5) / Grid);
                    clean += whole.At(u, v);
                    sum += mark(u, v) ?? button.At(u, v);
                }

                double noise = random.Between(-3, 3);
                picture.Samples[(y * Side) + x] = (byte)Math.Clamp(Math.Round((sum / (Grid * Grid)) + noise), 0, 255);
                mask.Samples[(y * Side) + x] = (byte)(Math.Abs(sum - clean) / (Grid * Grid) > 12 ? 255 : 0);
            }
        }

        return (picture, mask);
    }

    private static Func<double, double, double?> Mark(ButtonFlaw flaw, Button button, RandomSource random)
    {
        double angle = random.Between(0, Math.PI), distance = random.Between(-4, 4), depth = random.Between(60, 110), reach = random.Between(1.8, 3);
        (double sin, double cos) = Math.SinCos(angle);
        double turn = random.Between(0, Math.Tau), out_ = random.Between(0, 6);
        (double sx, double sy) = (button.X + (out_ * Math.Cos(turn)), button.Y + (out_ * Math.Sin(turn)));
        return flaw switch
        {
            ButtonFlaw.Scratch => (u, v) => Math.Abs(((u - button.X) * sin) - ((v - button.Y) * cos) - distance) < 0.7 && button.Distance(u, v) < button.Radius + 1 ? button.At(u, v) - depth : null,
            ButtonFlaw.Stain => (u, v) => Math.Pow(u - sx, 2) + Math.Pow(v - sy, 2) < reach * reach ? button.At(u, v) - depth : null,
            _ => (_, _) => null,
        };
    }

    private readonly record struct Button(double X, double Y, double Radius, double Turn, double Bright, double Ground, int Holes)
    {
        public static Button Of(RandomSource random) => new(
            random.Between(13, 15), random.Between(13, 15), random.Between(9, 12), random.Between(0, Math.PI / 2), random.Between(170, 230), random.Between(20, 50), 4);

        public double Distance(double u, double v) => Math.Sqrt(Math.Pow(u - X, 2) + Math.Pow(v - Y, 2));

        public double At(double u, double v)
        {
            double distance = Distance(u, v);
            if (distance > Radius) return Ground;
            for (int hole = 0; hole < Holes; hole++)
            {
                double angle = Turn + (hole * Math.PI / 2);
                double dx = u - X - (0.38 * Radius * Math.Cos(angle)), dy = v - Y - (0.38 * Radius * Math.Sin(angle));
                if ((dx * dx) + (dy * dy) < 0.024 * Radius * Radius) return Ground;
            }

            return distance > 0.82 * Radius ? Bright - 45 : Bright;
        }
    }
}
