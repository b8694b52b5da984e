namespace QualityGate.Numerics.Linear;

/// <summary>The inverse of an upper triangular matrix, by halves: two small inverses and two matrix products.</summary>
internal static class TriangularInverse
{
    private const int LargestLeaf = 64;

    /// <summary>Inverts <paramref name="matrix"/> <c>[n, n]</c> in place; what lies below the diagonal is not read and stays.</summary>
    public static void Invert(double[] matrix, int n, IMatrixProducts products) => Invert(matrix, n, 0, n, products);

    private static void Invert(double[] matrix, int n, int first, int count, IMatrixProducts products)
    {
        if (count <= LargestLeaf)
        {
            InvertLeaf(matrix, n, first, count);
            return;
        }

        int half = count / 2, rest = count - half, middle = first + half;
        Invert(matrix, n, first, half, products);
        Invert(matrix, n, middle, rest, products);

        // The corner becomes -A^-1 B C^-1.
        double[] corner = new double[half * rest], right = new double[rest * rest], left = new double[half * half], product = new double[half * rest];
        for (int i = 0; i < half; i++)
        {
            matrix.AsSpan(checked(((first + i) * n) + middle), rest).CopyTo(corner.AsSpan(i * rest));
            matrix.AsSpan(checked(((first + i) * n) + first + i), half - i).CopyTo(left.AsSpan((i * half) + i));
        }

        for (int i = 0; i < rest; i++)
        {
            for (int j = i; j < rest; j++)
            {
                right[(j * rest) + i] = matrix[((long)(middle + i) * n) + middle + j];
            }
        }

        products.MultiplyTransposed(corner, right, product, half, rest, rest);
        for (int i = 0; i < half; i++)
        {
            for (int j = 0; j < rest; j++)
            {
                corner[(j * half) + i] = -product[(i * rest) + j];
            }
        }

        products.MultiplyTransposed(left, corner, product, half, rest, half);
        for (int i = 0; i < half; i++)
        {
            product.AsSpan(i * rest, rest).CopyTo(matrix.AsSpan(checked(((first + i) * n) + middle), rest));
        }
    }

    private static void InvertLeaf(double[] matrix, int n, int first, int count)
    {
        double[] inverse = new double[count * count];
        for (int i = count - 1; i >= 0; i--)
        {
            ReadOnlySpan<double> row = matrix.AsSpan(checked(((first + i) * n) + first), count);
            Span<double> target = inverse.AsSpan(i * count, count);
            target[i] = 1;
            for (int k = i + 1; k < count; k++)
            {
                VectorKernels.AddScaled(target, -row[k], inverse.AsSpan(k * count, count));
            }

            VectorKernels.Scale(target, 1 / row[i]);
        }

        for (int i = 0; i < count; i++)
        {
            inverse.AsSpan((i * count) + i, count - i).CopyTo(matrix.AsSpan(checked(((first + i) * n) + first + i)));
        }
    }
}
