namespace QualityGate.Numerics.Linear;

/// <summary>
/// A symmetric matrix to tridiagonal form by Householder reflections, in panels: within a panel the matrix stays as it is and each reflection's
/// product with it is corrected by those before; after a panel one matrix product brings it up to date (Dongarra, Hammarling and Sorensen, 1989).
/// Rows are annihilated from the last upwards, so that every loop runs along memory. Work is cut without regard to the number of threads, which changes no bit.
/// </summary>
internal sealed class Tridiagonalisation
{
    private const int PanelRows = 32;
    private const int UpdateRows = 256;

    private readonly double[] _matrix;
    private readonly int _n;
    private readonly IMatrixProducts _products;
    private readonly SymmetricProduct _product;
    private readonly double[][] _v;
    private readonly double[][] _w;
    private readonly double[] _diagonal;
    private readonly double[] _offDiagonal;
    private readonly double[] _factors;

    private Tridiagonalisation(double[] matrix, int n, IMatrixProducts products)
    {
        _matrix = matrix;
        _n = n;
        _products = products;
        _product = new SymmetricProduct(matrix, n);
        int rows = Math.Min(PanelRows, n);
        _v = [.. Enumerable.Range(0, rows).Select(_ => new double[n])];
        _w = [.. Enumerable.Range(0, rows).Select(_ => new double[n])];
        _diagonal = new double[n];
        _offDiagonal = new double[n];
        _factors = new double[n];
    }

    /// <summary>
    /// Diagonal, and below it: <c>off[i]</c> joins i - 1 and i, <c>off[0]</c> is 0. The lower triangle of <paramref name="matrix"/> is overwritten: the first i
    /// values of row i are then the vector v of the reflection <c>P_i = I - factor[i] v v^T</c>, with <c>T = P_1 ... P_(n-1) A P_(n-1) ... P_1</c>.
    /// </summary>
    public static (double[] Diagonal, double[] OffDiagonal, double[] Factors) Run(double[] matrix, int n, IMatrixProducts products)
    {
        Tridiagonalisation run = new(matrix, n, products);
        for (int end = n; end > 1;)
        {
            int rows = Math.Min(PanelRows, end - 1);
            for (int p = 0; p < rows; p++)
            {
                run.Annihilate(end - 1 - p, p);
            }

            end -= rows;
            run.Update(end, rows);
        }

        run._diagonal[0] = matrix[0];
        return (run._diagonal, run._offDiagonal, run._factors);
    }

    // Row i of the matrix as the p reflections of this panel leave it; its reflection, and the vector w with A <- A - v w^T - w v^T.
    private void Annihilate(int i, int p)
    {
        Span<double> row = _matrix.AsSpan(checked(i * _n), i + 1);
        for (int t = 0; t < p; t++)
        {
            VectorKernels.AddScaled(row, -_v[t][i], _w[t].AsSpan(0, i + 1));
            VectorKernels.AddScaled(row, -_w[t][i], _v[t].AsSpan(0, i + 1));
        }

        _diagonal[i] = row[i];
        double[] v = _v[p], w = _w[p];
        double h = Householder(row[..i], v, out _offDiagonal[i]);
        Array.Clear(w, 0, i);
        v[i] = 0;
        w[i] = 0;
        if (h == 0)
        {
            Array.Clear(v, 0, i);
            return;
        }

        Span<double> used = v.AsSpan(0, i);
        _product.Run(v, w, i);
        for (int t = 0; t < p; t++)
        {
            double alongV = VectorKernels.Dot(_v[t].AsSpan(0, i), used), alongW = VectorKernels.Dot(_w[t].AsSpan(0, i), used);
            VectorKernels.AddScaled(w.AsSpan(0, i), -alongW, _v[t].AsSpan(0, i));
            VectorKernels.AddScaled(w.AsSpan(0, i), -alongV, _w[t].AsSpan(0, i));
        }

        // Nothing reads this row again.
        used.CopyTo(row);
        _factors[i] = 1 / h;
        double inverse = 1 / h, half = VectorKernels.Dot(used, w.AsSpan(0, i)) * inverse * inverse / 2;
        for (int j = 0; j < i; j++)
        {
            w[j] = (w[j] * inverse) - (half * v[j]);
        }
    }

    // Fills v with the reflector of the row x and returns h = |v|^2 / 2, or 0 when there is nothing to annihilate; e is what is left of the row.
    private static double Householder(ReadOnlySpan<double> x, double[] v, out double e)
    {
        int length = x.Length;
        double scale = 0;
        for (int k = 0; k < length - 1; k++)
        {
            scale = Math.Max(scale, Math.Abs(x[k]));
        }

        double last = x[length - 1];
        if (scale == 0)
        {
            e = last;
            return 0;
        }

        scale = Math.Max(scale, Math.Abs(last));
        for (int k = 0; k < length; k++)
        {
            v[k] = x[k] / scale;
        }

        double sum = VectorKernels.Dot(v.AsSpan(0, length), v.AsSpan(0, length));
        double f = v[length - 1];
        double g = f >= 0 ? -Math.Sqrt(sum) : Math.Sqrt(sum);
        e = scale * g;
        v[length - 1] = f - g;
        return sum - (f * g);
    }

    // The leading block, lower triangle, less V W^T + W V^T: one product of [V W] with [W V].
    private void Update(int size, int rank)
    {
        double[] left = Interleave(_v, _w, size, rank), right = Interleave(_w, _v, size, rank);
        Parallel.For(0, (size + UpdateRows - 1) / UpdateRows, chunk =>
        {
            int first = chunk * UpdateRows, count = Math.Min(UpdateRows, size - first), columns = first + count;
            double[] product = new double[count * columns];
            _products.MultiplyTile(left.AsSpan(first * 2 * rank, count * 2 * rank), right.AsSpan(0, columns * 2 * rank), product, count, columns, 2 * rank);
            for (int i = 0; i < count; i++)
            {
                int row = first + i;
                VectorKernels.AddScaled(_matrix.AsSpan(row * _n, row + 1), -1, product.AsSpan(i * columns, row + 1));
            }
        });
    }

    private static double[] Interleave(double[][] first, double[][] second, int size, int rank)
    {
        double[] rows = new double[checked(size * 2 * rank)];
        for (int i = 0; i < size; i++)
        {
            for (int p = 0; p < rank; p++)
            {
                rows[(i * 2 * rank) + p] = first[p][i];
                rows[(i * 2 * rank) + rank + p] = second[p][i];
            }
        }

        return rows;
    }
}
