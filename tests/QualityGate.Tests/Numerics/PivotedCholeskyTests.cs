using MathNet.Numerics.LinearAlgebra;
using QualityGate.Numerics.Linear;

namespace QualityGate.Tests.Numerics;

public sealed class PivotedCholeskyTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 5)]
    [InlineData(64, 64)]
    [InlineData(65, 65)]
    [InlineData(200, 200)]
    [InlineData(150, 20)]
    [InlineData(300, 64)]
    [InlineData(300, 130)]
    public void The_factor_times_itself_is_the_matrix_and_the_rank_is_found(int n, int rank)
    {
        Matrix<double> x = Matrix<double>.Build.Random(rank, n, seed: n + rank);
        Matrix<double> s = x.TransposeThisAndMultiply(x);
        (double[] factor, int found) = PivotedCholesky.Compute(s.ToRowMajorArray(), n, new PlainProducts());
        Assert.Equal(rank, found);
        Matrix<double> f = Matrix<double>.Build.DenseOfRowMajor(found, n, factor);
        double error = (f.TransposeThisAndMultiply(f) - s).ToRowMajorArray().Max(Math.Abs);
        Assert.InRange(error, 0, 1e-13 * n * s.Diagonal().Maximum());
    }

    [Fact]
    public void Features_that_never_vary_leave_no_column()
    {
        double[] matrix = new double[100];
        (matrix[33], matrix[77]) = (4, 9);
        (double[] factor, int rank) = PivotedCholesky.Compute(matrix, 10, new PlainProducts());
        Assert.Equal(2, rank);
        Assert.Equal(3, factor[7]);
        Assert.Equal(2, factor[13]);
        Assert.Equal(0, PivotedCholesky.Compute(new double[16], 4, new PlainProducts()).Rank);
    }
}
