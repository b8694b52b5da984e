using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>A kernel of two rows, given their inner product.</summary>
internal interface IPairKernel
{
    /// <summary>Sum over some pairs of one row: inner products with others, and the others' squared norms beside the row's own.</summary>
    double Sum(ReadOnlySpan<double> products, ReadOnlySpan<double> norms, double own);
}

/// <summary>Rows of a set, each times a factor, as float64 tiles.</summary>
internal sealed class PairSide(FeatureMatrix rows, double[]? factors = null)
{
    public FeatureMatrix Rows { get; } = rows;

    /// <summary>Fills rows <c>[start, start + count)</c> and their squared norms.</summary>
    public void Fill(int start, int count, Span<double> destination, Span<double> squaredNorms)
    {
        for (int i = 0; i < count; i++)
        {
            Span<double> target = destination.Slice(i * Rows.Width, Rows.Width);
            Widen(Rows.Row(start + i), factors?[start + i] ?? 1, target);
            squaredNorms[i] = VectorKernels.Dot(target, target);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Widen(ReadOnlySpan<float> row, double factor, Span<double> destination)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref double t = ref MemoryMarshal.GetReference(destination);
        Vector256<double> f = Vector256.Create(factor);
        int d = 0;
        for (; d <= row.Length - 8; d += 8)
        {
            (Vector256<double> low, Vector256<double> high) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)d));
            (low * f).StoreUnsafe(ref t, (nuint)d);
            (high * f).StoreUnsafe(ref t, (nuint)d + 4);
        }

        for (; d < row.Length; d++)
        {
            destination[d] = row[d] * factor;
        }
    }
}

/// <summary>
/// Sums of a kernel over all pairs of rows, in float64, tile by tile: never a matrix of all pairs, and of a set with itself one half of
/// the tiles. Tiles and the order of sums do not depend on the number of workers.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
internal sealed class PairSums<TKernel>(TKernel kernel, IMatrixProducts products, int workers, CancellationToken cancellation)
    where TKernel : struct, IPairKernel
{
    private const int TileRows = 256;

    /// <summary>Sum over all pairs of a row on the left with a row on the right; a set with itself without the pairs of a row with itself.</summary>
    public double Sum(PairSide left, PairSide right)
    {
        int tiles = (left.Rows.Count + TileRows - 1) / TileRows;
        double[] sums = new double[tiles];
        if (workers == 1)
        {
            Scratch scratch = new(left.Rows.Width);
            for (int tile = 0; tile < tiles; tile++)
            {
                sums[tile] = SumRows(left, right, tile * TileRows, scratch);
            }
        }
        else
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
            Parallel.For(0, tiles, options, () => new Scratch(left.Rows.Width), (tile, _, scratch) =>
            {
                sums[tile] = SumRows(left, right, tile * TileRows, scratch);
                return scratch;
            }, _ => { });
        }

        double sum = 0;
        foreach (double part in sums)
        {
            sum += part;
        }

        return sum;
    }

    private double SumRows(PairSide left, PairSide right, int start, Scratch scratch)
    {
        bool isSame = ReferenceEquals(left, right);
        int width = left.Rows.Width, rows = Math.Min(TileRows, left.Rows.Count - start);
        left.Fill(start, rows, scratch.Left, scratch.LeftNorms);
        double sum = 0;
        for (int column = isSame ? start : 0; column < right.Rows.Count; column += TileRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int columns = Math.Min(TileRows, right.Rows.Count - column);
            right.Fill(column, columns, scratch.Right, scratch.RightNorms);
            Span<double> tile = scratch.Products.AsSpan(0, rows * columns);
            products.MultiplyTile(scratch.Left.AsSpan(0, rows * width), scratch.Right.AsSpan(0, columns * width), tile, rows, columns, width);
            for (int i = 0; i < rows; i++)
            {
                // In the upper half each pair stands for its mirror image too.
                int first = isSame ? Math.Clamp(start + i + 1 - column, 0, columns) : 0;
                double part = kernel.Sum(tile.Slice(i * columns, columns)[first..], scratch.RightNorms.AsSpan(first, columns - first), scratch.LeftNorms[i]);
                sum += isSame ? 2 * part : part;
            }
        }

        return sum;
    }

    private sealed class Scratch(int width)
    {
        public double[] Left { get; } = new double[TileRows * width];

        public double[] Right { get; } = new double[TileRows * width];

        public double[] LeftNorms { get; } = new double[TileRows];

        public double[] RightNorms { get; } = new double[TileRows];

        public double[] Products { get; } = new double[TileRows * TileRows];
    }
}
