namespace QualityGate.Numerics.Linear;

/// <summary>
/// <c>tr (S1 S2)^1/2</c> for covariances S1 and S2. With any factor <c>S1 = F F^T</c> the product S1 S2 has the eigenvalues of
/// the symmetric <c>F^T S2 F</c> (and zeros), so one symmetric eigenvalue problem of the factor's rank is enough, and the
/// answer is never complex.
/// </summary>
internal static class TraceOfRoot
{
    /// <summary>The trace, from <c>F^T</c> <c>[rank, D]</c> and S2 <c>[D, D]</c>.</summary>
    /// <param name="factorTransposed"><c>[rank, D]</c>.</param>
    /// <param name="rank">Rows of the factor.</param>
    /// <param name="other">S2.</param>
    /// <param name="width">D.</param>
    /// <param name="mostRoots">
    /// No more eigenvalues than this can differ from zero (a covariance of N images has rank N - 1 at most). The others are left out: they
    /// are rounding errors near 1e-16, whose roots near 1e-8 would be counted.
    /// </param>
    /// <param name="products">Matrix products.</param>
    public static double FromFactor(
        double[] factorTransposed, int rank, double[] other, int width, int mostRoots, IMatrixProducts products)
    {
        if (rank == 0)
        {
            return 0;
        }

        return Sum(SymmetricEigenvalues.Compute(Product(factorTransposed, rank, other, width, products), rank, products), mostRoots);
    }

    /// <summary><c>F^T S2 F</c>, of which the lower triangle is right.</summary>
    public static double[] Product(double[] factorTransposed, int rank, double[] other, int width, IMatrixProducts products)
    {
        double[] half = new double[(long)rank * width];
        products.MultiplyTransposed(factorTransposed, other, half, rank, width, width);
        double[] product = new double[(long)rank * rank];
        products.MultiplyTransposed(half, factorTransposed, product, rank, rank, width);
        Symmetrise(product, rank);
        return product;
    }

    /// <summary>Sum of the roots of the largest eigenvalues, given in ascending order.</summary>
    public static double Sum(double[] eigenvalues, int mostRoots)
    {
        double trace = 0;
        for (int i = Math.Max(0, eigenvalues.Length - mostRoots); i < eigenvalues.Length; i++)
        {
            trace += Math.Sqrt(Math.Max(eigenvalues[i], 0));
        }

        return trace;
    }

    /// <summary>The trace, from two covariances <c>[D, D]</c>.</summary>
    public static double FromCovariances(double[] first, double[] second, int width, int mostRoots, IMatrixProducts products)
    {
        (double[] factor, int rank, _) = Factor(first, width, products);
        return FromFactor(factor, rank, second, width, mostRoots, products);
    }

    /// <summary><c>F^T</c> of a covariance, its rows the last pivot first, with the order of the pivots.</summary>
    public static (double[] FactorTransposed, int Rank, int[] Order) Factor(double[] covariance, int width, IMatrixProducts products)
    {
        (double[] factor, int rank, int[] order) = PivotedCholesky.ComputeWithOrder(covariance, width, products);

        // Pivoting put the largest first. The reduction to tridiagonal form keeps small eigenvalues exact when they stand first instead.
        for (int i = 0, j = rank - 1; i < j; i++, j--)
        {
            Span<double> row = factor.AsSpan(i * width, width), other = factor.AsSpan(j * width, width);
            double[] kept = row.ToArray();
            other.CopyTo(row);
            kept.CopyTo(other);
        }

        return (factor, rank, order);
    }

    private static void Symmetrise(double[] matrix, int n)
    {
        for (int i = 0; i < n; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double mean = (matrix[((long)i * n) + j] + matrix[((long)j * n) + i]) / 2;
                matrix[((long)i * n) + j] = mean;
            }
        }
    }
}
