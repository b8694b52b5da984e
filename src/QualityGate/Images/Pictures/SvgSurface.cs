using System.Globalization;
using System.Text;

namespace QualityGate.Images.Pictures;

/// <summary>A chart as an SVG file: with a title and a description for those who do not see it, in light or dark as the reader prefers, without scripts or addresses.</summary>
internal sealed class SvgSurface(int width, int height, string title, string description) : IChartSurface
{
    private const string Style = """
        <style>
        svg { background: #ffffff; font: 12px ui-sans-serif, system-ui, sans-serif }
        .text { fill: #1f2328 } .grid { stroke: #d1d9e0 } .line { fill: none; stroke-width: 2 }
        .s1 { stroke: #0072b2 } .s2 { stroke: #d55e00 } .s3 { stroke: #009e73 } .s4 { stroke: #aa4499 }
        .b1 { fill: #0072b2 } .b2 { fill: #d55e00 } .b3 { fill: #009e73 } .b4 { fill: #aa4499 }
        @media (prefers-color-scheme: dark) {
        svg { background: #0d1117 } .text { fill: #e6edf3 } .grid { stroke: #3d444d }
        .s1 { stroke: #56b4e9 } .s2 { stroke: #f0a03c } .s3 { stroke: #35c79b } .s4 { stroke: #d99acb }
        .b1 { fill: #56b4e9 } .b2 { fill: #f0a03c } .b3 { fill: #35c79b } .b4 { fill: #d99acb }
        }
        </style>
        """;

    private readonly StringBuilder _marks = new();

    public void Line(double x1, double y1, double x2, double y2, Ink ink) =>
        Mark($"<line class=\"{(ink == Ink.Grid ? "grid" : "line s" + Series(ink))}\" x1=\"{x1:0.##}\" y1=\"{y1:0.##}\" x2=\"{x2:0.##}\" y2=\"{y2:0.##}\"/>");

    public void Polyline(IReadOnlyList<(double X, double Y)> points, Ink ink)
    {
        string places = string.Join(' ', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.X:0.##},{p.Y:0.##}")));
        Mark($"<polyline class=\"line s{Series(ink)}\" points=\"{places}\"/>");
    }

    public void Bar(double left, double top, double width, double height, Ink ink) =>
        Mark($"<rect class=\"b{Series(ink)}\" x=\"{left:0.##}\" y=\"{top:0.##}\" width=\"{width:0.##}\" height=\"{height:0.##}\"/>");

    public void Text(double x, double y, string text, Anchor anchor)
    {
        string at = anchor switch { Anchor.Start => "start", Anchor.Middle => "middle", _ => "end" };
        Mark($"<text class=\"text\" x=\"{x:0.##}\" y=\"{y + 4:0.##}\" text-anchor=\"{at}\">{SvgText.Escape(text)}</text>");
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"""
        <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" aria-labelledby="title desc">
        <title id="title">{SvgText.Escape(title)}</title>
        <desc id="desc">{SvgText.Escape(description)}</desc>
        {Style}
        {_marks}</svg>

        """).ReplaceLineEndings("\n");

    private static int Series(Ink ink) => ink switch { Ink.Second => 2, Ink.Third => 3, Ink.Fourth => 4, _ => 1 };

    private void Mark(FormattableString mark) => _marks.Append(mark.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
