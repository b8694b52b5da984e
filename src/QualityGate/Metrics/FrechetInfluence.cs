using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>
/// What leaving out each image of a set does to FID, in closed form. Without an image x (less the mean) of N the covariance is <c>a (S - c x x^T)</c>, with
/// <c>a = (N - 1) / (N - 2)</c> and <c>c = N / (N - 1)^2</c>, and the trace of the root changes by <c>-(c / 2) q - (c^2 / 4) K</c> to second order: <c>q = x^T T x</c> with T the transport map to
/// the other set, <c>K = sum p_j p_k / (s_j + s_k)</c> over the parts p of q along the directions of the root and its eigenvalues s. Both are kept in <c>-c q / (1 + (1 - h)^1/2)</c>,
/// <c>h = 2 c K / q</c>, which is exact when all roots are equal and stays finite when an image holds up a direction alone (N at most D).
/// </summary>
internal sealed class FrechetInfluence
{
    private const int TileRows = 256;

    private readonly CovarianceRoot _root;
    private readonly double[] _reciprocals;
    private readonly int _nodes;
    private readonly IMatrixProducts _products;
    private readonly CancellationToken _cancellation;

    public FrechetInfluence(CovarianceRoot root, IMatrixProducts products, CancellationToken cancellation)
    {
        (_root, _products, _cancellation) = (root, products, cancellation);
        (_reciprocals, _nodes) = ReciprocalSums(root.Roots);
    }

    /// <summary>The change of FID without each image of a side with more than two.</summary>
    /// <param name="side">The side.</param>
    /// <param name="toOther">The other side's mean less this one's.</param>
    /// <param name="trace">Trace of the side's covariance.</param>
    /// <param name="map">W of the side's transport map <c>W^T W</c>; null when the side's centred rows are the factor of the root.</param>
    public double[] Changes(FrechetSide side, double[] toOther, double trace, double[]? map)
    {
        FeatureMatrix rows = side.Rows!;
        double[] changes = new double[rows.Count];
        ParallelOptions options = new() { CancellationToken = _cancellation };
        Parallel.For(0, (rows.Count + TileRows - 1) / TileRows, options, tile =>
        {
            int start = tile * TileRows, count = Math.Min(TileRows, rows.Count - start), roots = _root.Roots.Length;
            double[] centred = new double[count * side.Width], parts = new double[count * roots], sums = new double[count * _nodes];
            MomentAccumulator.Centre(rows, side.Mean, start, count, centred);
            FillParts(parts, map, centred, start, count, side);
            _products.MultiplyTile(parts, _reciprocals, sums, count, _nodes, roots);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> x = centred.AsSpan(i * side.Width, side.Width), nodes = sums.AsSpan(i * _nodes, _nodes);
                Removal removal = new(VectorKernels.Dot(x, x), VectorKernels.Dot(x, toOther), Sum(parts.AsSpan(i * roots, roots)), VectorKernels.Dot(nodes, nodes));
                changes[start + i] = removal.Change(rows.Count, trace, _root.Trace);
            }
        });
        return changes;
    }

    // Squares along each direction. A factor's own row i is the i-th unit vector times (N - 1)^1/2.
    private void FillParts(double[] parts, double[]? map, double[] centred, int start, int count, FrechetSide side)
    {
        int roots = _root.Roots.Length, images = side.Images;
        if (map is not null)
        {
            _products.MultiplyTile(centred, map, parts, count, roots, side.Width);
            for (int i = 0; i < parts.Length; i++)
            {
                parts[i] *= parts[i];
            }

            return;
        }

        for (int k = 0; k < roots; k++)
        {
            for (int i = 0; i < count; i++)
            {
                double v = _root.Vectors[((long)k * images) + start + i];
                parts[(i * roots) + k] = (images - 1) * _root.Roots[k] * v * v;
            }
        }
    }

    // 1 / x as the integral of exp(t - x exp(t)) by the trapezoidal rule, five digits at this step: K becomes a sum of some 40 squares.
    private static (double[] Rows, int Count) ReciprocalSums(double[] roots)
    {
        const double step = 0.75, lowest = -12, highest = 3;
        if (roots.Length == 0)
        {
            return ([], 0);
        }

        double first = lowest - Math.Log(2 * roots[^1]);
        int count = (int)Math.Ceiling((highest - Math.Log(2 * roots[0]) - first) / step) + 1;
        double[] rows = new double[count * roots.Length];
        for (int q = 0; q < count; q++)
        {
            double rate = Math.Exp(first + (q * step)), weight = Math.Sqrt(step * rate);
            for (int k = 0; k < roots.Length; k++)
            {
                rows[(q * roots.Length) + k] = weight * Math.Exp(-rate * roots[k]);
            }
        }

        return (rows, count);
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

    /// <summary>What is known of one image: its squared length, its product with the difference of means, q and K.</summary>
    private readonly record struct Removal(double Squares, double Along, double Transported, double Curvature)
    {
        public double Change(double n, double trace, double root)
        {
            double a = (n - 1) / (n - 2), c = n / ((n - 1) * (n - 1));
            double means = (2 * Along / (n - 1)) + (Squares / ((n - 1) * (n - 1)));
            double share = Transported > 0 ? Math.Min(1, 2 * c * Curvature / Transported) : 0;
            double less = c * Transported / (1 + Math.Sqrt(1 - share));
            return means + (trace / (n - 2)) - (a * c * Squares) - (2 * ((Math.Sqrt(a) * (root - less)) - root));
        }
    }
}
