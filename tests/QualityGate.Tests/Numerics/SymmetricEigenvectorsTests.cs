using MathNet.Numerics.LinearAlgebra;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Linear;

namespace QualityGate.Tests.Numerics;

public sealed class SymmetricEigenvectorsTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(65)]
    [InlineData(130)]
    [InlineData(257)]
    [InlineData(421)]
    public void Random_symmetric_matrices_are_their_vectors_times_their_values(int n)
    {
        Matrix<double> a = Matrix<double>.Build.Random(n, n, seed: n);
        AssertSystem(a + a.Transpose());
    }

    [Theory]
    [InlineData("zero")]
    [InlineData("identity")]
    [InlineData("low rank")]
    [InlineData("graded")]
    [InlineData("repeated")]
    [InlineData("second difference")]
    [InlineData("glued")]
    public void So_are_matrices_that_break_careless_algorithms(string kind)
    {
        const int n = 150;
        Matrix<double> q = Matrix<double>.Build.Random(n, n, seed: 5).QR().Q;
        Matrix<double> Rotated(Func<int, double> value) => q * Matrix<double>.Build.Diagonal(n, n, value) * q.Transpose();
        AssertSystem(kind switch
        {
            "zero" => Matrix<double>.Build.Dense(n, n),
            "identity" => Matrix<double>.Build.DenseIdentity(n),
            "low rank" => Rotated(i => i < 7 ? i + 1 : 0),
            "graded" => Rotated(i => Math.Pow(10, -i / 10.0)),
            "repeated" => Rotated(i => i / 50),
            "second difference" => Tridiagonal(n, _ => 2, _ => -1),

            // Wilkinson's matrices joined by next to nothing: eigenvalues agree to all digits.
            _ => Tridiagonal(n, i => Math.Abs((i % 25) - 12), i => i % 25 == 0 ? 1e-14 : 1),
        });
    }

    [Fact]
    public void Values_are_those_of_the_route_without_vectors_to_the_bit()
    {
        double[] matrix = (Matrix<double>.Build.Random(90, 200, seed: 2) is { } a ? a * a.Transpose() : null!).ToRowMajorArray();
        Assert.Equal(SymmetricEigenvalues.Compute([.. matrix], 90, new PlainProducts()), SymmetricEigenvectors.Compute([.. matrix], 90, new PlainProducts()).Values);
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        Matrix<double> a = Matrix<double>.Build.Random(300, 300, seed: 8);
        double[] matrix = (a + a.Transpose()).ToRowMajorArray();
        using MatrixEngine one = new(threads: 1), three = new(threads: 3);
        Assert.Equal(SymmetricEigenvectors.Compute([.. matrix], 300, one).Vectors, SymmetricEigenvectors.Compute([.. matrix], 300, three).Vectors);
    }

    [Fact]
    public void A_matrix_with_NaN_is_refused() =>
        Assert.Throws<ArithmeticException>(() => SymmetricEigenvectors.Compute([1, double.NaN, double.NaN, 2], 2, new PlainProducts()));

    [Theory]
    [InlineData(1)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(200)]
    public void A_triangle_times_its_inverse_is_the_identity(int n)
    {
        Matrix<double> triangle = (Matrix<double>.Build.Random(n, n, seed: n) + Matrix<double>.Build.Diagonal(n, n, 3 * Math.Sqrt(n))).UpperTriangle();
        double[] inverse = triangle.ToRowMajorArray();
        TriangularInverse.Invert(inverse, n, new PlainProducts());
        Matrix<double> product = triangle * Matrix<double>.Build.DenseOfRowMajor(n, n, inverse);
        Assert.InRange((product - Matrix<double>.Build.DenseIdentity(n)).L2Norm(), 0, 1e-12);
    }

    private static Matrix<double> Tridiagonal(int n, Func<int, double> diagonal, Func<int, double> below) =>
        Matrix<double>.Build.Dense(n, n, (i, j) => i == j ? diagonal(i) : Math.Abs(i - j) == 1 ? below(Math.Max(i, j)) : 0);

    private static void AssertSystem(Matrix<double> matrix)
    {
        int n = matrix.RowCount;
        EigenSystem system = SymmetricEigenvectors.Compute(matrix.ToRowMajorArray(), n, new PlainProducts());
        Matrix<double> rows = Matrix<double>.Build.DenseOfRowMajor(n, n, system.Vectors);
        double scale = Math.Max(1, system.Values.Max(Math.Abs));
        Assert.InRange((rows * rows.Transpose() - Matrix<double>.Build.DenseIdentity(n)).FrobeniusNorm(), 0, 1e-13 * n);
        Assert.InRange((rows * matrix - Matrix<double>.Build.Diagonal(n, n, system.Values) * rows).FrobeniusNorm() / scale, 0, 2e-13 * n);
        Assert.Equal(system.Values.Order(), system.Values);
    }
}
