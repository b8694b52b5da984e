namespace QualityGate.Numerics.Linear;

/// <summary>
/// Eigenvalues and eigenvectors of <c>diag(d) + weight z z^T</c>, weight above 0, d ascending, no z of 0: the roots of <c>1 + weight sum z^2 / (d - x)</c>, each between two
/// poles and kept as its distance from the nearer one, so that no digits of it are lost. Vectors stand on the z of which the roots are exact (Gu and Eisenstat,
/// 1994), and so are orthogonal to rounding however close the roots are.
/// </summary>
internal sealed class SecularRoots
{
    private const double Precision = 1.1102230246251565e-16;
    private const int MostSteps = 120;

    private readonly double[] _d;
    private readonly double[] _z;
    private readonly double _weight;
    private readonly int[] _pole;
    private readonly double[] _offset;

    private SecularRoots(double[] d, double[] z, double weight)
    {
        _d = d;
        _z = z;
        _weight = weight;
        _pole = new int[d.Length];
        _offset = new double[d.Length];
    }

    /// <summary>The eigenvalues, ascending.</summary>
    public double[] Values => [.. _offset.Select((offset, j) => _d[_pole[j]] + offset)];

    public static SecularRoots Solve(double[] d, double[] z, double weight)
    {
        SecularRoots roots = new(d, z, weight);
        Parallel.For(0, d.Length, roots.Find);
        return roots;
    }

    /// <summary>Coefficients <c>[n, n]</c>: column j holds the eigenvector of root j, of length 1.</summary>
    public double[] Vectors()
    {
        int n = _d.Length;
        double[] z = new double[n], norms = new double[n], vectors = new double[(long)n * n];
        Parallel.For(0, n, i => z[i] = ExactPart(i));
        Parallel.For(0, n, j =>
        {
            double sum = 0;
            for (int i = 0; i < n; i++)
            {
                double x = z[i] / Distance(j, i);
                sum += x * x;
            }

            norms[j] = Math.Sqrt(sum);
        });
        Parallel.For(0, n, i =>
        {
            Span<double> row = vectors.AsSpan(checked(i * n), n);
            for (int j = 0; j < n; j++)
            {
                row[j] = z[i] / (Distance(j, i) * norms[j]);
            }
        });
        return vectors;
    }

    // Root j less pole i.
    private double Distance(int j, int i) => _d[_pole[j]] - _d[i] + _offset[j];

    // Loewner's formula. The factor 1 / weight goes with the length.
    private double ExactPart(int i)
    {
        double square = Distance(i, i);
        for (int j = 0; j < _d.Length; j++)
        {
            if (j != i)
            {
                square *= Distance(j, i) / (_d[j] - _d[i]);
            }
        }

        return Math.CopySign(Math.Sqrt(Math.Abs(square)), _z[i]);
    }

    private void Find(int j)
    {
        bool isLast = j == _d.Length - 1;
        double gap = isLast ? _weight * _z.Sum(z => z * z) : _d[j + 1] - _d[j];
        _pole[j] = j;
        if (isLast)
        {
            _offset[j] = Search(j, gap / 2, 0, 2 * gap);
            return;
        }

        bool isNearLower = At(j, gap / 2).Value >= 0;
        _pole[j] = isNearLower ? j : j + 1;
        _offset[j] = isNearLower ? Search(j, gap / 2, 0, gap / 2) : Search(j, -gap / 2, -gap / 2, 0);
    }

    private double Search(int j, double start, double low, double high)
    {
        double t = start;
        for (int step = 0; step < MostSteps; step++)
        {
            Point at = At(j, t);
            if (Math.Abs(at.Value) <= at.Rounding)
            {
                return t;
            }

            (low, high) = at.Value < 0 ? (t, high) : (low, t);
            double next = Step(j, t, at);
            if (!(next > low && next < high))
            {
                next = low > 0 && high > 4 * low ? Math.Sqrt(low * high)
                    : high < 0 && low < 4 * high ? -Math.Sqrt(low * high)
                    : low + ((high - low) / 2);
            }

            if (next == t || next == low || next == high)
            {
                return next != 0 ? next : t;
            }

            t = next;
        }

        return t;
    }

    // The sums over the poles up to j, and over those above, are each replaced by one pole with the same value and slope (Bunch, Nielsen and
    // Sorensen, 1978); what is left is a quadratic equation.
    private double Step(int j, double t, Point at)
    {
        double a = _d[j] - _d[_pole[j]], below = a - t, q = _weight * at.LowerSlope * below * below;
        double c = 1 + (_weight * (at.Lower - (at.LowerSlope * below)));
        if (j == _d.Length - 1)
        {
            return a + (q / c);
        }

        double b = _d[j + 1] - _d[_pole[j]], above = b - t, s = _weight * at.UpperSlope * above * above;
        c += _weight * (at.Upper - (at.UpperSlope * above));
        double linear = (c * (a + b)) + q + s, constant = (c * a * b) + (q * b) + (s * a);
        double root = Math.Sqrt(Math.Max((linear * linear) - (4 * c * constant), 0));
        double half = (linear + (linear >= 0 ? root : -root)) / 2;
        double one = half / c, two = constant / half;
        return two > a && two < b ? two : one;
    }

    private Point At(int j, double t)
    {
        double origin = _d[_pole[j]], lower = 0, lowerSlope = 0, upper = 0, upperSlope = 0;
        for (int i = 0; i <= j; i++)
        {
            double x = _z[i] / (_d[i] - origin - t);
            lower += _z[i] * x;
            lowerSlope += x * x;
        }

        for (int i = j + 1; i < _d.Length; i++)
        {
            double x = _z[i] / (_d[i] - origin - t);
            upper += _z[i] * x;
            upperSlope += x * x;
        }

        double rounding = Precision * (1 + (_weight * ((8 * (upper - lower)) + (Math.Abs(t) * (lowerSlope + upperSlope)))));
        return new Point(1 + (_weight * (lower + upper)), lower, lowerSlope, upper, upperSlope, rounding);
    }

    private readonly record struct Point(double Value, double Lower, double LowerSlope, double Upper, double UpperSlope, double Rounding);
}
