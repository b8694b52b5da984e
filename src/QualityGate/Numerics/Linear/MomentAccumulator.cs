using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Linear;

/// <summary>
/// Mean and covariance of a set in float64, in two passes over its rows. Work is cut by rules that do not know the number of threads, so
/// that any number gives the same bits. Besides the result, some tens of MB of buffers are used, however many rows there are.
/// </summary>
internal static class MomentAccumulator
{
    private const int MeanRows = 512;
    private const int BlockRows = 1024;
    private const int PanelColumns = 256;

    // Mapped rows that were read stop counting as memory after every so many.
    private const int ReleaseRows = 16 * BlockRows;

    /// <summary>Mean <c>[D]</c>.</summary>
    public static double[] Mean(FeatureMatrix rows)
    {
        int width = rows.Width, blocks = (rows.Count + MeanRows - 1) / MeanRows;
        double[] sum = new double[width];

        // Block sums keep the rounding error of a long sum near that of a short one; groups of blocks bound their memory.
        double[][] sums = new double[Math.Min(blocks, 4 * Environment.ProcessorCount)][];
        for (int first = 0; first < blocks; first += sums.Length)
        {
            int count = Math.Min(sums.Length, blocks - first), start = first;
            Parallel.For(0, count, b =>
            {
                sums[b] ??= new double[width];
                Array.Clear(sums[b]);
                int from = (start + b) * MeanRows;
                for (int i = from; i < Math.Min(from + MeanRows, rows.Count); i++)
                {
                    Add(sums[b], rows.Row(i));
                }
            });
            for (int b = 0; b < count; b++)
            {
                VectorKernels.AddScaled(sum, 1, sums[b]);
            }
        }

        for (int d = 0; d < sum.Length; d++)
        {
            sum[d] /= rows.Count;
        }

        return sum;
    }

    /// <summary>Covariance <c>[D, D]</c>, divided by N - 1.</summary>
    public static double[] Covariance(FeatureMatrix rows, double[] mean, IMatrixProducts products, CancellationToken cancellation)
    {
        double[] covariance = SumOfProducts(rows, mean, null, products, cancellation);
        Finish(covariance, rows.Width, 1.0 / (rows.Count - 1));
        return covariance;
    }

    /// <summary>Sum over rows of <c>x x^T</c>, <c>[D, D]</c>, for x the row times its factor, divided by N.</summary>
    public static double[] SecondMoments(FeatureMatrix rows, double[] factors, IMatrixProducts products, CancellationToken cancellation)
    {
        double[] moments = SumOfProducts(rows, new double[rows.Width], factors, products, cancellation);
        Finish(moments, rows.Width, 1.0 / rows.Count);
        return moments;
    }

    private static double[] SumOfProducts(FeatureMatrix rows, double[] mean, double[]? factors, IMatrixProducts products, CancellationToken cancellation)
    {
        int width = rows.Width, panels = (width + PanelColumns - 1) / PanelColumns;
        double[] covariance = new double[(long)width * width];
        double[][] block = [.. Enumerable.Range(0, panels).Select(p => new double[Math.Min(BlockRows, rows.Count) * Panel(p, width).Columns])];
        (int Row, int Column)[] tiles = [.. Enumerable.Range(0, panels).SelectMany(p => Enumerable.Range(p, panels - p).Select(q => (p, q)))];
        ParallelOptions options = new() { CancellationToken = cancellation };
        for (int start = 0; start < rows.Count; start += BlockRows)
        {
            int first = start, count = Math.Min(BlockRows, rows.Count - start);
            Parallel.For(0, count, options, i => Split(rows.Row(first + i), mean, factors?[first + i] ?? 1, block, i));

            // Only tiles on and above the diagonal: the rest is their mirror image.
            Parallel.ForEach(tiles, options, () => new double[PanelColumns * PanelColumns], (tile, _, product) =>
            {
                AddProduct(covariance, width, block, tile, count, product, products);
                return product;
            }, _ => { });
            if ((start + BlockRows) % ReleaseRows == 0)
            {
                rows.ReleasePages();
            }
        }

        return covariance;
    }

    /// <summary>Writes rows <c>[start, start + count)</c> less the mean, in float64.</summary>
    public static void Centre(FeatureMatrix rows, double[] mean, int start, int count, Span<double> destination)
    {
        for (int i = 0; i < count; i++)
        {
            Subtract(rows.Row(start + i), mean, destination.Slice(i * rows.Width, rows.Width));
        }
    }

    private static (int First, int Columns) Panel(int index, int width) => (index * PanelColumns, Math.Min(PanelColumns, width - (index * PanelColumns)));

    // Each panel of columns lies by itself, so that tiles are products of whole matrices.
    private static void Split(ReadOnlySpan<float> row, double[] mean, double factor, double[][] panels, int index)
    {
        for (int p = 0; p < panels.Length; p++)
        {
            (int first, int columns) = Panel(p, row.Length);
            Span<double> target = panels[p].AsSpan(index * columns, columns);
            Subtract(row.Slice(first, columns), mean.AsSpan(first, columns), target);
            if (factor != 1)
            {
                VectorKernels.Scale(target, factor);
            }
        }
    }

    private static void AddProduct(
        double[] covariance, int width, double[][] block, (int Row, int Column) tile, int count, double[] product, IMatrixProducts products)
    {
        (int row, int rowCount) = Panel(tile.Row, width);
        (int column, int columnCount) = Panel(tile.Column, width);
        Span<double> part = product.AsSpan(0, rowCount * columnCount);
        products.TransposedMultiplyTile(
            block[tile.Row].AsSpan(0, count * rowCount), block[tile.Column].AsSpan(0, count * columnCount), part, count, rowCount, columnCount);
        for (int i = 0; i < rowCount; i++)
        {
            VectorKernels.AddScaled(
                covariance.AsSpan(checked(((row + i) * width) + column), columnCount), 1, part.Slice(i * columnCount, columnCount));
        }
    }

    private static void Finish(double[] covariance, int width, double scale)
    {
        for (int i = 0; i < width; i++)
        {
            for (int j = i; j < width; j++)
            {
                double value = covariance[((long)i * width) + j] * scale;
                covariance[((long)i * width) + j] = value;
                covariance[((long)j * width) + i] = value;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Subtract(ReadOnlySpan<float> row, ReadOnlySpan<double> mean, Span<double> destination)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref double m = ref MemoryMarshal.GetReference(mean);
        ref double t = ref MemoryMarshal.GetReference(destination);
        int length = row.Length, d = 0;
        for (; d <= length - 8; d += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)d));
            (low - Vector256.LoadUnsafe(ref m, (nuint)d)).StoreUnsafe(ref t, (nuint)d);
            (high - Vector256.LoadUnsafe(ref m, (nuint)d + 4)).StoreUnsafe(ref t, (nuint)d + 4);
        }

        for (; d < length; d++)
        {
            destination[d] = row[d] - mean[d];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Add(double[] sum, ReadOnlySpan<float> row)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref double s = ref MemoryMarshal.GetArrayDataReference(sum);
        int length = row.Length, d = 0;
        for (; d <= length - 8; d += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)d));
            (Vector256.LoadUnsafe(ref s, (nuint)d) + low).StoreUnsafe(ref s, (nuint)d);
            (Vector256.LoadUnsafe(ref s, (nuint)d + 4) + high).StoreUnsafe(ref s, (nuint)d + 4);
        }

        for (; d < length; d++)
        {
            sum[d] += row[d];
        }
    }
}
