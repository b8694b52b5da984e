namespace QualityGate.Numerics.Linear;

/// <summary>
/// The step of divide and conquer: eigenvalues and eigenvectors of two systems side by side plus <c>join u u^T</c>, where u has a 1 at the end of the first half
/// and a sign at the start of the second. Directions that the added matrix does not touch, up to rounding, stay as they are.
/// </summary>
internal sealed class RankOneUpdate
{
    private const double Precision = 1.1102230246251565e-16;
    private const byte InUpper = 1, InLower = 2;

    private readonly int _upper;
    private readonly int _n;
    private readonly double[] _d;
    private readonly double[] _z;
    private readonly double[] _vectors;
    private readonly byte[] _support;
    private readonly double _weight;
    private readonly List<int> _kept = [];
    private readonly List<int> _left = [];

    public RankOneUpdate(EigenSystem upper, EigenSystem lower, double join, int sign)
    {
        _upper = upper.Count;
        _n = upper.Count + lower.Count;
        _d = [.. upper.Values, .. lower.Values];
        _weight = 2 * join;
        _z = new double[_n];
        _vectors = new double[(long)_n * _n];
        _support = new byte[_n];
        double root = Math.Sqrt(0.5);
        for (int k = 0; k < _n; k++)
        {
            bool isUpper = k < _upper;
            Span<double> vector = isUpper ? upper.Vector(k) : lower.Vector(k - _upper);
            vector.CopyTo(Row(k)[(isUpper ? 0 : _upper)..]);
            _z[k] = root * (isUpper ? vector[^1] : sign * vector[0]);
            _support[k] = isUpper ? InUpper : InLower;
        }
    }

    public EigenSystem Run(IMatrixProducts products)
    {
        Deflate();
        double[] values = new double[_n], vectors = new double[(long)_n * _n];
        for (int i = 0; i < _left.Count; i++)
        {
            values[_kept.Count + i] = _d[_left[i]];
            Row(_left[i]).CopyTo(vectors.AsSpan(checked((_kept.Count + i) * _n), _n));
        }

        if (_kept.Count > 0)
        {
            SecularRoots roots = SecularRoots.Solve([.. _kept.Select(k => _d[k])], [.. _kept.Select(k => _z[k])], _weight);
            roots.Values.CopyTo(values, 0);
            double[] coefficients = roots.Vectors();
            Combine(coefficients, vectors, 0, _upper, InUpper, products);
            Combine(coefficients, vectors, _upper, _n - _upper, InLower, products);
        }

        return EigenSystem.Sorted(values, vectors);
    }

    // LAPACK's rules (dlaed2): a direction whose part of u is negligible, and one of two whose values are so near that turning them makes it so.
    private void Deflate()
    {
        double tolerance = 8 * Precision * Math.Max(_d.Max(Math.Abs), _z.Max(Math.Abs));
        int last = -1;
        foreach (int j in Enumerable.Range(0, _n).OrderBy(k => _d[k]).ToArray())
        {
            if (_weight * Math.Abs(_z[j]) <= tolerance)
            {
                _left.Add(j);
            }
            else if (last >= 0 && Turn(last, j, tolerance))
            {
                _left.Add(last);
                last = j;
            }
            else
            {
                Keep(last);
                last = j;
            }
        }

        Keep(last);
    }

    private void Keep(int index)
    {
        if (index >= 0)
        {
            _kept.Add(index);
        }
    }

    private bool Turn(int a, int b, double tolerance)
    {
        double length = Math.Sqrt((_z[a] * _z[a]) + (_z[b] * _z[b])), c = _z[b] / length, s = -_z[a] / length;
        if (Math.Abs((_d[b] - _d[a]) * c * s) > tolerance)
        {
            return false;
        }

        _z[b] = length;
        _z[a] = 0;
        (_d[a], _d[b]) = ((_d[a] * c * c) + (_d[b] * s * s), (_d[a] * s * s) + (_d[b] * c * c));
        Span<double> first = Row(a), second = Row(b);
        for (int i = 0; i < _n; i++)
        {
            double f = first[i];
            first[i] = (c * f) + (s * second[i]);
            second[i] = (c * second[i]) - (s * f);
        }

        _support[a] = _support[b] = (byte)(_support[a] | _support[b]);
        return true;
    }

    // Half of the columns of the new vectors: of the old ones only those that are not zero there.
    private void Combine(double[] coefficients, double[] vectors, int start, int width, byte half, IMatrixProducts products)
    {
        int count = _kept.Count;
        int[] used = [.. Enumerable.Range(0, count).Where(i => (_support[_kept[i]] & half) != 0)];
        double[] left = new double[(long)used.Length * count], right = new double[(long)used.Length * width], product = new double[(long)count * width];
        for (int i = 0; i < used.Length; i++)
        {
            coefficients.AsSpan(checked(used[i] * count), count).CopyTo(left.AsSpan(checked(i * count)));
            Row(_kept[used[i]]).Slice(start, width).CopyTo(right.AsSpan(checked(i * width)));
        }

        products.TransposedMultiply(left, right, product, used.Length, count, width);
        for (int j = 0; j < count; j++)
        {
            product.AsSpan(checked(j * width), width).CopyTo(vectors.AsSpan(checked((j * _n) + start), width));
        }
    }

    private Span<double> Row(int index) => _vectors.AsSpan(checked(index * _n), _n);
}
