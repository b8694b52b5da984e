using System.Globalization;

namespace QualityGate.Images.Pictures;

/// <summary>The frame of a chart: its size, its axes, and where values lie in it.</summary>
internal sealed record ChartFrame(double LowX, double HighX, double HighY, double LowY = 0)
{
    public const int Width = 480;
    public const int Height = 360;
    public const double Left = 56;
    public const double Top = 40;
    public const double Right = Width - 16;
    public const double Bottom = Height - 52;
    private const int Ticks = 4;

    public double X(double value) => Left + ((value - LowX) / (HighX - LowX) * (Right - Left));

    public double Y(double value) => Bottom - ((value - LowY) / (HighY - LowY) * (Bottom - Top));

    /// <summary>Grid, numbers and names of the axes, and the title.</summary>
    public void Draw(IChartSurface surface, string title, string nameX, string nameY)
    {
        surface.Text(Left, Top / 2, title, Anchor.Start);
        for (int i = 0; i <= Ticks; i++)
        {
            double x = LowX + ((HighX - LowX) * i / Ticks), y = LowY + ((HighY - LowY) * i / Ticks);
            surface.Line(X(x), Top, X(x), Bottom, Ink.Grid);
            surface.Line(Left, Y(y), Right, Y(y), Ink.Grid);
            surface.Text(X(x), Bottom + 12, Number(x), i == Ticks ? Anchor.End : Anchor.Middle);
            surface.Text(Left - 6, Y(y), Number(y), Anchor.End);
        }

        surface.Text((Left + Right) / 2, Bottom + 34, nameX, Anchor.Middle);
        surface.Text(Left, Top - 6, nameY, Anchor.Start);
    }

    private static string Number(double value) => value.ToString("G3", CultureInfo.InvariantCulture).Replace("E", "e", StringComparison.Ordinal);
}
