using MathNet.Numerics.LinearAlgebra;
using QualityGate.Numerics;
using QualityGate.Numerics.Projection;
using QualityGate.Numerics.Random;

namespace QualityGate.Tests.Numerics;

public sealed class ProjectionTests
{
    [Fact]
    public void Components_are_the_eigenvectors_of_the_covariance()
    {
        const int count = 300, width = 12;
        DenseFeatureMatrix rows = Stretched(count, width);
        PrincipalComponents found = PrincipalComponents.Of(rows, 5, CancellationToken.None);
        Matrix<double> data = Matrix<double>.Build.Dense(count, width, (i, j) => rows.Row(i)[j]);
        Vector<double> mean = data.ColumnSums() / count;
        Matrix<double> centred = Matrix<double>.Build.Dense(count, width, (i, j) => data[i, j] - mean[j]);
        var decomposition = (centred.Transpose() * centred).Evd(Symmetricity.Symmetric);
        double total = decomposition.EigenValues.Sum(v => v.Real);
        for (int c = 0; c < 2; c++)
        {
            int at = width - 1 - c;
            Assert.Equal(decomposition.EigenValues[at].Real / total, found.Shares[c], 1e-6);
            Vector<double> expected = centred * decomposition.EigenVectors.Column(at);
            double sign = expected.AbsoluteMaximumIndex() is var largest && expected[largest] < 0 ? -1 : 1;
            for (int i = 0; i < count; i++) Assert.Equal(sign * expected[i], found.Scores[i][c], 1e-2);
        }
    }

    [Fact]
    public void Rows_in_fewer_dimensions_than_asked_for_give_zeros()
    {
        DenseFeatureMatrix line = new([.. Enumerable.Range(0, 40).SelectMany(i => new float[] { i, 2 * i, 0 })], 40, 3);
        PrincipalComponents found = PrincipalComponents.Of(line, 3, CancellationToken.None);
        Assert.Equal(1, found.Shares[0], 1e-9);
        Assert.All(found.Scores, s => Assert.Equal(0, s[1], 1e-6));
        PrincipalComponents same = PrincipalComponents.Of(new DenseFeatureMatrix(new float[20], 10, 2), 2, CancellationToken.None);
        Assert.All(same.Scores, s => Assert.Equal([0, 0], s));
    }

    [Fact]
    public void The_number_of_threads_changes_no_bit()
    {
        DenseFeatureMatrix rows = Stretched(400, 16);
        PrincipalComponents one = PrincipalComponents.Of(rows, 8, CancellationToken.None, threads: 1), many = PrincipalComponents.Of(rows, 8, CancellationToken.None, threads: 7);
        for (int i = 0; i < rows.Count; i++) Assert.Equal(one.Scores[i], many.Scores[i]);
        (double[] x, double[] y) = StochasticNeighbours.Place(one.Scores, 20, CancellationToken.None, threads: 1);
        (double[] x7, double[] y7) = StochasticNeighbours.Place(one.Scores, 20, CancellationToken.None, threads: 7);
        Assert.Equal(x, x7);
        Assert.Equal(y, y7);
    }

    [Fact]
    public void Groups_stay_groups_among_neighbours()
    {
        NumpyRandomState random = new(3);
        double[][] rows = [.. Enumerable.Range(0, 150).Select(i => Enumerable.Range(0, 10).Select(d => (d == i % 3 ? 20.0 : 0) + random.NextDouble()).ToArray())];
        (double[] x, double[] y) = StochasticNeighbours.Place(rows, 15, CancellationToken.None);
        Assert.All(x.Concat(y), v => Assert.True(double.IsFinite(v)));
        for (int i = 0; i < rows.Length; i++)
        {
            int nearest = Enumerable.Range(0, rows.Length).Where(j => j != i).MinBy(j => Math.Pow(x[i] - x[j], 2) + Math.Pow(y[i] - y[j], 2));
            Assert.Equal(i % 3, nearest % 3);
        }

        Assert.Equal(0, x.Average(), 1e-9);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(13)]
    public void Few_rows_and_equal_rows_have_finite_places(int count)
    {
        double[][] rows = [.. Enumerable.Range(0, count).Select(_ => new double[] { 1, 2 })];
        (double[] x, double[] y) = StochasticNeighbours.Place(rows, 30, CancellationToken.None);
        Assert.Equal((count, count), (x.Length, y.Length));
        Assert.All(x.Concat(y), v => Assert.True(double.IsFinite(v)));
    }

    // Each column half as wide as the one before it, so that components do not tie.
    private static DenseFeatureMatrix Stretched(int count, int width)
    {
        NumpyRandomState random = new(7);
        return new DenseFeatureMatrix([.. Enumerable.Range(0, count * width).Select(i => (float)((random.NextDouble() - 0.4) * 64 / Math.Pow(1.6, i % width)))], count, width);
    }
}
