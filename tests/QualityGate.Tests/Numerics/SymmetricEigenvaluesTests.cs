using MathNet.Numerics.LinearAlgebra;
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
    [InlineData(133)]
    public void Random_symmetric_matrices_have_the_eigenvalues_that_MathNet_finds(int n)
    {
        Matrix<double> a = Matrix<double>.Build.Random(n, n, seed: n);
        Matrix<double> symmetric = a + a.Transpose();
        double[] expected = [.. symmetric.Evd(Symmetricity.Symmetric).EigenValues.Select(z => z.Real).Order()];
        double[] actual = SymmetricEigenvalues.Compute(symmetric.ToRowMajorArray(), n);
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

        double[] actual = SymmetricEigenvalues.Compute(matrix, n);
        for (int k = 1; k <= n; k++)
        {
            Assert.Equal(2 - (2 * Math.Cos(Math.PI * k / (n + 1))), actual[k - 1], 13);
        }
    }

    [Fact]
    public void Diagonal_zero_and_rank_one_matrices_are_exact()
    {
        Assert.Equal([-3, 0, 5], SymmetricEigenvalues.Compute([5, 0, 0, 0, -3, 0, 0, 0, 0], 3));
        Assert.Equal([0, 0, 0], SymmetricEigenvalues.Compute(new double[9], 3));
        double[] ones = SymmetricEigenvalues.Compute([.. Enumerable.Repeat(1.0, 36)], 6);
        Assert.Equal(6, ones[^1], 13);
        Assert.All(ones[..^1], value => Assert.InRange(value, -1e-14, 1e-14));
    }

    [Fact]
    public void A_matrix_with_NaN_is_refused_and_does_not_hang() =>
        Assert.Throws<ArithmeticException>(() => SymmetricEigenvalues.Compute([1, double.NaN, double.NaN, 1], 2));
}
