using QualityGate.Metrics;

namespace QualityGate.Anomaly.Evaluation;

/// <summary>
/// The uncertainty of an area under the ROC curve (DeLong, DeLong and Clarke-Pearson 1988), by midranks in O(n log n) (Sun and Xu 2014).
/// </summary>
public sealed class DeLong
{
    private readonly double[] _anomalous;
    private readonly double[] _normal;

    private DeLong(double area, double[] anomalous, double[] normal)
    {
        (Area, _anomalous, _normal) = (area, anomalous, normal);
        Variance = Covariance(this, this);
    }

    /// <summary>The area under the ROC curve.</summary>
    public double Area { get; }

    /// <summary>Variance of <see cref="Area"/>; NaN with fewer than two images of a kind.</summary>
    public double Variance { get; }

    /// <summary>Number of anomalous images.</summary>
    public int AnomalousCount => _anomalous.Length;

    /// <summary>Number of normal images.</summary>
    public int NormalCount => _normal.Length;

    /// <summary>Area and variance of some scores.</summary>
    /// <param name="scores">Scores, higher is more anomalous.</param>
    /// <param name="anomalous">The truth, one a score.</param>
    /// <exception cref="ArgumentException">Different lengths, a NaN, or only one kind.</exception>
    public static DeLong Of(double[] scores, bool[] anomalous)
    {
        LabelledScores labelled = LabelledScores.Of(scores, anomalous);
        double[] all = RankCorrelation.Ranks(scores);
        double[] above = Placements(labelled, all, ofAnomalous: true), below = Placements(labelled, all, ofAnomalous: false);

        // Among the normal images a placement counts the anomalous ones below; the area's component is what is above.
        return new DeLong(above.Sum() / above.Length, above, Array.ConvertAll(below, share => 1 - share));
    }

    /// <summary>Whether two scorings of the same images differ in their areas.</summary>
    /// <param name="first">Scores, higher is more anomalous.</param>
    /// <param name="second">Other scores of the same images.</param>
    /// <param name="anomalous">The truth, one an image.</param>
    /// <exception cref="ArgumentException">Different lengths, a NaN, or only one kind.</exception>
    public static PairedAreas Compare(double[] first, double[] second, bool[] anomalous)
    {
        DeLong a = Of(first, anomalous), b = Of(second, anomalous);
        double difference = a.Area - b.Area, variance = a.Variance + b.Variance - (2 * Covariance(a, b));

        // Equal scores differ by rounding at most, and 0 / 0 says nothing.
        double z = difference == 0 ? 0 : difference / Math.Sqrt(Math.Max(variance, 0));
        return new PairedAreas(a.Area, b.Area, difference, Math.Sqrt(Math.Max(variance, 0)), z, NormalDistribution.TwoSidedTail(z));
    }

    private static double Covariance(DeLong a, DeLong b) =>
        (Covariance(a._anomalous, b._anomalous) / a.AnomalousCount) + (Covariance(a._normal, b._normal) / a.NormalCount);

    private static double Covariance(double[] a, double[] b)
    {
        double meanA = a.Sum() / a.Length, meanB = b.Sum() / b.Length, sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (a[i] - meanA) * (b[i] - meanB);
        }

        return a.Length > 1 ? sum / (a.Length - 1) : double.NaN;
    }

    // Share of the other kind that lies below each score: its rank among all less its rank among its own.
    private static double[] Placements(LabelledScores labelled, double[] all, bool ofAnomalous)
    {
        double[] own = RankCorrelation.Ranks(labelled.Where(ofAnomalous)), placements = new double[own.Length];
        double others = labelled.Scores.Length - own.Length;
        for (int i = 0, at = 0; i < all.Length; i++)
        {
            if (labelled.Anomalous[i] == ofAnomalous)
            {
                placements[at] = (all[i] - own[at]) / others;
                at++;
            }
        }

        return placements;
    }
}

/// <summary>Two areas on the same images (DeLong's test).</summary>
/// <param name="First">Area of the first scores.</param>
/// <param name="Second">Area of the second.</param>
/// <param name="Difference">First less second.</param>
/// <param name="StandardError">Standard error of the difference.</param>
/// <param name="Z">Difference over its standard error; 0 when they do not differ.</param>
/// <param name="P">Probability of at least this difference, either way, if there were none.</param>
public sealed record PairedAreas(double First, double Second, double Difference, double StandardError, double Z, double P);
