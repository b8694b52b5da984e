using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>Mean of a Gaussian kernel over all pairs of rows, tile by tile; of a set with itself only one half of the tiles is computed.</summary>
internal sealed class GaussianKernelMeans(double sigma, IMatrixProducts products, CancellationToken cancellation)
{
    private const int TileRows = 512;
    private const int TileColumns = 256;

    private readonly double _scale = -1 / (2 * sigma * sigma);

    /// <summary>Mean of the kernel less 1, which is more exact than the mean where all values are near 1; differences of means do not see it.</summary>
    public double Mean(Side left, Side right)
    {
        bool isSame = ReferenceEquals(left, right);
        int tiles = (left.Rows.Count + TileRows - 1) / TileRows;
        double[] sums = new double[tiles];
        Parallel.For(0, tiles, new ParallelOptions { CancellationToken = cancellation }, () => new Scratch(left.Rows.Width), (tile, _, scratch) =>
        {
            sums[tile] = SumRows(left, right, tile * TileRows, isSame, scratch);
            return scratch;
        }, _ => { });
        double sum = 0;
        foreach (double part in sums)
        {
            sum += part;
        }

        return sum / ((double)left.Rows.Count * right.Rows.Count);
    }

    private double SumRows(Side left, Side right, int start, bool isSame, Scratch scratch)
    {
        int width = left.Rows.Width, rows = Math.Min(TileRows, left.Rows.Count - start);
        left.Fill(start, rows, scratch.Left, scratch.LeftNorms);
        double sum = 0;
        for (int column = isSame ? start : 0; column < right.Rows.Count; column += TileColumns)
        {
            cancellation.ThrowIfCancellationRequested();
            int columns = Math.Min(TileColumns, right.Rows.Count - column);
            right.Fill(column, columns, scratch.Right, scratch.RightNorms);
            Span<double> product = scratch.Products.AsSpan(0, rows * columns);
            products.MultiplyTile(scratch.Left.AsSpan(0, rows * width), scratch.Right.AsSpan(0, columns * width), product, rows, columns, width);
            for (int i = 0; i < rows; i++)
            {
                // In the upper half each pair stands for its mirror image too; the diagonal is 0.
                int first = isSame ? Math.Clamp(start + i + 1 - column, 0, columns) : 0;
                double part = SumKernel(product.Slice(i * columns, columns)[first..], scratch.RightNorms.AsSpan(first, columns - first), scratch.LeftNorms[i]);
                sum += isSame ? 2 * part : part;
            }
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private double SumKernel(ReadOnlySpan<double> products, ReadOnlySpan<double> norms, double own)
    {
        ref double p = ref MemoryMarshal.GetReference(products);
        ref double n = ref MemoryMarshal.GetReference(norms);
        Vector256<double> sum = default, two = Vector256.Create(2.0), self = Vector256.Create(own), scale = Vector256.Create(_scale);
        int j = 0;
        for (; j <= products.Length - 4; j += 4)
        {
            Vector256<double> distance = self + Vector256.LoadUnsafe(ref n, (nuint)j) - (two * Vector256.LoadUnsafe(ref p, (nuint)j));
            sum += Vector256.Exp(Vector256.Max(distance, Vector256<double>.Zero) * scale) - Vector256<double>.One;
        }

        double total = Vector256.Sum(sum);
        for (; j < products.Length; j++)
        {
            total += Math.Exp(Math.Max(own + norms[j] - (2 * products[j]), 0) * _scale) - 1;
        }

        return total;
    }

    /// <summary>One set, its rows times a factor each.</summary>
    public sealed class Side(FeatureMatrix rows, double[]? factors)
    {
        public FeatureMatrix Rows { get; } = rows;

        public void Fill(int start, int count, double[] destination, double[] squaredNorms)
        {
            int width = Rows.Width;
            for (int i = 0; i < count; i++)
            {
                Span<double> target = destination.AsSpan(i * width, width);
                ReadOnlySpan<float> row = Rows.Row(start + i);
                double factor = factors?[start + i] ?? 1;
                for (int d = 0; d < width; d++)
                {
                    target[d] = row[d] * factor;
                }

                squaredNorms[i] = VectorKernels.Dot(target, target);
            }
        }
    }

    private sealed class Scratch(int width)
    {
        public double[] Left { get; } = new double[TileRows * width];

        public double[] Right { get; } = new double[TileColumns * width];

        public double[] LeftNorms { get; } = new double[TileRows];

        public double[] RightNorms { get; } = new double[TileColumns];

        public double[] Products { get; } = new double[TileRows * TileColumns];
    }
}
