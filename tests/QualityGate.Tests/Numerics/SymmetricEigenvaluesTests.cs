using MathNet.Numerics.LinearAlgebra;
using QualityGate.Numerics.Engine;
using QualityGate.Numerics.Linear;

namespace QualityGate.Tests.Numerics;

public sealed class SymmetricEigenvaluesTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(40)]
    [InlineData(32)]
    [InlineData(33)]
    [InlineData(34)]
    [InlineData(65)]
    [InlineData(133)]
    [InlineData(257)]
    [InlineData(383)]
    [InlineData(384)]
    [InlineData(421)]
    public void Random_symmetric_matrices_have_the_eigenvalues_that_MathNet_finds(int n)
    {
        Matrix<double> a = Matrix<double>.Build.Random(n, n, seed: n);
        Matrix<double> symmetric = a + a.Transpose();
        double[] expected = [.. symmetric.Evd(Symmetricity.Symmetric).EigenValues.Select(z => z.Real).Order()];
        double[] actual = SymmetricEigenvalues.Compute(symmetric.ToRowMajorArray(), n, new PlainProducts());
        double tolerance = 1e-13 * n * Math.Max(Math.Abs(expected[0]), Math.Abs(expected[^1]));
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    // The second difference matrix has the eigenvalues 2 - 2 cos(pi k / (n + 1)).
    [Theory]
    [InlineData(5)]
    [InlineData(64)]
    public void The_second_difference_matrix_has_its_known_spectrum(int n)
    {
        double[] matrix = new double[n * n];
        for (int i = 0; i < n; i++)
        {
            matrix[(i * n) + i] = 2;
            if (i > 0)
            {
                matrix[(i * n) + i - 1] = matrix[((i - 1) * n) + i] = -1;
            }
        }

        double[] actual = SymmetricEigenvalues.Compute(matrix, n, new PlainProducts());
        for (int k = 1; k <= n; k++)
        {
            Assert.Equal(2 - (2 * Math.Cos(Math.PI * k / (n + 1))), actual[k - 1], 13);
        }
    }

    // A = Q diag(l) Q^T with a random orthogonal Q has the eigenvalues l, also where they repeat or span thirty orders of magnitude.
    [Theory]
    [InlineData("repeated", 90)]
    [InlineData("graded", 120)]
    [InlineData("low rank", 150)]
    [InlineData("clustered", 400)]
    public void A_spectrum_that_was_put_in_comes_out(string kind, int n)
    {
        double[] spectrum = [.. Enumerable.Range(0, n).Select(i => kind switch
        {
            "repeated" => (i % 3) - 1.0,
            "graded" => Math.Pow(10, 15 - (30.0 * i / n)),
            "low rank" => i < 5 ? i + 1 : 0,
            _ => 1 + (1e-12 * i),
        }).Order()];
        Matrix<double> q = Matrix<double>.Build.Random(n, n, seed: n).QR().Q;
        Matrix<double> a = q * Matrix<double>.Build.DenseOfDiagonalArray(spectrum) * q.Transpose();
        double[] actual = SymmetricEigenvalues.Compute(((a + a.Transpose()) / 2).ToRowMajorArray(), n, new PlainProducts());
        double tolerance = 2e-14 * n * spectrum.Max(Math.Abs);
        Assert.All(spectrum.Zip(actual), pair => Assert.InRange(pair.Second, pair.First - tolerance, pair.First + tolerance));
    }

    // Wilkinson's matrix: pairs of eigenvalues that agree to fifteen digits. The largest of W21+ is 10.746194182903393.
    [Fact]
    public void Wilkinsons_matrix_has_its_known_largest_pair()
    {
        double[] matrix = new double[21 * 21];
        for (int i = 0; i < 21; i++)
        {
            matrix[(i * 21) + i] = Math.Abs(i - 10);
            if (i > 0)
            {
                matrix[(i * 21) + i - 1] = matrix[((i - 1) * 21) + i] = 1;
            }
        }

        double[] actual = SymmetricEigenvalues.Compute(matrix, 21, new PlainProducts());
        Assert.Equal(10.746194182903393, actual[20], 13);
        Assert.Equal(10.746194182903322, actual[19], 13);
    }

    [Fact]
    public void Products_of_another_engine_and_repeated_runs_give_the_same_spectrum()
    {
        using MatrixEngine one = new(threads: 1), four = new(threads: 4);
        Matrix<double> a = Matrix<double>.Build.Random(420, 420, seed: 5);
        double[] matrix = (a + a.Transpose()).ToRowMajorArray();
        double[] first = SymmetricEigenvalues.Compute([.. matrix], 420, one);
        Assert.Equal(first, SymmetricEigenvalues.Compute([.. matrix], 420, four));
        Assert.Equal(first, SymmetricEigenvalues.Compute([.. matrix], 420, one));
    }

    [Fact]
    public void Diagonal_zero_and_rank_one_matrices_are_exact()
    {
        Assert.Equal([-3, 0, 5], SymmetricEigenvalues.Compute([5, 0, 0, 0, -3, 0, 0, 0, 0], 3, new PlainProducts()));
        Assert.Equal([0, 0, 0], SymmetricEigenvalues.Compute(new double[9], 3, new PlainProducts()));
        double[] ones = SymmetricEigenvalues.Compute([.. Enumerable.Repeat(1.0, 36)], 6, new PlainProducts());
        Assert.Equal(6, ones[^1], 13);
        Assert.All(ones[..^1], value => Assert.InRange(value, -1e-14, 1e-14));
    }

    [Fact]
    public void A_matrix_with_NaN_is_refused_and_does_not_hang() =>
        Assert.Throws<ArithmeticException>(() => SymmetricEigenvalues.Compute([1, double.NaN, double.NaN, 1], 2, new PlainProducts()));
}
