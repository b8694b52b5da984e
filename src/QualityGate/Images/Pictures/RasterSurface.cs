namespace QualityGate.Images.Pictures;

/// <summary>A chart as pixels, in the light colours, twice as large.</summary>
internal sealed class RasterSurface(int width, int height) : IChartSurface
{
    private const int Zoom = 2;

    public PixelCanvas Canvas { get; } = new(width * Zoom, height * Zoom, Rgb.White);

    public void Line(double x1, double y1, double x2, double y2, Ink ink) =>
        Canvas.Line(x1 * Zoom, y1 * Zoom, x2 * Zoom, y2 * Zoom, ColourOf(ink), ink == Ink.Grid ? 1 : 3);

    public void Polyline(IReadOnlyList<(double X, double Y)> points, Ink ink)
    {
        for (int i = 1; i < points.Count; i++)
        {
            Line(points[i - 1].X, points[i - 1].Y, points[i].X, points[i].Y, ink);
        }
    }

    public void Bar(double left, double top, double width, double height, Ink ink)
    {
        int x = (int)Math.Round(left * Zoom), y = (int)Math.Round(top * Zoom);
        Canvas.Fill(x, y, (int)Math.Round((left + width) * Zoom) - x, (int)Math.Round((top + height) * Zoom) - y, ColourOf(ink));
    }

    public void Text(double x, double y, string text, Anchor anchor)
    {
        int width = PixelCanvas.WidthOf(text, Zoom), back = anchor switch { Anchor.Start => 0, Anchor.Middle => width / 2, _ => width };
        Canvas.Text((int)(x * Zoom) - back, (int)(y * Zoom) - (BitmapFont.Height * Zoom / 2), text, ColourOf(Ink.Text), Zoom);
    }

    internal static Rgb ColourOf(Ink ink) => ink switch
    {
        Ink.Text => new Rgb(0x1F, 0x23, 0x28),
        Ink.Grid => new Rgb(0xD1, 0xD9, 0xE0),
        Ink.First => new Rgb(0x00, 0x72, 0xB2),
        Ink.Second => new Rgb(0xD5, 0x5E, 0x00),
        Ink.Third => new Rgb(0x00, 0x9E, 0x73),
        _ => new Rgb(0xAA, 0x44, 0x99),
    };
}
