namespace QualityGate.Numerics.Projection;

/// <summary>Eigenvalues and eigenvectors of a small symmetric matrix, by cyclic Jacobi rotations.</summary>
internal static class SmallEigenvectors
{
    private const int MostSweeps = 60;

    /// <summary>Decomposes.</summary>
    /// <param name="matrix">n x n, row-major; overwritten.</param>
    /// <param name="n">Its size.</param>
    /// <returns>The values, the largest first, and their vectors of length 1.</returns>
    public static (double[] Values, double[][] Vectors) Of(double[] matrix, int n)
    {
        double[][] vectors = [.. Enumerable.Range(0, n).Select(i => Unit(i, n))];
        double scale = matrix.Length == 0 ? 0 : matrix.Max(Math.Abs);
        for (int sweep = 0; sweep < MostSweeps && OffDiagonal(matrix, n) > 1e-15 * scale; sweep++)
        {
            for (int p = 0; p < n; p++)
            {
                for (int q = p + 1; q < n; q++)
                {
                    Rotate(matrix, n, vectors, p, q);
                }
            }
        }

        int[] order = [.. Enumerable.Range(0, n).OrderByDescending(i => matrix[(i * n) + i])];
        return (Array.ConvertAll(order, i => matrix[(i * n) + i]), Array.ConvertAll(order, i => vectors[i]));
    }

    private static double[] Unit(int i, int n)
    {
        double[] unit = new double[n];
        unit[i] = 1;
        return unit;
    }

    private static double OffDiagonal(double[] matrix, int n)
    {
        double largest = 0;
        for (int p = 0; p < n; p++)
        {
            for (int q = p + 1; q < n; q++)
            {
                largest = Math.Max(largest, Math.Abs(matrix[(p * n) + q]));
            }
        }

        return largest;
    }

    private static void Rotate(double[] m, int n, double[][] vectors, int p, int q)
    {
        double off = m[(p * n) + q];
        if (off == 0)
        {
            return;
        }

        double theta = (m[(q * n) + q] - m[(p * n) + p]) / (2 * off);
        double t = (theta < 0 ? -1 : 1) / (Math.Abs(theta) + Math.Sqrt((theta * theta) + 1));
        double c = 1 / Math.Sqrt((t * t) + 1), s = t * c;
        for (int i = 0; i < n; i++)
        {
            (m[(i * n) + p], m[(i * n) + q]) = ((c * m[(i * n) + p]) - (s * m[(i * n) + q]), (s * m[(i * n) + p]) + (c * m[(i * n) + q]));
        }

        for (int i = 0; i < n; i++)
        {
            (m[(p * n) + i], m[(q * n) + i]) = ((c * m[(p * n) + i]) - (s * m[(q * n) + i]), (s * m[(p * n) + i]) + (c * m[(q * n) + i]));
            (vectors[p][i], vectors[q][i]) = ((c * vectors[p][i]) - (s * vectors[q][i]), (s * vectors[p][i]) + (c * vectors[q][i]));
        }
    }
}
