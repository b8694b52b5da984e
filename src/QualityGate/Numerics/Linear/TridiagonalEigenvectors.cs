namespace QualityGate.Numerics.Linear;

/// <summary>
/// Eigenvalues and eigenvectors of a symmetric tridiagonal matrix by divide and conquer: it is two halves and a matrix of rank one, whose eigenvalues
/// interlace with those of the halves (Cuppen, 1981; Gu and Eisenstat, 1995).
/// </summary>
internal static class TridiagonalEigenvectors
{
    private const int LargestLeaf = 32;

    /// <summary>The system of a tridiagonal matrix.</summary>
    /// <param name="diagonal">The diagonal.</param>
    /// <param name="offDiagonal">Below it: element i joins i - 1 and i.</param>
    /// <param name="products">Matrix products.</param>
    public static EigenSystem Compute(double[] diagonal, double[] offDiagonal, IMatrixProducts products)
    {
        if (diagonal.Concat(offDiagonal).Any(v => !double.IsFinite(v)))
        {
            throw new ArithmeticException("The eigenvectors of a matrix with NaN or infinities are not defined.");
        }

        return Solve([.. diagonal], offDiagonal, 0, diagonal.Length, products);
    }

    private static EigenSystem Solve(double[] d, double[] e, int first, int count, IMatrixProducts products)
    {
        if (count <= LargestLeaf)
        {
            return Leaf(d.AsSpan(first, count).ToArray(), e.AsSpan(first, count).ToArray());
        }

        int half = count / 2, middle = first + half;
        double join = Math.Abs(e[middle]);
        d[middle - 1] -= join;
        d[middle] -= join;
        EigenSystem upper = null!, lower = null!;
        Parallel.Invoke(() => upper = Solve(d, e, first, half, products), () => lower = Solve(d, e, middle, count - half, products));
        return new RankOneUpdate(upper, lower, join, Math.Sign(e[middle])).Run(products);
    }

    private static EigenSystem Leaf(double[] d, double[] e)
    {
        int n = d.Length;
        double[] vectors = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            vectors[(i * n) + i] = 1;
        }

        e[0] = 0;
        SymmetricEigenvalues.ImplicitQL(d, e, vectors);
        return EigenSystem.Sorted(d, vectors);
    }
}
