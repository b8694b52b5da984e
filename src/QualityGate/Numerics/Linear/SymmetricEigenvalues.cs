namespace QualityGate.Numerics.Linear;

/// <summary>
/// All eigenvalues of a real symmetric matrix: Householder tridiagonalisation, then the implicit QL iteration without vectors
/// (Golub and Van Loan, Matrix Computations, 8.3; Martin, Reinsch and Wilkinson, 1968). Absolute error is a small multiple of
/// machine precision times the largest eigenvalue.
/// </summary>
public static class SymmetricEigenvalues
{
    private const int MaximumSweeps = 60;

    /// <summary>Eigenvalues of <paramref name="matrix"/> <c>[n, n]</c> in ascending order. The matrix is overwritten; only its lower triangle is read.</summary>
    /// <exception cref="ArithmeticException">The iteration did not settle, which needs a matrix with NaN or infinities.</exception>
    public static double[] Compute(double[] matrix, int n)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        if (n == 0)
        {
            return [];
        }

        double[] diagonal = new double[n];
        double[] offDiagonal = new double[n];
        Tridiagonalise(matrix, n, diagonal, offDiagonal);
        ImplicitQL(diagonal, offDiagonal);
        Array.Sort(diagonal);
        return diagonal;
    }

    // Works up from the last row, on the lower triangle by rows, so that every inner loop runs along memory.
    // Step i annihilates row i left of its subdiagonal: A <- A - v q^T - q v^T with q = p - (v.p / 2h) v, p = A v / h.
    // The update of one step and the product of the next share one pass over the triangle.
    private static void Tridiagonalise(double[] a, int n, double[] diagonal, double[] offDiagonal)
    {
        double[] v = new double[n], q = new double[n], p = new double[n];
        double[] previousV = new double[n], previousQ = new double[n];
        bool pending = false;
        for (int i = n - 1; i >= 1; i--)
        {
            Span<double> row = a.AsSpan(i * n, i + 1);
            if (pending)
            {
                UpdateRow(row, previousV, previousQ, i);
            }

            diagonal[i] = row[i];
            double h = Householder(row[..i], v, out offDiagonal[i]);
            if (h == 0)
            {
                if (pending)
                {
                    UpdateRows(a, n, i, previousV, previousQ);
                    pending = false;
                }

                continue;
            }

            UpdateAndMultiply(a, n, i, pending ? (previousV, previousQ) : null, v, p);
            Combine(v, p, q, h, i);
            (v, previousV) = (previousV, v);
            (q, previousQ) = (previousQ, q);
            pending = true;
        }

        if (pending)
        {
            UpdateRow(a.AsSpan(0, 1), previousV, previousQ, 0);
        }

        diagonal[0] = a[0];
        offDiagonal[0] = 0;
    }

    // Fills v with the reflector of the row x and returns h = |v|^2 / 2; the row becomes (0, .., 0, e).
    private static double Householder(ReadOnlySpan<double> x, double[] v, out double e)
    {
        int length = x.Length;
        double scale = 0;
        for (int k = 0; k < length - 1; k++)
        {
            scale = Math.Max(scale, Math.Abs(x[k]));
        }

        double last = x[length - 1];
        if (scale == 0)
        {
            e = last;
            return 0;
        }

        scale = Math.Max(scale, Math.Abs(last));
        double sum = 0;
        for (int k = 0; k < length; k++)
        {
            v[k] = x[k] / scale;
        }

        sum = VectorKernels.Dot(v.AsSpan(0, length), v.AsSpan(0, length));
        double f = v[length - 1];
        double g = f >= 0 ? -Math.Sqrt(sum) : Math.Sqrt(sum);
        e = scale * g;
        v[length - 1] = f - g;
        return sum - (f * g);
    }

    private static void UpdateRow(Span<double> row, double[] v, double[] q, int i)
    {
        VectorKernels.AddScaled(row, -v[i], q.AsSpan(0, row.Length));
        VectorKernels.AddScaled(row, -q[i], v.AsSpan(0, row.Length));
    }

    private static void UpdateRows(double[] a, int n, int rows, double[] v, double[] q)
    {
        for (int j = 0; j < rows; j++)
        {
            UpdateRow(a.AsSpan(j * n, j + 1), v, q, j);
        }
    }

    private static void UpdateAndMultiply(double[] a, int n, int size, (double[] V, double[] Q)? update, double[] v, double[] p)
    {
        Array.Clear(p, 0, size);
        for (int j = 0; j < size; j++)
        {
            Span<double> row = a.AsSpan(j * n, j + 1);
            if (update is { } u)
            {
                UpdateRow(row, u.V, u.Q, j);
            }

            ReadOnlySpan<double> left = row[..j];
            p[j] += (row[j] * v[j]) + VectorKernels.Dot(left, v.AsSpan(0, j));
            VectorKernels.AddScaled(p.AsSpan(0, j), v[j], left);
        }
    }

    private static void Combine(double[] v, double[] p, double[] q, double h, int size)
    {
        double inverse = 1 / h;
        double half = VectorKernels.Dot(v.AsSpan(0, size), p.AsSpan(0, size)) * inverse * inverse / 2;
        for (int j = 0; j < size; j++)
        {
            q[j] = (p[j] * inverse) - (half * v[j]);
        }
    }

    private static void ImplicitQL(double[] d, double[] e)
    {
        int n = d.Length;
        for (int i = 1; i < n; i++)
        {
            e[i - 1] = e[i];
        }

        e[n - 1] = 0;
        for (int l = 0; l < n; l++)
        {
            int sweeps = 0;
            for (int m = FindSplit(d, e, l); m != l; m = FindSplit(d, e, l))
            {
                if (++sweeps > MaximumSweeps)
                {
                    throw new ArithmeticException("The eigenvalues of a symmetric matrix did not converge; does it hold NaN or infinities?");
                }

                Sweep(d, e, l, m);
            }
        }
    }

    private static int FindSplit(double[] d, double[] e, int l)
    {
        int m = l;
        for (; m < d.Length - 1; m++)
        {
            double neighbours = Math.Abs(d[m]) + Math.Abs(d[m + 1]);
            if (Math.Abs(e[m]) <= double.Epsilon || Math.Abs(e[m]) + neighbours == neighbours)
            {
                break;
            }
        }

        return m;
    }

    private static void Sweep(double[] d, double[] e, int l, int m)
    {
        double g = (d[l + 1] - d[l]) / (2 * e[l]);
        double r = Hypotenuse(g, 1);
        g = d[m] - d[l] + (e[l] / (g + (g >= 0 ? r : -r)));
        double s = 1, c = 1, p = 0;
        for (int i = m - 1; i >= l; i--)
        {
            double f = s * e[i];
            double b = c * e[i];
            e[i + 1] = r = Hypotenuse(f, g);
            if (r == 0)
            {
                d[i + 1] -= p;
                e[m] = 0;
                return;
            }

            s = f / r;
            c = g / r;
            g = d[i + 1] - p;
            r = ((d[i] - g) * s) + (2 * c * b);
            p = s * r;
            d[i + 1] = g + p;
            g = (c * r) - b;
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static double Hypotenuse(double a, double b)
    {
        double x = Math.Abs(a), y = Math.Abs(b);
        (double large, double small) = x > y ? (x, y) : (y, x);
        if (large == 0)
        {
            return 0;
        }

        double ratio = small / large;
        return large * Math.Sqrt(1 + (ratio * ratio));
    }
}
