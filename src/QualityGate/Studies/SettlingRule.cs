namespace QualityGate.Studies;

/// <summary>
/// When a metric counts as settled at a size: its bias against the whole set and its noise together stay within the tolerance,
/// <c>|mean - full| + 2 sd / sqrt(1 - n / N) &lt;= T |full|</c>. The root undoes that subsets of one set share images: close to the whole set
/// all draws agree, whatever two independent sets of that size would do. Where |full| is below <see cref="Tiny"/>, T itself is allowed.
/// </summary>
internal static class SettlingRule
{
    /// <summary>A value that a share of means nothing.</summary>
    public const double Tiny = 1e-6;

    /// <summary>The smallest size from which on all sizes below the whole are settled, or null when the largest of them is not.</summary>
    /// <param name="curve">Sizes and points; the last is the whole set.</param>
    /// <param name="metric">Which metric of the curve.</param>
    /// <param name="tolerance">T.</param>
    public static int? Smallest(SizeCurve curve, int metric, double tolerance)
    {
        int whole = curve.Sizes[^1];
        double full = curve.Points[^1][metric].Mean!.Value;
        int? smallest = null;
        for (int step = curve.Sizes.Count - 2; step >= 0 && IsSettled(curve.Points[step][metric], full, (double)curve.Sizes[step] / whole, tolerance); step--)
        {
            smallest = curve.Sizes[step];
        }

        return smallest;
    }

    private static bool IsSettled(SizePoint point, double full, double share, double tolerance)
    {
        if (point is not { Mean: { } mean, Deviation: { } deviation })
        {
            return false;
        }

        double allowed = Math.Abs(full) < Tiny ? tolerance : tolerance * Math.Abs(full);
        return Math.Abs(mean - full) + (2 * deviation / Math.Sqrt(1 - share)) <= allowed;
    }
}
