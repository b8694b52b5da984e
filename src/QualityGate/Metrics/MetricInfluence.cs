namespace QualityGate.Metrics;

/// <summary>
/// What each image does to a metric, to first order: the influence function of the metric at the measured sets. A set with more of image i's kind moves the
/// value by <c>Candidate[i]</c> for each unit of share it gains; leaving image i out of N moves it by about <c>-Candidate[i] / (N - 1)</c>.
/// </summary>
/// <param name="Reference">One for each reference image, <c>[N_r]</c>, in the metric's unit, summing to 0; empty when the value does not depend on the reference's sample.</param>
/// <param name="Candidate">One for each candidate image, <c>[N_c]</c>, summing to 0; empty when the value does not depend on the candidate's sample.</param>
/// <remarks>The variance of the value is the sum over both sides of <c>sum(influence^2) / (N (N - 1))</c>. Source: Hampel, "The Influence Curve and Its Role in Robust Estimation", 1974.</remarks>
public sealed record MetricInfluence(double[] Reference, double[] Candidate)
{
    /// <summary>
    /// Standard error of the value by the delta method, when the images of both sides are independent draws. A metric's own <see cref="MetricValue.StandardError"/> knows more of it
    /// where the value is quadratic in the noise, and is the one to use.
    /// </summary>
    public double StandardError() => Math.Sqrt(Variance(Reference) + Variance(Candidate));

    /// <summary>The influences that belong to the changes of a value when each image of a side is left out: <c>-(N - 1)</c> times each less their mean.</summary>
    /// <param name="changes">The value without image i, less the value.</param>
    public static double[] OfChanges(double[] changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return Centred(Array.ConvertAll(changes, c => -(changes.Length - 1) * c));
    }

    /// <summary>The same less their mean, twice, so that they sum to 0 up to the last bit or two.</summary>
    /// <param name="influence">One for each image of a side.</param>
    public static double[] Centred(double[] influence)
    {
        ArgumentNullException.ThrowIfNull(influence);
        for (int round = 0; round < 2 && influence.Length > 0; round++)
        {
            double mean = influence.Sum() / influence.Length;
            influence = Array.ConvertAll(influence, v => v - mean);
        }

        return influence;
    }

    /// <summary>What one side adds to the variance; 0 for fewer than two images.</summary>
    /// <param name="influence">The influences of the side.</param>
    public static double Variance(ReadOnlySpan<double> influence)
    {
        double sum = 0;
        foreach (double value in influence)
        {
            sum += value * value;
        }

        return influence.Length < 2 ? 0 : sum / ((double)influence.Length * (influence.Length - 1));
    }
}

/// <summary>An interval that holds the true value with the run's confidence.</summary>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct MetricInterval(double Low, double High);
