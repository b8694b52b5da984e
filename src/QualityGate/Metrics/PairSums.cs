using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>A kernel of two rows, given their inner product.</summary>
internal interface IPairKernel
{
    /// <summary>Whether squared norms are looked at.</summary>
    static abstract bool NeedsNorms { get; }

    /// <summary>Sum over some pairs of one row: inner products with others, and the others' squared norms beside the row's own.</summary>
    double Sum(ReadOnlySpan<double> products, ReadOnlySpan<double> norms, double own);

    /// <summary>The kernel in place of the inner products of one row with others.</summary>
    void Fill(Span<double> products, ReadOnlySpan<double> norms, double own);
}

/// <summary>Rows of a set, each times a factor, as float64 tiles.</summary>
/// <param name="rows">The set.</param>
/// <param name="factors">A factor a row, or null.</param>
/// <param name="widened">Room for the whole set in float64, for small sets that are gone over many times; filled here. Null to widen each tile when it is needed.</param>
internal sealed class PairSide(FeatureMatrix rows, double[]? factors = null, double[]? widened = null)
{
    private bool _isWidened;

    public FeatureMatrix Rows { get; } = rows;

    /// <summary>Rows <c>[start, start + count)</c>, in a buffer unless the whole set is widened.</summary>
    public ReadOnlySpan<double> Tile(int start, int count, Func<double[]> buffer)
    {
        int width = Rows.Width;
        if (widened is null)
        {
            double[] room = buffer();
            Fill(start, count, room);
            return room.AsSpan(0, count * width);
        }

        if (!_isWidened)
        {
            Fill(0, Rows.Count, widened);
            _isWidened = true;
        }

        return widened.AsSpan(start * width, count * width);
    }

    /// <summary>Fills rows <c>[start, start + count)</c>.</summary>
    public void Fill(int start, int count, Span<double> destination)
    {
        for (int i = 0; i < count; i++)
        {
            Widen(Rows.Row(start + i), factors?[start + i] ?? 1, destination.Slice(i * Rows.Width, Rows.Width));
        }
    }

    /// <summary>Squared norms of rows of a tile.</summary>
    public static void Norms(ReadOnlySpan<double> tile, int width, Span<double> norms)
    {
        for (int i = 0; i < tile.Length / width; i++)
        {
            norms[i] = VectorKernels.Dot(tile.Slice(i * width, width), tile.Slice(i * width, width));
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
/// <param name="kernel">The kernel.</param>
/// <param name="width">D.</param>
/// <param name="products">Matrix products.</param>
/// <param name="workers">Threads.</param>
/// <param name="cancellation">Stops between tiles.</param>
internal sealed class PairSums<TKernel>(TKernel kernel, int width, IMatrixProducts products, int workers, CancellationToken cancellation)
    where TKernel : struct, IPairKernel
{
    private const int MostRows = 256;
    private const int FewestRows = 16;
    private const int TileBytes = 32 << 20;

    // Fewer when rows are very wide.
    private readonly int _tileRows = Math.Clamp(TileBytes / sizeof(double) / width, FewestRows, MostRows);

    private const int StripColumns = 48;

    private Scratch? _scratch;

    /// <summary>Sum over all pairs of a row on the left with a row on the right; a set with itself without the pairs of a row with itself.</summary>
    public double Sum(PairSide left, PairSide right)
    {
        int tiles = (left.Rows.Count + _tileRows - 1) / _tileRows;
        double[] sums = new double[tiles];
        if (workers == 1)
        {
            // One worker, one set of buffers for all its sums.
            _scratch ??= new Scratch(_tileRows, width);
            for (int tile = 0; tile < tiles; tile++)
            {
                sums[tile] = SumRows(left, right, tile * _tileRows, _scratch);
            }
        }
        else
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };
            Parallel.For(0, tiles, options, () => new Scratch(_tileRows, width), (tile, _, scratch) =>
            {
                sums[tile] = SumRows(left, right, tile * _tileRows, scratch);
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
        int rows = Math.Min(_tileRows, left.Rows.Count - start);
        ReadOnlySpan<double> tile = left.Tile(start, rows, () => scratch.Left);
        if (TKernel.NeedsNorms)
        {
            PairSide.Norms(tile, width, scratch.LeftNorms);
        }

        bool isSame = ReferenceEquals(left, right);
        double sum = isSame ? 2 * SumDiagonal(tile, rows, scratch) : 0;
        for (int column = isSame ? start + _tileRows : 0; column < right.Rows.Count; column += _tileRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int columns = Math.Min(_tileRows, right.Rows.Count - column);
            ReadOnlySpan<double> other = right.Tile(column, columns, () => scratch.Right);
            if (TKernel.NeedsNorms)
            {
                PairSide.Norms(other, width, scratch.RightNorms);
            }

            double part = SumTile(tile, rows, other, columns, null, scratch.RightNorms, scratch);

            // In the upper half each pair stands for its mirror image too.
            sum += isSame ? 2 * part : part;
        }

        return sum;
    }

    // Of the tile on the diagonal only what lies above it, in narrow strips: of each the rows down to its last column.
    private double SumDiagonal(ReadOnlySpan<double> tile, int rows, Scratch scratch)
    {
        double sum = 0;
        for (int column = 0; column < rows; column += StripColumns)
        {
            int columns = Math.Min(StripColumns, rows - column);
            sum += SumTile(
                tile[..((column + columns) * width)], column + columns, tile.Slice(column * width, columns * width), columns, column, scratch.LeftNorms.AsSpan(column), scratch);
        }

        return sum;
    }

    private double SumTile(
        ReadOnlySpan<double> left, int rows, ReadOnlySpan<double> right, int columns, int? firstColumn, ReadOnlySpan<double> norms, Scratch scratch)
    {
        Span<double> tile = scratch.Products.AsSpan(0, rows * columns);
        products.MultiplyTile(left, right, tile, rows, columns, width);
        double sum = 0;
        for (int i = 0; i < rows; i++)
        {
            int first = firstColumn is { } from ? Math.Clamp(i + 1 - from, 0, columns) : 0;
            sum += kernel.Sum(tile.Slice(i * columns, columns)[first..], norms[first..columns], scratch.LeftNorms[i]);
        }

        return sum;
    }

    private sealed class Scratch(int rows, int width)
    {
        private double[]? _left;
        private double[]? _right;

        // Sides that are widened as a whole need no room here.
        public double[] Left => _left ??= new double[checked(rows * width)];

        public double[] Right => _right ??= new double[checked(rows * width)];

        public double[] LeftNorms { get; } = new double[rows];

        public double[] RightNorms { get; } = new double[rows];

        public double[] Products { get; } = new double[rows * rows];
    }
}
