using QualityGate.Numerics.Engine;

namespace QualityGate.Tests.Numerics.Engine;

public sealed class MatrixEngineTests
{
    // Odd sizes, one row, fewer right rows than the engine pads to, several tiles, several pieces of k.
    public static TheoryData<int, int, int> Sizes => new()
    {
        { 1, 1, 1 }, { 1, 70, 33 }, { 2, 65, 128 }, { 7, 13, 300 }, { 65, 64, 257 }, { 257, 66, 130 }, { 513, 100, 64 }, { 30, 200, 1 },
    };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Row_products_equal_a_plain_loop(int m, int n, int k)
    {
        (double[] left, double[] right) = (Random(m * k, 1), Random(n * k, 2));
        double[] expected = new double[m * n];
        for (int i = 0; i < m; i++)
        {
            for (int j = 0; j < n; j++)
            {
                for (int t = 0; t < k; t++) expected[(i * n) + j] += left[(i * k) + t] * right[(j * k) + t];
            }
        }

        using var engine = new MatrixEngine(threads: 2);
        double[] actual = new double[m * n];
        engine.MultiplyTransposed(left, right, actual, m, n, k);
        AssertClose(expected, actual, 1e-14 * k);
        float[] single = new float[m * n];
        engine.MultiplyTransposed(ToSingle(left), ToSingle(right), single, m, n, k);

        // Two roundings of the inputs and k of the sum, each half of 2^-23 of values below 1.
        AssertClose(expected, Array.ConvertAll(single, value => (double)value), 1.2e-7 * (k + 2));
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(10, 5, 3)]
    [InlineData(300, 17, 40)]
    [InlineData(129, 65, 65)]
    public void Column_products_equal_a_plain_loop(int n, int d, int e)
    {
        (double[] left, double[] right) = (Random(n * d, 1), Random(n * e, 2));
        double[] expected = new double[d * e];
        for (int t = 0; t < n; t++)
        {
            for (int i = 0; i < d; i++)
            {
                for (int j = 0; j < e; j++) expected[(i * e) + j] += left[(t * d) + i] * right[(t * e) + j];
            }
        }

        using var engine = new MatrixEngine(threads: 2);
        double[] actual = new double[d * e];
        engine.TransposedMultiply(left, right, actual, n, d, e);
        AssertClose(expected, actual, 1e-14 * n);
    }

    [Theory]
    [MemberData(nameof(Sizes))]
    public void The_number_of_threads_changes_no_bit(int m, int n, int k)
    {
        (double[] left, double[] right) = (Random(m * k, 3), Random(n * k, 4));
        using var one = new MatrixEngine(threads: 1);
        (float[] single, double[] rows, double[] columns) expected = All(one, left, right, m, n, k);
        foreach (int threads in (int[])[2, 3, 8])
        {
            using var engine = new MatrixEngine(threads);
            (float[] single, double[] rows, double[] columns) actual = All(engine, left, right, m, n, k);
            Assert.Equal(expected.single, actual.single);
            Assert.Equal(expected.rows, actual.rows);
            Assert.Equal(expected.columns, actual.columns);
        }
    }

    [Fact]
    public void Two_rows_have_the_same_product_wherever_they_stand()
    {
        const int m = 300, n = 150, k = 700;
        float[] left = ToSingle(Random(m * k, 5));
        float[] right = ToSingle(Random(n * k, 6));
        using var engine = new MatrixEngine(threads: 2);
        float[] all = new float[m * n];
        engine.MultiplyTransposed(left, right, all, m, n, k);
        float[] one = new float[1];
        foreach ((int i, int j) in ((int, int)[])[(0, 0), (m - 1, n - 1), (128, 64), (17, 149)])
        {
            engine.MultiplyTransposed(left.AsSpan(i * k, k), right.AsSpan(j * k, k), one, 1, 1, k);
            Assert.Equal(all[(i * n) + j], one[0]);
            engine.MultiplyTransposed(right.AsSpan(j * k, k), left.AsSpan(i * k, k), one, 1, 1, k);
            Assert.Equal(all[(i * n) + j], one[0]);
        }
    }

    [Fact]
    public void Empty_matrices_have_products_of_zeros()
    {
        using var engine = new MatrixEngine(threads: 1);
        float[] product = [1, 2];
        engine.MultiplyTransposed([], ReadOnlySpan<float>.Empty, product, 1, 2, 0);
        Assert.Equal([0, 0], product);
        engine.TransposedMultiply([], [], [], 0, 0, 3);
    }

    [Fact]
    public void A_buffer_of_the_wrong_length_is_refused()
    {
        using var engine = new MatrixEngine();
        ArgumentException error = Assert.Throws<ArgumentException>(() => engine.MultiplyTransposed(new float[6], new float[6], new float[3], 2, 2, 3));
        Assert.Contains("3 values are not 2 rows of 2", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_disposed_engine_refuses_work()
    {
        var engine = new MatrixEngine();
        engine.Dispose();
        Assert.Throws<ObjectDisposedException>(() => engine.MultiplyTransposed(new double[1], new double[1], new double[1], 1, 1, 1));
    }

    private static (float[] Single, double[] Rows, double[] Columns) All(MatrixEngine engine, double[] left, double[] right, int m, int n, int k)
    {
        float[] single = new float[m * n];
        engine.MultiplyTransposed(ToSingle(left), ToSingle(right), single, m, n, k);
        double[] rows = new double[m * n];
        engine.MultiplyTransposed(left, right, rows, m, n, k);
        double[] columns = new double[m * n];
        engine.TransposedMultiply(left, right, columns, k, m, n);
        return (single, rows, columns);
    }

    private static double[] Random(int count, int seed)
    {
        var random = new Random(seed);
        return Enumerable.Range(0, count).Select(_ => (random.NextDouble() * 2) - 1).ToArray();
    }

    private static float[] ToSingle(double[] values) => Array.ConvertAll(values, value => (float)value);

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}]: {actual[i]:R}, not {expected[i]:R}");
        }
    }
}
