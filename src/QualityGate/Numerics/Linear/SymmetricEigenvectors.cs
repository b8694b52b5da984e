namespace QualityGate.Numerics.Linear;

/// <summary>Eigenvalues in ascending order, and their eigenvectors of length 1 as rows <c>[n, n]</c>.</summary>
internal sealed record EigenSystem(double[] Values, double[] Vectors)
{
    public int Count => Values.Length;

    public Span<double> Vector(int index) => Vectors.AsSpan(checked(index * Count), Count);

    /// <summary>The same in ascending order.</summary>
    public static EigenSystem Sorted(double[] values, double[] vectors)
    {
        int n = values.Length;
        int[] order = [.. Enumerable.Range(0, n).OrderBy(k => values[k])];
        EigenSystem sorted = new(Array.ConvertAll(order, k => values[k]), new double[(long)n * n]);
        for (int k = 0; k < n; k++)
        {
            vectors.AsSpan(checked(order[k] * n), n).CopyTo(sorted.Vector(k));
        }

        return sorted;
    }
}

/// <summary>
/// Eigenvalues and eigenvectors of a real symmetric matrix: tridiagonalisation by reflections, divide and conquer, and the reflections again on the
/// vectors, in blocks. Nearly all the work is matrix products. The number of threads changes no bit.
/// </summary>
internal static class SymmetricEigenvectors
{
    /// <summary>The system of <paramref name="matrix"/> <c>[n, n]</c>, whose lower triangle is read and overwritten.</summary>
    /// <exception cref="ArithmeticException">An iteration did not settle, which needs a matrix with NaN or infinities.</exception>
    public static EigenSystem Compute(double[] matrix, int n, IMatrixProducts products)
    {
        if (n == 0)
        {
            return new EigenSystem([], []);
        }

        (double[] diagonal, double[] offDiagonal, double[] factors) = Tridiagonalisation.Run(matrix, n, products);
        double[] values = [.. diagonal];
        SymmetricEigenvalues.ImplicitQL(values, [.. offDiagonal]);
        Array.Sort(values);
        EigenSystem system = TridiagonalEigenvectors.Compute(diagonal, offDiagonal, products);
        Reflections.Apply(system.Vectors, matrix, factors, n, products);

        // Both routes agree to rounding; these are the bits that the route without vectors gives.
        return system with { Values = values };
    }
}
