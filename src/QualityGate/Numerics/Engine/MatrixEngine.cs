using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Numerics.Engine;

/// <summary>
/// Dense matrix products by ONNX Runtime, each a model of one Gemm node over the caller's own memory: nothing is copied and nothing is
/// kept. Matrices are row-major. Several threads may call at once. The same call gives the same bits for any number of threads.
/// </summary>
public sealed class MatrixEngine : IMatrixProducts, IDisposable
{
    private readonly Lazy<TransposedProduct<float>> _single;
    private readonly Lazy<TransposedProduct<double>> _double;
    private readonly Lazy<GemmSession> _tiles;
    private readonly Lazy<GemmSession> _doubleTiles;
    private readonly Lazy<GemmSession> _columns;
    private readonly Lazy<GemmSession> _columnsOnOneThread;
    private bool _disposed;

    /// <summary>Creates an engine; ONNX Runtime is loaded at the first product.</summary>
    /// <param name="threads">Threads that one product may use; 0 is one a processor.</param>
    /// <param name="device">The processor, or a GPU that <see cref="CudaProvider.Resolve"/> gave; there, sums may round otherwise.</param>
    public MatrixEngine(int threads = 0, ComputeDevice device = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        Threads = threads == 0 ? Environment.ProcessorCount : threads;
        _single = new(() => new(OnnxElementType.Float, device));
        _double = new(() => new(OnnxElementType.Double, device));
        _tiles = new(() => new GemmSession(OnnxElementType.Float, transposeLeft: false, threads: 1, device));
        _doubleTiles = new(() => new GemmSession(OnnxElementType.Double, transposeLeft: false, threads: 1, device));
        _columns = new(() => new GemmSession(OnnxElementType.Double, transposeLeft: true, Threads, device));
        _columnsOnOneThread = new(() => new GemmSession(OnnxElementType.Double, transposeLeft: true, threads: 1, device));
    }

    /// <summary>Threads that one product may use.</summary>
    public int Threads { get; }

    /// <summary>
    /// product = left right^T: the inner products of all pairs of rows. An inner product has the same bits wherever in the matrices its
    /// two rows stand, and whatever other rows there are.
    /// </summary>
    /// <param name="left"><c>[m, k]</c>.</param>
    /// <param name="right"><c>[n, k]</c>.</param>
    /// <param name="product"><c>[m, n]</c>, overwritten.</param>
    /// <param name="m">Rows of left.</param>
    /// <param name="n">Rows of right.</param>
    /// <param name="k">Columns of both.</param>
    /// <exception cref="ArgumentException">A span does not have exactly its matrix's length.</exception>
    public void MultiplyTransposed(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k)
    {
        if (Check(left.Length, right.Length, product.Length, (m, k), (n, k), (m, n))) product.Clear();
        else _single.Value.Run(left, right, product, new ProductShape(m, n, k), Threads);
    }

    /// <inheritdoc cref="MultiplyTransposed(ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, int, int, int)"/>
    public void MultiplyTransposed(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k)
    {
        if (Check(left.Length, right.Length, product.Length, (m, k), (n, k), (m, n))) product.Clear();
        else _double.Value.Run(left, right, product, new ProductShape(m, n, k), Threads);
    }

    /// <inheritdoc />
    public void MultiplyTile(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> product, int m, int n, int k)
    {
        if (Check(left.Length, right.Length, product.Length, (m, k), (n, k), (m, n))) product.Clear();
        else _tiles.Value.Run(left, [m, k], right, [n, k], product, [m, n]);
    }

    /// <inheritdoc />
    public void MultiplyTile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int m, int n, int k)
    {
        if (Check(left.Length, right.Length, product.Length, (m, k), (n, k), (m, n))) product.Clear();
        else _doubleTiles.Value.Run(left, [m, k], right, [n, k], product, [m, n]);
    }

    /// <inheritdoc />
    public void TransposedMultiplyTile(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e)
    {
        if (Check(left.Length, right.Length, product.Length, (n, d), (n, e), (d, e))) product.Clear();
        else _columnsOnOneThread.Value.Run(left, [n, d], right, [n, e], product, [d, e]);
    }

    /// <summary>product = left^T right: the inner products of all pairs of columns. With left = right it is the columns' Gram matrix.</summary>
    /// <param name="left"><c>[n, d]</c>.</param>
    /// <param name="right"><c>[n, e]</c>.</param>
    /// <param name="product"><c>[d, e]</c>, overwritten.</param>
    /// <param name="n">Rows of both.</param>
    /// <param name="d">Columns of left.</param>
    /// <param name="e">Columns of right; more than d runs on one thread.</param>
    /// <exception cref="ArgumentException">A span does not have exactly its matrix's length.</exception>
    public void TransposedMultiply(ReadOnlySpan<double> left, ReadOnlySpan<double> right, Span<double> product, int n, int d, int e)
    {
        if (Check(left.Length, right.Length, product.Length, (n, d), (n, e), (d, e)))
        {
            product.Clear();
            return;
        }

        // A wide product is cut between threads by columns, and the width of a cut decides in how many parts the rows are summed: with
        // more threads the last bits would change. A tall or square one is cut by rows, which changes nothing.
        GemmSession session = e > d ? _columnsOnOneThread.Value : _columns.Value;
        session.Run(left, [n, d], right, [n, e], product, [d, e]);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        if (_single.IsValueCreated) _single.Value.Dispose();
        if (_double.IsValueCreated) _double.Value.Dispose();
        if (_tiles.IsValueCreated) _tiles.Value.Dispose();
        if (_doubleTiles.IsValueCreated) _doubleTiles.Value.Dispose();
        if (_columns.IsValueCreated) _columns.Value.Dispose();
        if (_columnsOnOneThread.IsValueCreated) _columnsOnOneThread.Value.Dispose();
    }

    /// <summary>Whether a matrix is empty, so that the product is all zeros or has no elements.</summary>
    private bool Check(int left, int right, int product, (int, int) leftShape, (int, int) rightShape, (int, int) productShape)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        CheckLength(left, leftShape, nameof(left));
        CheckLength(right, rightShape, nameof(right));
        CheckLength(product, productShape, nameof(product));
        return left == 0 || right == 0 || product == 0;
    }

    private static void CheckLength(int length, (int Rows, int Columns) shape, string name)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Rows, name);
        ArgumentOutOfRangeException.ThrowIfNegative(shape.Columns, name);
        if (length != (long)shape.Rows * shape.Columns)
        {
            throw new ArgumentException($"{length} values are not {shape.Rows} rows of {shape.Columns}.", name);
        }
    }
}
