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
    private const int BasisStream = 5;

    /// <summary>From this shrinkage on, variances stay as they are.</summary>
    public const double NotEvened = 1000;

    /// <summary>At most as many rows as a start looks at, evenly from all.</summary>
    public static int[] Spread(int[] rows)
    {
        int count = Math.Min(rows.Length, MostRows);
        return [.. Enumerable.Range(0, count).Select(i => rows[(int)((long)i * rows.Length / count)])];
    }

    public static FeatureProjection Of(FeatureMatrix rows, int[] train, EmbeddingOptions options, double shrinkage)
    {
        // One thread, so that their number changes no bit; it is a matter of a second.
        using MatrixEngine engine = new(1);
        int[] used = Spread(train);
        int width = rows.Width, dimensions = Math.Min(options.Dimensions, width), count = used.Length;
        double[] mean = Mean(rows, used), centred = Centred(rows, used, mean);
        double[] basis = dimensions < width ? LargestDirections(engine, centred, count, width, dimensions, options.Seed) : Identity(width);
        double[] inside = new double[count * dimensions], matrix = new double[width * dimensions];
        engine.MultiplyTransposed(centred, basis, inside, count, dimensions, width);
        double added = Math.Max(shrinkage * centred.Sum(value => value * value) / count / width, double.Epsilon);
        double[] root = shrinkage >= NotEvened ? Identity(dimensions) : InverseRoot(engine, Covariance(engine, inside, count, dimensions, added), dimensions, added);
        engine.TransposedMultiply(basis, root, matrix, dimensions, width, dimensions);

        // Of mean length 1, so that steps of one size suit all extractors.
        double[] embedded = new double[count * dimensions];
        engine.MultiplyTransposed(inside, root, embedded, count, dimensions, dimensions);
        double length = Enumerable.Range(0, count).Average(i => Math.Sqrt(VectorKernels.Dot(embedded.AsSpan(i * dimensions, dimensions), embedded.AsSpan(i * dimensions, dimensions))));
        double scale = length > 0 ? 1 / length : 1;
        return new FeatureProjection(Array.ConvertAll(mean, value => (float)value), Array.ConvertAll(matrix, value => (float)(value * scale)));
    }

    private static double[] Covariance(MatrixEngine engine, double[] centred, int count, int width, double added)
    {
        double[] covariance = new double[width * width];
        engine.TransposedMultiply(centred, centred, covariance, count, width, width);
        for (int i = 0; i < covariance.Length; i++) covariance[i] /= count;
        for (int i = 0; i < width; i++) covariance[(i * width) + i] += added;
        return covariance;
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

    /// <summary>The inverse root of a symmetric matrix whose eigenvalues are not below <paramref name="least"/>, but for rounding.</summary>
    private static double[] InverseRoot(MatrixEngine engine, double[] matrix, int n, double least)
    {
        EigenSystem system = SymmetricEigenvectors.Compute(matrix, n, engine);
        for (int k = 0; k < n; k++)
        {
            double factor = Math.Pow(Math.Max(system.Values[k], least), -0.25);
            foreach (ref double value in system.Vector(k)) value *= factor;
        }

        double[] root = new double[n * n];
        engine.TransposedMultiply(system.Vectors, system.Vectors, root, n, n, n);
        return root;
    }

    private static double[] Identity(int n)
    {
        double[] identity = new double[n * n];
        for (int i = 0; i < n; i++) identity[i * (n + 1)] = 1;
        return identity;
    }
}
