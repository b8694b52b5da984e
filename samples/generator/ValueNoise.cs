namespace QualityGate.Samples.Generator;

/// <summary>A smooth random field in 0..1: random values on the whole-number lattice, blended between.</summary>
internal sealed class ValueNoise(ulong seed)
{
    public double At(double x, double y)
    {
        double left = Math.Floor(x), top = Math.Floor(y);
        double across = Smooth(x - left), down = Smooth(y - top);
        double above = Lattice(left, top) * (1 - across) + Lattice(left + 1, top) * across;
        double below = Lattice(left, top + 1) * (1 - across) + Lattice(left + 1, top + 1) * across;
        return above * (1 - down) + below * down;
    }

    private static double Smooth(double t) => t * t * (3 - 2 * t);

    private double Lattice(double x, double y)
    {
        ulong column = unchecked((ulong)(long)x), row = unchecked((ulong)(long)y);
        return RandomSource.ToUnit(RandomSource.Mix(RandomSource.Mix(seed ^ column) + row));
    }
}
