using QualityGate.Numerics.Linear;
using QualityGate.Numerics.Random;

namespace QualityGate.Numerics.Projection;

/// <summary>
/// The first principal components of a few thousand rows, by block subspace iteration with Rayleigh-Ritz (Halko, Martinsson and Tropp, "Finding Structure with
/// Randomness", 2011). Seeded; rows are cut into blocks of fixed size whose sums are added in order, so the number of threads changes no bit.
/// </summary>
public sealed class PrincipalComponents
{
    private const int BlockRows = 128;
    private const int MostIterations = 30;
    private const double Tolerance = 1e-7;

    private PrincipalComponents(double[][] scores, double[] variances, double total)
    {
        Scores = scores;
        Shares = Array.ConvertAll(variances, v => total > 0 ? v / total : 0);
    }

    /// <summary>Coordinates of each row, the component with the largest variance first.</summary>
    public IReadOnlyList<double[]> Scores { get; }

    /// <summary>Share of the whole variance in each component.</summary>
    public IReadOnlyList<double> Shares { get; }

    /// <summary>Finds the components. A component's sign is chosen so that its largest score is positive.</summary>
    /// <param name="rows">The rows, at least one.</param>
    /// <param name="components">How many are wanted; no more than rows or columns are given.</param>
    /// <param name="cancellation">Stops between iterations.</param>
    /// <param name="threads">Most threads, or null for one a core.</param>
    public static PrincipalComponents Of(FeatureMatrix rows, int components, CancellationToken cancellation, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentOutOfRangeException.ThrowIfLessThan(components, 1);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = threads ?? -1 };
        double[][] centred = Centred(rows, parallel);
        double total = centred.Sum(row => VectorKernels.Dot(row, row));
        int k = Math.Min(components, Math.Min(rows.Count, rows.Width));
        double[][] basis = Start(k, rows.Width);
        double[][] scores = Project(centred, basis, parallel);
        double[] variances = new double[k];
        for (int i = 0; i < MostIterations && total > 0; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            basis = Back(centred, scores, rows.Width, parallel);
            Orthonormalise(basis);
            scores = Project(centred, basis, parallel);
            double[] found = Rotate(scores, basis);
            bool isSettled = Settled(variances, found, total);
            variances = found;
            if (isSettled)
            {
                break;
            }
        }

        FixSigns(scores, k);
        return new PrincipalComponents(scores, variances, total);
    }

    private static double[][] Centred(FeatureMatrix rows, ParallelOptions parallel)
    {
        double[] mean = MomentAccumulator.Mean(rows);
        double[][] centred = new double[rows.Count][];
        Parallel.For(0, rows.Count, parallel, i =>
        {
            double[] row = new double[rows.Width];
            ReadOnlySpan<float> values = rows.Row(i);
            for (int j = 0; j < row.Length; j++)
            {
                row[j] = values[j] - mean[j];
            }

            centred[i] = row;
        });
        return centred;
    }

    private static double[][] Start(int k, int width)
    {
        NumpyRandomState random = new(0);
        double[][] basis = new double[k][];
        for (int c = 0; c < k; c++)
        {
            basis[c] = new double[width];
            for (int j = 0; j < width; j++)
            {
                basis[c][j] = random.NextDouble() - 0.5;
            }
        }

        return basis;
    }

    private static double[][] Project(double[][] rows, double[][] basis, ParallelOptions parallel)
    {
        double[][] scores = new double[rows.Length][];
        Parallel.For(0, rows.Length, parallel, i => scores[i] = Array.ConvertAll(basis, direction => VectorKernels.Dot(rows[i], direction)));
        return scores;
    }

    private static double[][] Back(double[][] rows, double[][] scores, int width, ParallelOptions parallel)
    {
        int k = scores[0].Length, blocks = (rows.Length + BlockRows - 1) / BlockRows;
        double[][][] sums = new double[blocks][][];
        Parallel.For(0, blocks, parallel, b =>
        {
            double[][] sum = [.. Enumerable.Range(0, k).Select(_ => new double[width])];
            for (int i = b * BlockRows; i < Math.Min((b + 1) * BlockRows, rows.Length); i++)
            {
                for (int c = 0; c < k; c++)
                {
                    VectorKernels.AddScaled(sum[c], scores[i][c], rows[i]);
                }
            }

            sums[b] = sum;
        });
        for (int b = 1; b < blocks; b++)
        {
            for (int c = 0; c < k; c++)
            {
                VectorKernels.AddScaled(sums[0][c], 1, sums[b][c]);
            }
        }

        return sums[0];
    }

    // Gram-Schmidt twice is as good as Householder. A direction that vanishes (fewer dimensions than asked for) stays zero.
    private static void Orthonormalise(double[][] basis)
    {
        for (int c = 0; c < basis.Length; c++)
        {
            double before = Math.Sqrt(VectorKernels.Dot(basis[c], basis[c]));
            for (int pass = 0; pass < 2; pass++)
            {
                for (int p = 0; p < c; p++)
                {
                    VectorKernels.AddScaled(basis[c], -VectorKernels.Dot(basis[c], basis[p]), basis[p]);
                }
            }

            double norm = Math.Sqrt(VectorKernels.Dot(basis[c], basis[c]));
            VectorKernels.Scale(basis[c], norm > 1e-12 * before && norm > 0 ? 1 / norm : 0);
        }
    }

    private static double[] Rotate(double[][] scores, double[][] basis)
    {
        int k = basis.Length;
        double[] gram = new double[k * k];
        foreach (double[] row in scores)
        {
            for (int a = 0; a < k; a++)
            {
                for (int b = 0; b < k; b++)
                {
                    gram[(a * k) + b] += row[a] * row[b];
                }
            }
        }

        (double[] values, double[][] vectors) = SmallEigenvectors.Of(gram, k);
        foreach (double[] row in scores)
        {
            Array.ConvertAll(vectors, vector => VectorKernels.Dot(vector, row)).CopyTo(row, 0);
        }

        return Array.ConvertAll(values, v => Math.Max(0, v));
    }

    private static bool Settled(double[] before, double[] now, double total)
    {
        for (int c = 0; c < Math.Min(2, now.Length); c++)
        {
            if (Math.Abs(now[c] - before[c]) > Tolerance * total)
            {
                return false;
            }
        }

        return true;
    }

    private static void FixSigns(double[][] scores, int k)
    {
        for (int c = 0; c < k; c++)
        {
            double largest = scores.Select(row => row[c]).MaxBy(Math.Abs);
            foreach (double[] row in scores)
            {
                row[c] = largest < 0 ? -row[c] : row[c];
            }
        }
    }
}
