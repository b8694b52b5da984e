namespace QualityGate.Samples.Generator;

/// <summary>A colour with channels in 0..1.</summary>
internal readonly record struct Rgb(double Red, double Green, double Blue)
{
    /// <summary>Hue in turns, saturation and value in 0..1.</summary>
    public static Rgb FromHsv(double hue, double saturation, double value)
    {
        return new Rgb(Channel(0), Channel(1.0 / 3), Channel(2.0 / 3));

        // Full within a sixth of a turn of the channel's own hue, none from a third of a turn on.
        double Channel(double ownHue)
        {
            double turn = hue - ownHue + 0.5;
            double distance = Math.Abs(turn - Math.Floor(turn) - 0.5);
            return value * (1 - saturation * (1 - Math.Clamp(2 - 6 * distance, 0, 1)));
        }
    }

    public static Rgb operator *(Rgb color, double factor) => new(color.Red * factor, color.Green * factor, color.Blue * factor);

    /// <summary>This colour at weight 0, the other at weight 1.</summary>
    public Rgb Mix(Rgb other, double weight) => new(
        Red + (other.Red - Red) * weight,
        Green + (other.Green - Green) * weight,
        Blue + (other.Blue - Blue) * weight);
}
