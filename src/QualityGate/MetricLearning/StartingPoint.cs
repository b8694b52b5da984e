using QualityGate.Numerics;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Linear;
using QualityGate.Onnx;
using QualityGate.Onnx.Embeddings;

namespace QualityGate.MetricLearning;

/// <summary>
/// Where a head starts from, without labels: the training images' features centred, brought to the directions of largest variance where fewer dimensions are wanted,
/// and those directions evened out by <c>(S + shrinkage mean(S) I)^(-1/2)</c>, S their covariance. Evening out lets fine differences count beside coarse ones, which
/// helps to tell classes apart that nobody trained on.
/// </summary>
internal static class StartingPoint
{
    private const int MostRows = 4096;
    private const int PowerIterations = 4;
    private const int RootIterations = 100;
    private const double RootTolerance = 1e-10;
    private const int BasisStream = 5;

    public static FeatureProjection Of(FeatureMatrix rows, int[] train, EmbeddingOptions options)
    {
        // One thread, so that their number changes no bit; it is a matter of a second.
        using MatrixEngine engine = new(1);
        int width = rows.Width, dimensions = Math.Min(options.Dimensions, width), count = Math.Min(train.Length, MostRows);
        int[] used = [.. Enumerable.Range(0, count).Select(i => train[(int)((long)i * train.Length / count)])];
        double[] mean = Mean(rows, used), centred = Centred(rows, used, mean);
        double[] basis = dimensions < width ? LargestDirections(engine, centred, count, width, dimensions, options.Seed) : Identity(width);
        double[] inside = new double[count * dimensions], covariance = new double[dimensions * dimensions], matrix = new double[width * dimensions];
        engine.MultiplyTransposed(centred, basis, inside, count, dimensions, width);
        engine.TransposedMultiply(inside, inside, covariance, count, dimensions, dimensions);
        double total = centred.Sum(value => value * value) / count, added = Math.Max(options.Shrinkage * total / width, double.Epsilon);
        for (int i = 0; i < covariance.Length; i++) covariance[i] /= count;
        for (int i = 0; i < dimensions; i++) covariance[(i * dimensions) + i] += added;
        double[] root = InverseRoot(engine, covariance, dimensions);
        engine.TransposedMultiply(basis, root, matrix, dimensions, width, dimensions);

        // Of mean length 1, so that steps of one size suit all extractors.
        double[] embedded = new double[count * dimensions];
        engine.MultiplyTransposed(inside, root, embedded, count, dimensions, dimensions);
        double length = Enumerable.Range(0, count).Average(i => Math.Sqrt(VectorKernels.Dot(embedded.AsSpan(i * dimensions, dimensions), embedded.AsSpan(i * dimensions, dimensions))));
        double scale = length > 0 ? 1 / length : 1;
        return new FeatureProjection(Array.ConvertAll(mean, value => (float)value), Array.ConvertAll(matrix, value => (float)(value * scale)));
    }

    private static double[] Mean(FeatureMatrix rows, int[] used)
    {
        double[] mean = new double[rows.Width];
        foreach (int row in used)
        {
            ReadOnlySpan<float> values = rows.Row(row);
            for (int i = 0; i < mean.Length; i++) mean[i] += values[i];
        }

        return Array.ConvertAll(mean, sum => sum / used.Length);
    }

    private static double[] Centred(FeatureMatrix rows, int[] used, double[] mean)
    {
        double[] centred = new double[used.Length * mean.Length];
        for (int r = 0; r < used.Length; r++)
        {
            ReadOnlySpan<float> values = rows.Row(used[r]);
            for (int i = 0; i < mean.Length; i++) centred[(r * mean.Length) + i] = values[i] - mean[i];
        }

        return centred;
    }

    /// <summary>Orthonormal rows that span, nearly, the directions of largest variance: block power iteration.</summary>
    private static double[] LargestDirections(MatrixEngine engine, double[] centred, int count, int width, int dimensions, long seed)
    {
        double[] basis = Array.ConvertAll(NormalWeights.Draw(seed, BasisStream, dimensions * width, 1), value => (double)value), seen = new double[count * dimensions];
        for (int iteration = 0; iteration < PowerIterations; iteration++)
        {
            Orthonormalise(basis, dimensions, width);
            engine.MultiplyTransposed(centred, basis, seen, count, dimensions, width);
            engine.TransposedMultiply(seen, centred, basis, count, dimensions, width);
        }

        Orthonormalise(basis, dimensions, width);
        return basis;
    }

    /// <summary>Gram and Schmidt, each row twice. Rows that depend on those before become zeros.</summary>
    private static void Orthonormalise(double[] basis, int count, int width)
    {
        const double LeastShare = 1e-10;
        for (int i = 0; i < count; i++)
        {
            Span<double> row = basis.AsSpan(i * width, width);
            double before = Math.Sqrt(VectorKernels.Dot(row, row));
            for (int other = 0; other < 2 * i; other++)
            {
                ReadOnlySpan<double> done = basis.AsSpan(other % i * width, width);
                double along = VectorKernels.Dot(row, done);
                for (int j = 0; j < width; j++) row[j] -= along * done[j];
            }

            double length = Math.Sqrt(VectorKernels.Dot(row, row)), factor = length > before * LeastShare ? 1 / length : 0;
            for (int j = 0; j < width; j++) row[j] *= factor;
        }
    }

    /// <summary>The inverse root of a symmetric matrix without zeros among its eigenvalues: Newton's iteration, coupled (Denman and Beavers as products alone).</summary>
    private static double[] InverseRoot(MatrixEngine engine, double[] matrix, int n)
    {
        double norm = Math.Sqrt(VectorKernels.Dot(matrix, matrix));
        double[] y = Array.ConvertAll(matrix, value => value / norm), z = Identity(n), t = new double[n * n];
        for (int iteration = 0; iteration < RootIterations; iteration++)
        {
            // Both are polynomials of the matrix: symmetric, and one product is that with the transpose.
            engine.MultiplyTransposed(z, y, t, n, n, n);
            double off = 0;
            for (int i = 0; i < t.Length; i++)
            {
                double identity = i % (n + 1) == 0 ? 1 : 0;
                off = Math.Max(off, Math.Abs(t[i] - identity));
                t[i] = ((3 * identity) - t[i]) / 2;
            }

            if (off < RootTolerance) break;
            double[] nextY = new double[n * n], nextZ = new double[n * n];
            engine.MultiplyTransposed(y, t, nextY, n, n, n);
            engine.MultiplyTransposed(t, z, nextZ, n, n, n);
            (y, z) = (nextY, nextZ);
        }

        return Array.ConvertAll(z, value => value / Math.Sqrt(norm));
    }

    private static double[] Identity(int n)
    {
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) identity[i * (n + 1)] = 1;
        return identity;
    }
}
