namespace QualityGate.Numerics.Linear;

/// <summary>
/// The root of <c>S1 S2</c> with its directions: <c>F^T S2 F = V^T diag(roots^2) V</c> for <c>S1 = F F^T</c>. With them <c>tr (S1 S2)^1/2</c> has derivatives: half of the optimal transport maps
/// between Gaussians with these covariances, <c>T2 = W2^T W2</c> from S2 to S1 and <c>T1 = W1^T W1</c> from S1 to S2 (Olkin and Pukelsheim, 1982), on the ranges of both.
/// </summary>
internal sealed class CovarianceRoot
{
    // Squares of roots below this share of the largest are rounding.
    private const double Negligible = 1e-14;

    private readonly double[] _factorTransposed;
    private readonly int _rank;
    private readonly int _width;
    private readonly int[]? _order;
    private readonly IMatrixProducts _products;

    private CovarianceRoot(double[] factorTransposed, int rank, int[]? order, double[] other, int width, int mostRoots, IMatrixProducts products)
    {
        (_factorTransposed, _rank, _order, _width, _products) = (factorTransposed, rank, order, width, products);
        EigenSystem system = SymmetricEigenvectors.Compute(TraceOfRoot.Product(factorTransposed, rank, other, width, products), rank, products);
        Trace = TraceOfRoot.Sum(system.Values, mostRoots);
        double largest = rank == 0 ? 0 : system.Values[^1];
        int[] kept = [.. Enumerable.Range(Math.Max(0, rank - mostRoots), Math.Min(rank, mostRoots)).Where(k => system.Values[k] > Negligible * largest && largest > 0)];
        Roots = Array.ConvertAll(kept, k => Math.Sqrt(system.Values[k]));
        Vectors = new double[(long)kept.Length * rank];
        for (int k = 0; k < kept.Length; k++)
        {
            system.Vector(kept[k]).CopyTo(Vectors.AsSpan(checked(k * rank)));
        }
    }

    /// <summary><c>tr (S1 S2)^1/2</c>.</summary>
    public double Trace { get; }

    /// <summary>The roots above rounding, ascending.</summary>
    public double[] Roots { get; }

    /// <summary>A direction a row, <c>[roots, rank]</c>.</summary>
    public double[] Vectors { get; }

    /// <summary>From a factor of S1, such as its centred rows over the root of N - 1.</summary>
    public static CovarianceRoot FromFactor(double[] factorTransposed, int rank, double[] other, int width, int mostRoots, IMatrixProducts products) =>
        new(factorTransposed, rank, null, other, width, mostRoots, products);

    /// <summary>From both covariances.</summary>
    public static CovarianceRoot FromCovariances(double[] first, double[] second, int width, int mostRoots, IMatrixProducts products)
    {
        (double[] factor, int rank, int[] order) = TraceOfRoot.Factor(first, width, products);
        return new CovarianceRoot(factor, rank, order, second, width, mostRoots, products);
    }

    /// <summary>W2 <c>[roots, D]</c>.</summary>
    public double[] MapOfSecond()
    {
        double[] map = new double[(long)Roots.Length * _width], factor = new double[(long)_width * _rank];
        for (int k = 0; k < _rank; k++)
        {
            for (int d = 0; d < _width; d++)
            {
                factor[((long)d * _rank) + k] = _factorTransposed[((long)k * _width) + d];
            }
        }

        _products.MultiplyTransposed(Vectors, factor, map, Roots.Length, _width, _rank);
        for (int k = 0; k < Roots.Length; k++)
        {
            VectorKernels.Scale(map.AsSpan(checked(k * _width), _width), 1 / Math.Sqrt(Roots[k]));
        }

        return map;
    }

    /// <summary>W1 <c>[roots, D]</c>; only for roots of covariances. It looks at the features that were pivots, which the others follow.</summary>
    public double[] MapOfFirst()
    {
        int[] order = _order ?? throw new InvalidOperationException("A map of the first needs its covariance.");
        double[] triangle = new double[(long)_rank * _rank], reversed = new double[(long)_rank * _rank], part = new double[(long)Roots.Length * _rank];
        for (int k = 0; k < _rank; k++)
        {
            for (int t = k; t < _rank; t++)
            {
                triangle[((long)k * _rank) + t] = _factorTransposed[((long)(_rank - 1 - k) * _width) + order[t]];
            }
        }

        TriangularInverse.Invert(triangle, _rank, _products);
        for (int t = 0; t < _rank; t++)
        {
            for (int k = t; k < _rank; k++)
            {
                reversed[((long)t * _rank) + _rank - 1 - k] = triangle[((long)t * _rank) + k];
            }
        }

        _products.MultiplyTransposed(Vectors, reversed, part, Roots.Length, _rank, _rank);
        double[] map = new double[(long)Roots.Length * _width];
        for (int k = 0; k < Roots.Length; k++)
        {
            double scale = Math.Sqrt(Roots[k]);
            for (int t = 0; t < _rank; t++)
            {
                map[((long)k * _width) + order[t]] = scale * part[((long)k * _rank) + t];
            }
        }

        return map;
    }
}
