namespace QualityGate.Numerics.Linear;

/// <summary>
/// A factor of a positive semi-definite matrix, <c>S = F F^T</c>, by Cholesky with diagonal pivoting (Higham, Accuracy and Stability of
/// Numerical Algorithms, 10.3), in panels of columns: what a panel changes in the rest is one matrix product (Hammarling, Higham and Lucas, 2007).
/// It stops at the numerical rank, so singular covariances need no ridge.
/// </summary>
internal sealed class PivotedCholesky
{
    private const int PanelColumns = 64;
    private const int UpdateRows = 256;

    private readonly int _n;
    private readonly double[] _rest;
    private readonly double[] _factor;
    private readonly double[] _remaining;
    private readonly int[] _order;

    private PivotedCholesky(double[] matrix, int n)
    {
        _n = n;
        _rest = [.. matrix];
        _factor = new double[(long)n * n];
        _remaining = [.. Enumerable.Range(0, n).Select(i => matrix[((long)i * n) + i])];
        _order = [.. Enumerable.Range(0, n)];
    }

    /// <summary>
    /// Factors <paramref name="matrix"/> <c>[n, n]</c> (not changed) and returns <c>F^T</c> as <c>[rank, n]</c> row-major, in the matrix's own row order.
    /// </summary>
    public static (double[] FactorTransposed, int Rank) Compute(double[] matrix, int n, IMatrixProducts products)
    {
        (double[] factor, int rank, _) = ComputeWithOrder(matrix, n, products);
        return (factor, rank);
    }

    /// <summary>As <see cref="Compute"/>, with the order of the pivots: column <c>order[t]</c> of row k of <c>F^T</c> is 0 for t below k.</summary>
    public static (double[] FactorTransposed, int Rank, int[] Order) ComputeWithOrder(double[] matrix, int n, IMatrixProducts products)
    {
        PivotedCholesky run = new(matrix, n);
        double tolerance = n == 0 ? 0 : n * 1.1102230246251565e-16 * run._remaining.Max();
        int rank = 0;
        for (int first = 0; first < n; first += PanelColumns)
        {
            int end = Math.Min(first + PanelColumns, n);
            for (; rank < end; rank++)
            {
                int pivot = run.IndexOfLargest(rank);
                if (run._remaining[run._order[pivot]] <= tolerance)
                {
                    return (run._factor.AsSpan(0, checked(rank * n)).ToArray(), rank, run._order);
                }

                (run._order[rank], run._order[pivot]) = (run._order[pivot], run._order[rank]);
                run.EliminateColumn(first, rank);
            }

            run.Update(first, end, products);
        }

        return (run._factor, rank, run._order);
    }

    // _factor holds F^T: row k is column k of the factor. _rest is what earlier panels left; this panel's columns are taken off here.
    private void EliminateColumn(int first, int k)
    {
        int pivot = _order[k];
        double root = Math.Sqrt(_remaining[pivot]);
        Span<double> column = _factor.AsSpan(checked(k * _n), _n);
        _rest.AsSpan(pivot * _n, _n).CopyTo(column);
        for (int p = first; p < k; p++)
        {
            Span<double> earlier = _factor.AsSpan(p * _n, _n);
            VectorKernels.AddScaled(column, -earlier[pivot], earlier);
        }

        // Rows that were pivots before have nothing left.
        for (int t = 0; t < k; t++)
        {
            column[_order[t]] = 0;
        }

        column[pivot] = root;
        for (int t = k + 1; t < _n; t++)
        {
            int row = _order[t];
            double value = column[row] / root;
            column[row] = value;
            _remaining[row] -= value * value;
        }

        _remaining[pivot] = 0;
    }

    private void Update(int first, int end, IMatrixProducts products)
    {
        int rank = end - first;
        if (end == _n)
        {
            return;
        }

        double[] panel = new double[checked(_n * rank)];
        for (int k = 0; k < rank; k++)
        {
            for (int i = 0; i < _n; i++)
            {
                panel[(i * rank) + k] = _factor[((first + k) * _n) + i];
            }
        }

        Parallel.For(0, (_n + UpdateRows - 1) / UpdateRows, chunk =>
        {
            int start = chunk * UpdateRows, count = Math.Min(UpdateRows, _n - start);
            double[] product = new double[count * _n];
            products.MultiplyTile(panel.AsSpan(start * rank, count * rank), panel, product, count, _n, rank);
            VectorKernels.AddScaled(_rest.AsSpan(start * _n, count * _n), -1, product);
        });
    }

    private int IndexOfLargest(int from)
    {
        int best = from;
        for (int t = from + 1; t < _n; t++)
        {
            if (_remaining[_order[t]] > _remaining[_order[best]])
            {
                best = t;
            }
        }

        return best;
    }
}
