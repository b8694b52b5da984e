namespace QualityGate.Numerics.Linear;

/// <summary>
/// A factor of a positive semi-definite matrix, <c>S = F F^T</c>, by Cholesky with diagonal pivoting (Higham, Accuracy and
/// Stability of Numerical Algorithms, 10.3). It stops at the numerical rank, so singular covariances need no ridge.
/// </summary>
internal static class PivotedCholesky
{
    /// <summary>
    /// Factors <paramref name="matrix"/> <c>[n, n]</c> (not changed) and returns <c>F^T</c> as <c>[rank, n]</c> row-major, in the matrix's own row order.
    /// </summary>
    public static (double[] FactorTransposed, int Rank) Compute(double[] matrix, int n)
    {
        double[] factor = new double[(long)n * n];
        double[] remaining = new double[n];
        int[] order = new int[n];
        for (int i = 0; i < n; i++)
        {
            order[i] = i;
            remaining[i] = matrix[((long)i * n) + i];
        }

        double tolerance = n == 0 ? 0 : n * 1.1102230246251565e-16 * remaining.Max();
        int rank = 0;
        for (; rank < n; rank++)
        {
            int pivot = IndexOfLargest(order, remaining, rank);
            if (remaining[order[pivot]] <= tolerance)
            {
                break;
            }

            (order[rank], order[pivot]) = (order[pivot], order[rank]);
            EliminateColumn(matrix, factor, remaining, order, n, rank);
        }

        return (Transpose(factor, n, rank), rank);
    }

    // factor is kept by rows of the original matrix, so the inner product of two rows runs along memory.
    private static void EliminateColumn(double[] matrix, double[] factor, double[] remaining, int[] order, int n, int k)
    {
        int pivotRow = order[k];
        double root = Math.Sqrt(remaining[pivotRow]);
        factor[((long)pivotRow * n) + k] = root;
        for (int t = k + 1; t < n; t++)
        {
            int row = order[t];
            double inner = VectorKernels.Dot(factor.AsSpan(row * n, k), factor.AsSpan(pivotRow * n, k));
            double value = (matrix[((long)row * n) + pivotRow] - inner) / root;
            factor[((long)row * n) + k] = value;
            remaining[row] -= value * value;
        }

        remaining[pivotRow] = 0;
    }

    private static int IndexOfLargest(int[] order, double[] remaining, int from)
    {
        int best = from;
        for (int t = from + 1; t < order.Length; t++)
        {
            if (remaining[order[t]] > remaining[order[best]])
            {
                best = t;
            }
        }

        return best;
    }

    private static double[] Transpose(double[] factor, int n, int rank)
    {
        double[] transposed = new double[(long)rank * n];
        for (int i = 0; i < n; i++)
        {
            for (int k = 0; k < rank; k++)
            {
                transposed[((long)k * n) + i] = factor[((long)i * n) + k];
            }
        }

        return transposed;
    }
}
