namespace QualityGate.Metrics;

/// <summary>Standard error and bias of FID, from what leaving out each image does to it.</summary>
internal static class FrechetNoise
{
    private const double FewestAFeature = 5;

    /// <summary>
    /// The jackknife's standard error. It counts twice what is quadratic in the noise (Efron and Stein, 1981), which near equal sets is all there is: that part, as it is for
    /// normal features, is taken off once, and never more than half of the whole.
    /// </summary>
    /// <param name="influence">Both sides.</param>
    /// <param name="roots">Eigenvalues of the root of the product of the covariances.</param>
    public static double StandardError(MetricInfluence influence, double[] roots)
    {
        double jackknife = MetricInfluence.Variance(influence.Reference) + MetricInfluence.Variance(influence.Candidate);
        return Math.Sqrt(Math.Max(jackknife - Quadratic(roots, influence.Reference.Length, influence.Candidate.Length), jackknife / 2));
    }

    /// <summary>How much higher the value is, in the mean over sets of this size, for this side's finite number of images: the jackknife's estimate.</summary>
    public static double Bias(double[] changes) => changes.Length == 0 ? 0 : (changes.Length - 1) * changes.Average();

    /// <summary>
    /// The table of the bias; what lies below 0 without it is left there, as an unbiased estimate must. With few images a feature the estimate is too small by more than
    /// the error, and there is no interval.
    /// </summary>
    /// <param name="distance">FID.</param>
    /// <param name="bias">Its bias.</param>
    /// <param name="error">Its standard error, if it is known.</param>
    /// <param name="imagesAFeature">Of the smaller set.</param>
    /// <param name="confidence">Confidence of the interval.</param>
    public static MetricTable BiasTable(double distance, double bias, double? error, double imagesAFeature, double confidence)
    {
        double? reach = imagesAFeature < FewestAFeature ? null : error * MetricIntervals.Quantile(confidence);
        return new MetricTable(
            "fid.bias", ["bias", "without_bias", "low", "high"], [[bias, distance - bias, distance - bias - reach, distance - bias + reach]])
        {
            Caption = "What of FID the number of images alone accounts for, by the jackknife, and the distance of the populations without it, with its interval.",
        };
    }

    // The second differential of FID is 2 |dm|^2 + sum (dS)_kl^2 / (s_k + s_l) in the coordinates in which both covariances are diag(s), with dm and dS the differences
    // of the two sides' perturbations. For normal features of those covariances this is the variance of one half of it.
    private static double Quadratic(double[] roots, double references, double candidates)
    {
        double squares = 0, pairs = 0;
        foreach (double s in roots)
        {
            squares += s * s;
            foreach (double t in roots)
            {
                double parallel = s * t / (s + t);
                pairs += parallel * parallel;
            }
        }

        double each = (1 / references) + (1 / candidates);
        return (8 * squares / (references * candidates)) + (each * each * (pairs + (squares / 4)));
    }
}
