using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Numerics.Engine;

/// <summary>Sizes of a product <c>[m, k] [n, k]^T</c>.</summary>
internal readonly record struct ProductShape(int M, int N, int K);

/// <summary>
/// <c>left right^T</c> with the same bits for the same two rows, always. ONNX Runtime's matrix kernels sum along k in one order, save
/// in two cases: a left matrix of one row (a matrix-vector kernel, also where threads leave one row to one of them) and a right matrix
/// of at most 64 rows (longer pieces of k). So rows are cut into tiles here, by a rule that does not know the number of threads, each
/// tile runs on one thread, and both cases are padded away.
/// </summary>
internal sealed unsafe class TransposedProduct<T> : IDisposable
    where T : unmanaged
{
    /// <summary>Large enough that packing the right matrix for each tile costs little, small enough to feed many processors.</summary>
    private const int TileRows = 256;
    private const int FewestLeftRows = 2;
    private const int FewestRightRows = 65;

    private readonly GemmSession _session;

    public TransposedProduct(OnnxElementType type, ComputeDevice device) => _session = new GemmSession(type, transposeLeft: false, threads: 1, device);

    public void Run(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> product, ProductShape shape, int threads)
    {
        if (shape.M < FewestLeftRows || shape.N < FewestRightRows)
        {
            RunPadded(left, right, product, shape, threads);
            return;
        }

        // One row more than a whole number of tiles would leave a tile of one row: tiles share the rows evenly instead.
        int tiles = (shape.M + TileRows - 1) / TileRows;
        fixed (T* leftStart = left, rightStart = right, productStart = product)
        {
            T* l = leftStart, r = rightStart, p = productStart;
            if (tiles == 1 || threads == 1)
            {
                for (int tile = 0; tile < tiles; tile++) RunTile(l, r, p, shape, tile, tiles);
                return;
            }

            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Parallel.For(0, tiles, options, tile => RunTile(l, r, p, shape, tile, tiles));
        }
    }

    public void Dispose() => _session.Dispose();

    private void RunTile(T* left, T* right, T* product, ProductShape shape, int tile, int tiles)
    {
        long first = (long)shape.M * tile / tiles;
        int rows = (int)(((long)shape.M * (tile + 1) / tiles) - first);
        var leftRows = new ReadOnlySpan<T>(left + (first * shape.K), checked(rows * shape.K));
        var rightRows = new ReadOnlySpan<T>(right, checked(shape.N * shape.K));
        var productRows = new Span<T>(product + (first * shape.N), checked(rows * shape.N));
        _session.Run(leftRows, [rows, shape.K], rightRows, [shape.N, shape.K], productRows, [rows, shape.N]);
    }

    private void RunPadded(ReadOnlySpan<T> left, ReadOnlySpan<T> right, Span<T> product, ProductShape shape, int threads)
    {
        var padded = new ProductShape(Math.Max(shape.M, FewestLeftRows), Math.Max(shape.N, FewestRightRows), shape.K);
        T[] paddedProduct = new T[checked(padded.M * padded.N)];
        Run(Pad(left, checked(padded.M * shape.K)), Pad(right, checked(padded.N * shape.K)), paddedProduct, padded, threads);
        for (int i = 0; i < shape.M; i++)
        {
            paddedProduct.AsSpan(i * padded.N, shape.N).CopyTo(product.Slice(i * shape.N, shape.N));
        }
    }

    private static ReadOnlySpan<T> Pad(ReadOnlySpan<T> values, int length)
    {
        if (values.Length == length) return values;
        T[] padded = new T[length];
        values.CopyTo(padded);
        return padded;
    }
}
