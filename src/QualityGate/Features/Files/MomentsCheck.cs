using System.Globalization;
using QualityGate.Errors;

namespace QualityGate.Features.Files;

/// <summary>Makes moments of a statistics file's two arrays, or says why they cannot be a mean and a covariance.</summary>
internal static class MomentsCheck
{
    // Sums of float32 products differ in about the sixth digit between the two triangles; anything more is another matrix.
    private const double SymmetryTolerance = 1e-5;

    /// <summary>Checks shapes, finiteness, symmetry and the diagonal.</summary>
    /// <exception cref="UserErrorException">The arrays are not the mean and the covariance of anything.</exception>
    public static FeatureMoments Create(
        string path, double[] mean, IReadOnlyList<long> meanShape, double[] covariance, IReadOnlyList<long> covarianceShape, int count)
    {
        int width = mean.Length;
        if (meanShape.Count != 1 || width == 0 || covarianceShape.Count != 2 || covarianceShape[0] != width || covarianceShape[1] != width)
        {
            throw FeatureFileErrors.WrongShape(
                path,
                $"mu has shape {MatrixShape.Text(meanShape)} and sigma {MatrixShape.Text(covarianceShape)}, but [D] and [D, D] are needed");
        }

        CheckFinite(path, "mu", mean, width);
        CheckFinite(path, "sigma", covariance, width);
        CheckSymmetry(path, covariance, width);
        return new FeatureMoments(mean, covariance, count);
    }

    private static void CheckFinite(string path, string name, double[] values, int width)
    {
        int index = Array.FindIndex(values, value => !double.IsFinite(value));
        if (index >= 0)
        {
            string value = values[index].ToString(CultureInfo.InvariantCulture);
            throw new UserErrorException(
                DataErrors.FeaturesNotFinite, $"{path}: {name} is not finite; the first such value is {value} at row {index / width}, column {index % width}.");
        }
    }

    private static void CheckSymmetry(string path, double[] covariance, int width)
    {
        double scale = 0;
        for (int i = 0; i < width; i++)
        {
            scale = Math.Max(scale, Math.Abs(covariance[((long)i * width) + i]));
        }

        for (int i = 0; i < width; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double below = covariance[((long)i * width) + j];
                double above = covariance[((long)j * width) + i];
                if (Math.Abs(below - above) > SymmetryTolerance * scale || (i == j && below < -SymmetryTolerance * scale))
                {
                    FormattableString values = $"sigma is not a covariance: at ({i}, {j}) it is {below} and at ({j}, {i}) {above}";
                    throw FeatureFileErrors.WrongShape(path, FormattableString.Invariant(values));
                }
            }
        }
    }
}
