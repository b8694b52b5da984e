using System.Globalization;
using QualityGate.Images.Pictures;

namespace QualityGate.Anomaly.Pictures;

/// <summary>Pictures of one residual map.</summary>
public static class ResidualPicture
{
    private const int Side = 280;
    private const int LegendHeight = 26;
    private const int BarHeight = 10;
    private const double Transparency = 0.35;

    /// <summary>The map in colours over a legend that tells the residuals of both ends.</summary>
    public static PixelCanvas Heat(float[] residual, int height, int width, ResidualScale scale)
    {
        RequireSize(residual, height, width);
        ArgumentNullException.ThrowIfNull(scale);
        PixelCanvas map = HeatMap(residual, height, width, scale, Side);
        PixelCanvas all = new(Math.Max(map.Width, 120), map.Height + LegendHeight, Rgb.White);
        all.Put(0, 0, map);
        Legend(all, 0, map.Height + 4, all.Width, scale);
        return all;
    }

    /// <summary>The image with the map laid over it: the more residual, the less of the image.</summary>
    public static PixelCanvas Overlay(PlainPicture image, float[] residual, ResidualScale scale)
    {
        ArgumentNullException.ThrowIfNull(image);
        ArgumentNullException.ThrowIfNull(scale);
        RequireSize(residual, image.Height, image.Width);
        return Magnification.ToSide(image.Height, image.Width, Side).Draw(image.Height, image.Width, (x, y) =>
        {
            double place = scale.Place(residual[(y * image.Width) + x]);
            return image.At(x, y).Towards(HeatColours.At(place), place * (1 - Transparency));
        });
    }

    /// <summary>The pixels at or above a threshold in white, the others in black: a grey PNG, one dot a pixel.</summary>
    public static byte[] Segmentation(float[] residual, int height, int width, float threshold)
    {
        RequireSize(residual, height, width);
        return PngEncoder.Encode(width, height, 1, Array.ConvertAll(residual, r => (byte)(r >= threshold ? 255 : 0)));
    }

    internal static PixelCanvas HeatMap(float[] residual, int height, int width, ResidualScale scale, int side) =>
        Magnification.ToSide(height, width, side).Draw(height, width, (x, y) => HeatColours.At(scale.Place(residual[(y * width) + x])));

    /// <summary>The ramp with the residuals of both ends below it.</summary>
    internal static void Legend(PixelCanvas canvas, int left, int top, int width, ResidualScale scale)
    {
        for (int x = 0; x < width; x++)
        {
            canvas.Fill(left + x, top, 1, BarHeight, HeatColours.At(x / Math.Max(1.0, width - 1)));
        }

        string high = Text(scale.High) + "+";
        canvas.Text(left + 1, top + BarHeight + 3, Text(scale.Low), Rgb.Black);
        canvas.Text(left + width - PixelCanvas.WidthOf(high) - 1, top + BarHeight + 3, high, Rgb.Black);
    }

    private static string Text(float value) => value.ToString("G3", CultureInfo.InvariantCulture);

    private static void RequireSize(float[] residual, int height, int width)
    {
        ArgumentNullException.ThrowIfNull(residual);
        if ((long)height * width != residual.Length)
        {
            throw new ArgumentException($"A residual map has {residual.Length} values, not {width} x {height}.", nameof(residual));
        }
    }
}
