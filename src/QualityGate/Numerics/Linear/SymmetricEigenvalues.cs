namespace QualityGate.Numerics.Linear;

/// <summary>
/// All eigenvalues of a real symmetric matrix: Householder tridiagonalisation, then the implicit QL iteration without vectors
/// (Golub and Van Loan, Matrix Computations, 8.3; Martin, Reinsch and Wilkinson, 1968). Absolute error is a small multiple of
/// machine precision times the largest eigenvalue.
/// </summary>
public static class SymmetricEigenvalues
{
    private const int MaximumSweeps = 60;

    /// <summary>Eigenvalues of <paramref name="matrix"/> <c>[n, n]</c> in ascending order.</summary>
    /// <param name="matrix">Overwritten; only its lower triangle is read.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="products">Matrix products for large matrices.</param>
    /// <exception cref="ArithmeticException">The iteration did not settle, which needs a matrix with NaN or infinities.</exception>
    public static double[] Compute(double[] matrix, int n, IMatrixProducts products)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(products);
        if (n == 0)
        {
            return [];
        }

        (double[] diagonal, double[] offDiagonal, _) = Tridiagonalisation.Run(matrix, n, products);
        ImplicitQL(diagonal, offDiagonal);
        Array.Sort(diagonal);
        return diagonal;
    }

    /// <summary>The eigenvalues of a tridiagonal matrix in place of its diagonal, in no order. Below it, <c>e[i]</c> joins i - 1 and i; it is overwritten.</summary>
    /// <param name="d">The diagonal.</param>
    /// <param name="e">The values below it.</param>
    /// <param name="vectors">The identity <c>[n, n]</c>, whose rows become the eigenvectors; or null.</param>
    internal static void ImplicitQL(double[] d, double[] e, double[]? vectors = null)
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

                Sweep(d, e, l, m, vectors);
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

    private static void Sweep(double[] d, double[] e, int l, int m, double[]? vectors)
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
            if (vectors is not null)
            {
                Rotate(vectors.AsSpan(i * d.Length, d.Length), vectors.AsSpan((i + 1) * d.Length, d.Length), c, s);
            }
        }

        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    private static void Rotate(Span<double> first, Span<double> second, double c, double s)
    {
        for (int k = 0; k < first.Length; k++)
        {
            double f = second[k];
            second[k] = (s * first[k]) + (c * f);
            first[k] = (c * first[k]) - (s * f);
        }
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
