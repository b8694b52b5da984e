namespace QualityGate.Numerics.Linear;

/// <summary>
/// <c>tr (S1 S2)^1/2</c> for covariances S1 and S2. With any factor <c>S1 = F F^T</c> the product S1 S2 has the eigenvalues of
/// the symmetric <c>F^T S2 F</c> (and zeros), so one symmetric eigenvalue problem of the factor's rank is enough, and the
/// answer is never complex.
/// </summary>
internal static class TraceOfRoot
{
    /// <summary>The trace, from <c>F^T</c> <c>[rank, D]</c> and S2 <c>[D, D]</c>.</summary>
    public static double FromFactor(double[] factorTransposed, int rank, double[] other, int width, IMatrixProducts products)
    {
        if (rank == 0)
        {
            return 0;
        }

        double[] half = new double[(long)rank * width];
        products.MultiplyTransposed(factorTransposed, other, half, rank, width, width);
        double[] product = new double[(long)rank * rank];
        products.MultiplyTransposed(half, factorTransposed, product, rank, rank, width);
        Symmetrise(product, rank);
        double trace = 0;
        foreach (double eigenvalue in SymmetricEigenvalues.Compute(product, rank))
        {
            trace += Math.Sqrt(Math.Max(eigenvalue, 0));
        }

        return trace;
    }

    /// <summary>The trace, from two covariances <c>[D, D]</c>.</summary>
    public static double FromCovariances(double[] first, double[] second, int width, IMatrixProducts products)
    {
        (double[] factor, int rank) = PivotedCholesky.Compute(first, width);
        return FromFactor(factor, rank, second, width, products);
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
