using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>Sums of a kernel over pairs: of each row with all on the other side, and of its squares. In a set with itself no row is paired with itself.</summary>
/// <param name="Left">Sum of each left row.</param>
/// <param name="Right">Sum of each right row; of a set with itself the same.</param>
/// <param name="Squares">Sum of squares over all ordered pairs.</param>
internal sealed record KernelTotals(double[] Left, double[] Right, double Squares)
{
    /// <summary>Sum over all ordered pairs.</summary>
    public double Sum { get; } = Left.Sum();
}

/// <summary>
/// <see cref="KernelTotals"/> tile by tile, of a set with itself one half of the tiles. Rows of tiles are worked on in groups of a fixed size, whose sums are added in
/// order: the number of workers changes no bit.
/// </summary>
/// <typeparam name="TKernel">The kernel.</typeparam>
/// <param name="kernel">The kernel.</param>
/// <param name="products">Matrix products.</param>
/// <param name="cancellation">Stops between tiles.</param>
internal sealed class PairTotals<TKernel>(TKernel kernel, IMatrixProducts products, CancellationToken cancellation)
    where TKernel : struct, IPairKernel
{
    private const int MostRows = 256;
    private const int FewestRows = 16;
    private const int TileBytes = 32 << 20;
    private const int Group = 16;

    /// <summary>All pairs of a left row with a right row.</summary>
    public KernelTotals Of(PairSide left, PairSide right)
    {
        int width = left.Rows.Width, tileRows = Math.Clamp(TileBytes / sizeof(double) / width, FewestRows, MostRows), tiles = (left.Rows.Count + tileRows - 1) / tileRows;
        bool isSame = ReferenceEquals(left, right);
        double[] ofLeft = new double[left.Rows.Count], ofRight = isSame ? ofLeft : new double[right.Rows.Count], squares = new double[tiles];
        double[][] mirrored = [.. Enumerable.Range(0, Math.Min(Group, tiles)).Select(_ => new double[right.Rows.Count])];
        ParallelOptions options = new() { CancellationToken = cancellation };
        for (int first = 0; first < tiles; first += Group)
        {
            int from = first, count = Math.Min(Group, tiles - first);
            Parallel.For(0, count, options, () => new Room(tileRows, width), (t, _, room) =>
            {
                Array.Clear(mirrored[t]);
                squares[from + t] = Row(left, right, (from + t) * tileRows, tileRows, ofLeft, mirrored[t], room);
                return room;
            }, _ => { });
            for (int t = 0; t < count; t++)
            {
                VectorKernels.AddScaled(ofRight, 1, mirrored[t]);
            }
        }

        return new KernelTotals(ofLeft, ofRight, squares.Sum());
    }

    private double Row(PairSide left, PairSide right, int start, int tileRows, double[] ofLeft, double[] mirrored, Room room)
    {
        int rows = Math.Min(tileRows, left.Rows.Count - start), width = left.Rows.Width;
        bool isSame = ReferenceEquals(left, right);
        double squares = 0;
        left.Fill(start, rows, room.Left);
        Norms(room.Left, rows, width, room.LeftNorms);
        for (int column = isSame ? start : 0; column < right.Rows.Count; column += tileRows)
        {
            cancellation.ThrowIfCancellationRequested();
            int columns = Math.Min(tileRows, right.Rows.Count - column);
            bool isDiagonal = isSame && column == start;
            right.Fill(column, columns, room.Right);
            Norms(room.Right, columns, width, room.RightNorms);
            Span<double> tile = room.Products.AsSpan(0, rows * columns);
            products.MultiplyTile(room.Left.AsSpan(0, rows * width), room.Right.AsSpan(0, columns * width), tile, rows, columns, width);
            for (int i = 0; i < rows; i++)
            {
                Span<double> values = tile.Slice(i * columns, columns);
                kernel.Fill(values, room.RightNorms.AsSpan(0, columns), room.LeftNorms[i]);
                if (isDiagonal)
                {
                    values[i] = 0;
                }
                else
                {
                    // In the upper half each pair stands for its mirror image too.
                    VectorKernels.AddScaled(mirrored.AsSpan(column, columns), 1, values);
                }

                ofLeft[start + i] += Sum(values);
                squares += (isSame && !isDiagonal ? 2 : 1) * VectorKernels.Dot(values, values);
            }
        }

        return squares;
    }

    private static void Norms(double[] tile, int rows, int width, double[] norms)
    {
        if (TKernel.NeedsNorms)
        {
            PairSide.Norms(tile.AsSpan(0, rows * width), width, norms);
        }
    }

    private static double Sum(ReadOnlySpan<double> values)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += value;
        }

        return sum;
    }

    private sealed class Room(int rows, int width)
    {
        public double[] Left { get; } = new double[checked(rows * width)];

        public double[] Right { get; } = new double[checked(rows * width)];

        public double[] LeftNorms { get; } = new double[rows];

        public double[] RightNorms { get; } = new double[rows];

        public double[] Products { get; } = new double[rows * rows];
    }
}
