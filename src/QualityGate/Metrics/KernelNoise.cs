namespace QualityGate.Metrics;

/// <summary>
/// A squared maximum mean discrepancy with its standard error, from the sums of each image's kernel values. What leaving an image out does follows from its sums
/// exactly. The variance that comes of it counts twice the part that is quadratic in the noise, which is all there is when the sets are alike (Serfling, 1980, 5.2;
/// Sutherland and Deka, 2019); that part, from the squares of the centred kernel, is taken off once, and never more than half of the whole.
/// </summary>
/// <param name="first">The first set with itself.</param>
/// <param name="second">The second with itself.</param>
/// <param name="cross">The first with the second.</param>
/// <param name="isUnbiased">Whether pairs of an image with itself are left out of the means (the U-statistic) or count as kernel values of 0.</param>
internal sealed class KernelNoise(KernelTotals first, KernelTotals second, KernelTotals cross, bool isUnbiased)
{
    private readonly double _m = first.Left.Length;
    private readonly double _n = second.Left.Length;

    /// <summary>The discrepancy.</summary>
    public double Value => Of(first.Sum, _m, second.Sum, _n, cross.Sum);

    /// <summary>The variance of the value; null below three images a set.</summary>
    public double? Variance()
    {
        if (_m < 3 || _n < 3)
        {
            return null;
        }

        double jackknife = MetricInfluence.Variance(First()) + MetricInfluence.Variance(Second());
        double quadratic = (2 * Own(first, _m) / (_m * (_m - 1))) + (2 * Own(second, _n) / (_n * (_n - 1))) + (4 * Cross() / (_m * _n));
        return Math.Max(jackknife - quadratic, jackknife / 2);
    }

    /// <summary>Influences of the first set's images, in the unit of <see cref="Value"/>.</summary>
    public double[] First() => MetricInfluence.OfChanges(
        [.. first.Left.Select((own, i) => Of(first.Sum - (2 * own), _m - 1, second.Sum, _n, cross.Sum - cross.Left[i]) - Value)]);

    /// <summary>Influences of the second set's images.</summary>
    public double[] Second() => MetricInfluence.OfChanges(
        [.. second.Left.Select((own, i) => Of(first.Sum, _m, second.Sum - (2 * own), _n - 1, cross.Sum - cross.Right[i]) - Value)]);

    private double Of(double ofFirst, double m, double ofSecond, double n, double ofBoth) =>
        (ofFirst / Pairs(m)) + (ofSecond / Pairs(n)) - (2 * ofBoth / (m * n));

    private double Pairs(double count) => isUnbiased ? count * (count - 1) : count * count;

    // Mean square of the kernel less its means over either image. Means of finite sets are noisy, which takes a little too much off: given back.
    private static double Own(KernelTotals totals, double m)
    {
        double mean = totals.Sum / (m * (m - 1)), rows = totals.Left.Sum(r => r / (m - 1) * (r / (m - 1))) / m;
        return Math.Max(0, (totals.Squares / (m * (m - 1))) - (2 * rows) + (mean * mean)) / Math.Max(1 - (2 / m), 0.5);
    }

    private double Cross()
    {
        double mean = cross.Sum / (_m * _n), rows = cross.Left.Sum(r => r / _n * (r / _n)) / _m, columns = cross.Right.Sum(r => r / _m * (r / _m)) / _n;
        return Math.Max(0, (cross.Squares / (_m * _n)) - rows - columns + (mean * mean)) / Math.Max(1 - (1 / _m) - (1 / _n), 0.5);
    }
}
