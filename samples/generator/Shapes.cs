namespace QualityGate.Samples.Generator;

/// <summary>Outlines, as tests whether a point is inside; each about as large as the unit disc.</summary>
internal static class Shapes
{
    private static readonly (double U, double V)[] TriangleNormals = Normals(3);
    private static readonly (double U, double V)[] PentagonNormals = Normals(5);

    public static bool Disc(double u, double v) => u * u + v * v <= 1.2;

    public static bool Ring(double u, double v) => u * u + v * v is <= 1.1 and >= 0.25;

    public static bool Square(double u, double v) => Math.Max(Math.Abs(u), Math.Abs(v)) <= 0.86;

    public static bool Cross(double u, double v) => Math.Min(Math.Abs(u), Math.Abs(v)) <= 0.38 && Math.Max(Math.Abs(u), Math.Abs(v)) <= 1.1;

    public static bool Triangle(double u, double v) => SidesCrossed(TriangleNormals, 0.62, u, v) == 0;

    /// <summary>A pentagram: the pentagon in its middle, and every point that lies beyond only one of its sides.</summary>
    public static bool Star(double u, double v) => SidesCrossed(PentagonNormals, 0.40, u, v) <= 1;

    /// <summary>How many sides, each an endless line at the given distance from the centre, the point lies beyond.</summary>
    private static int SidesCrossed((double U, double V)[] normals, double distance, double u, double v)
    {
        int crossed = 0;
        foreach ((double normalU, double normalV) in normals)
        {
            if (u * normalU + v * normalV > distance) crossed++;
        }

        return crossed;
    }

    /// <summary>The directions in which the sides of a regular polygon face.</summary>
    private static (double U, double V)[] Normals(int sides)
    {
        var normals = new (double, double)[sides];
        for (int i = 0; i < sides; i++) normals[i] = (Angle.Cos(i / (double)sides), Angle.Sin(i / (double)sides));
        return normals;
    }
}
