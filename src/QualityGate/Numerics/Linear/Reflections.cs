namespace QualityGate.Numerics.Linear;

/// <summary>
/// Applies the reflections of a <see cref="Tridiagonalisation"/> to rows, in blocks: a product of reflections is <c>I - V^T S V</c> with S upper triangular
/// (Schreiber and Van Loan, 1989), so that a block is three matrix products.
/// </summary>
internal static class Reflections
{
    private const int BlockSize = 64;
    private const int ChunkRows = 256;

    /// <summary><c>rows &lt;- rows P_1 P_2 ... P_(n-1)</c>.</summary>
    /// <param name="rows"><c>[n, n]</c>, overwritten.</param>
    /// <param name="matrix">What <see cref="Tridiagonalisation.Run"/> left.</param>
    /// <param name="factors">Factor of each reflection.</param>
    /// <param name="n">Rows and columns.</param>
    /// <param name="products">Matrix products.</param>
    public static void Apply(double[] rows, double[] matrix, double[] factors, int n, IMatrixProducts products)
    {
        Block[] blocks = [.. Enumerable.Range(0, (n - 1 + BlockSize - 1) / BlockSize).Select(b => Block.Of(matrix, factors, n, 1 + (b * BlockSize), products))];
        Parallel.For(0, (n + ChunkRows - 1) / ChunkRows, chunk =>
        {
            int first = chunk * ChunkRows, count = Math.Min(ChunkRows, n - first);
            double[] part = new double[count * n], product = new double[count * n];
            foreach (Block block in blocks)
            {
                block.Apply(rows, first, count, n, part, product, products);
            }
        });
    }

    /// <summary>Reflections first to first + size - 1; the last of them has width values.</summary>
    private sealed record Block(int Size, int Width, double[] Vectors, double[] Columns, double[] TriangleTransposed)
    {
        public static Block Of(double[] matrix, double[] factors, int n, int first, IMatrixProducts products)
        {
            int size = Math.Min(BlockSize, n - first), width = first + size - 1;
            double[] vectors = new double[size * width], columns = new double[size * width], inner = new double[size * size];
            for (int t = 0; t < size; t++)
            {
                matrix.AsSpan(checked((first + t) * n), factors[first + t] == 0 ? 0 : first + t).CopyTo(vectors.AsSpan(t * width));
                for (int d = 0; d < width; d++)
                {
                    columns[(d * size) + t] = vectors[(t * width) + d];
                }
            }

            products.MultiplyTile(vectors, vectors, inner, size, size, width);
            return new Block(size, width, vectors, columns, Triangle(inner, factors.AsSpan(first, size)));
        }

        public void Apply(double[] rows, int first, int count, int n, double[] part, double[] product, IMatrixProducts products)
        {
            for (int i = 0; i < count; i++)
            {
                rows.AsSpan(checked((first + i) * n), Width).CopyTo(part.AsSpan(i * Width));
            }

            double[] along = new double[count * Size], turned = new double[count * Size];
            products.MultiplyTile(part.AsSpan(0, count * Width), Vectors, along, count, Size, Width);
            products.MultiplyTile(along, TriangleTransposed, turned, count, Size, Size);
            products.MultiplyTile(turned, Columns, product.AsSpan(0, count * Width), count, Width, Size);
            for (int i = 0; i < count; i++)
            {
                VectorKernels.AddScaled(rows.AsSpan(checked((first + i) * n), Width), -1, product.AsSpan(i * Width, Width));
            }
        }

        // S grows by a column a reflection: its factor on the diagonal, and above it -factor S (V v).
        private static double[] Triangle(double[] inner, ReadOnlySpan<double> factors)
        {
            int size = factors.Length;
            double[] transposed = new double[size * size];
            for (int t = 0; t < size; t++)
            {
                transposed[(t * size) + t] = factors[t];
                for (int row = 0; row < t; row++)
                {
                    double sum = 0;
                    for (int k = row; k < t; k++)
                    {
                        sum += transposed[(k * size) + row] * inner[(k * size) + t];
                    }

                    transposed[(t * size) + row] = -factors[t] * sum;
                }
            }

            return transposed;
        }
    }
}
