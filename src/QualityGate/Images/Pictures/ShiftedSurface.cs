namespace QualityGate.Images.Pictures;

/// <summary>A part of a surface to the right, so that charts can stand side by side.</summary>
internal sealed class ShiftedSurface(IChartSurface whole, double right) : IChartSurface
{
    public void Line(double x1, double y1, double x2, double y2, Ink ink) => whole.Line(x1 + right, y1, x2 + right, y2, ink);

    public void Polyline(IReadOnlyList<(double X, double Y)> points, Ink ink) => whole.Polyline([.. points.Select(point => (point.X + right, point.Y))], ink);

    public void Bar(double left, double top, double width, double height, Ink ink) => whole.Bar(left + right, top, width, height, ink);

    public void Text(double x, double y, string text, Anchor anchor) => whole.Text(x + right, y, text, anchor);
}
