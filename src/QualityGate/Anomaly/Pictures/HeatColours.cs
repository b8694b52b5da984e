using QualityGate.Images.Pictures;

namespace QualityGate.Anomaly.Pictures;

/// <summary>
/// A ramp from near black over violet, red and orange to a pale yellow, for residuals. It is computed: lightness rises evenly, the hue turns
/// by 165 degrees, chroma swells and fades within what sRGB shows, and the entries are set at equal distances along that path, so that equal
/// differences of residuals look alike, in grey too.
/// </summary>
public static class HeatColours
{
    private const int Entries = 256;
    private const int Samples = 4096;
    private static readonly Rgb[] Table = MakeTable();

    /// <summary>The colour at a place in [0, 1]; outside, that of the nearer end.</summary>
    public static Rgb At(double place) => Table[(int)Math.Round(Math.Clamp(double.IsNaN(place) ? 0 : place, 0, 1) * (Entries - 1))];

    private static Rgb[] MakeTable()
    {
        OkLab[] path = [.. Enumerable.Range(0, Samples).Select(i => OnPath(i / (Samples - 1.0)))];
        double[] length = new double[Samples];
        for (int i = 1; i < Samples; i++)
        {
            length[i] = length[i - 1] + path[i].DistanceTo(path[i - 1]);
        }

        return [.. Enumerable.Range(0, Entries).Select(i => path[Nearest(length, length[^1] * i / (Entries - 1))].ToRgb())];
    }

    private static OkLab OnPath(double t)
    {
        double lightness = 0.13 + (0.83 * t), hue = 290 + (165 * t), wanted = 0.03 + (0.17 * Math.Sin(Math.PI * Math.Pow(t, 0.8)));
        double low = 0, high = wanted;
        if (OkLab.Polar(lightness, wanted, hue).IsShown)
        {
            return OkLab.Polar(lightness, wanted, hue);
        }

        for (int step = 0; step < 40; step++)
        {
            double middle = (low + high) / 2;
            (low, high) = OkLab.Polar(lightness, middle, hue).IsShown ? (middle, high) : (low, middle);
        }

        return OkLab.Polar(lightness, low, hue);
    }

    private static int Nearest(double[] length, double wanted)
    {
        int at = Array.BinarySearch(length, wanted);
        return at >= 0 ? at : Math.Min(~at, length.Length - 1);
    }
}
