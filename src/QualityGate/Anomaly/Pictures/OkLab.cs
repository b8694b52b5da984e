using QualityGate.Images.Pictures;

namespace QualityGate.Anomaly.Pictures;

/// <summary>Colours by lightness and two opponent axes, in which equal distances look alike (Ottosson's Oklab, 2020).</summary>
internal readonly record struct OkLab(double L, double A, double B)
{
    /// <summary>A colour by lightness, chroma and hue in degrees.</summary>
    public static OkLab Polar(double lightness, double chroma, double hue)
    {
        (double sine, double cosine) = Math.SinCos(hue * Math.PI / 180);
        return new OkLab(lightness, chroma * cosine, chroma * sine);
    }

    /// <summary>Whether sRGB has the colour.</summary>
    public bool IsShown => Linear() is var (r, g, b) && Math.Min(r, Math.Min(g, b)) >= 0 && Math.Max(r, Math.Max(g, b)) <= 1;

    public double DistanceTo(OkLab other) =>
        Math.Sqrt(((L - other.L) * (L - other.L)) + ((A - other.A) * (A - other.A)) + ((B - other.B) * (B - other.B)));

    public Rgb ToRgb()
    {
        (double r, double g, double b) = Linear();
        return new Rgb(Encoded(r), Encoded(g), Encoded(b));
    }

    public static OkLab Of(Rgb colour)
    {
        double r = Decoded(colour.Red), g = Decoded(colour.Green), b = Decoded(colour.Blue);
        double l = Math.Cbrt((0.4122214708 * r) + (0.5363325363 * g) + (0.0514459929 * b));
        double m = Math.Cbrt((0.2119034982 * r) + (0.6806995451 * g) + (0.1073969566 * b));
        double s = Math.Cbrt((0.0883024619 * r) + (0.2817188376 * g) + (0.6299787005 * b));
        return new OkLab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    private (double R, double G, double B) Linear()
    {
        double l = Cube(L + (0.3963377774 * A) + (0.2158037573 * B));
        double m = Cube(L - (0.1055613458 * A) - (0.0638541728 * B));
        double s = Cube(L - (0.0894841775 * A) - (1.2914855480 * B));
        return (
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    private static double Cube(double value) => value * value * value;

    private static byte Encoded(double linear)
    {
        double clipped = Math.Clamp(linear, 0, 1);
        double value = clipped <= 0.0031308 ? 12.92 * clipped : (1.055 * Math.Pow(clipped, 1 / 2.4)) - 0.055;
        return (byte)Math.Round(value * 255);
    }

    private static double Decoded(byte value)
    {
        double share = value / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.Pow((share + 0.055) / 1.055, 2.4);
    }
}
