namespace QualityGate.Images.Pictures;

/// <summary>What a mark of a chart is for; surfaces choose its colour.</summary>
internal enum Ink
{
    Text,
    Grid,
    First,
    Second,
    Third,
    Fourth,
}

/// <summary>Where a text stands about its place.</summary>
internal enum Anchor
{
    Start,
    Middle,
    End,
}

/// <summary>Something charts are drawn on: a vector file or pixels. Places are in dots from the upper left.</summary>
internal interface IChartSurface
{
    void Line(double x1, double y1, double x2, double y2, Ink ink);

    void Polyline(IReadOnlyList<(double X, double Y)> points, Ink ink);

    void Bar(double left, double top, double width, double height, Ink ink);

    /// <summary>A text whose middle line is at <paramref name="y"/>.</summary>
    void Text(double x, double y, string text, Anchor anchor);
}
