namespace QualityGate.Anomaly.Evaluation;

/// <summary>How a threshold does on images whose truth is known: anomalous is what scores at or above it.</summary>
/// <param name="Threshold">The threshold.</param>
/// <param name="TruePositives">Anomalous images that it finds.</param>
/// <param name="FalsePositives">Normal images that it takes for anomalous.</param>
/// <param name="TrueNegatives">Normal images that it leaves alone.</param>
/// <param name="FalseNegatives">Anomalous images that it misses.</param>
public sealed record ConfusionCounts(double Threshold, long TruePositives, long FalsePositives, long TrueNegatives, long FalseNegatives)
{
    /// <summary>Share of the anomalous images that are found; NaN when there are none.</summary>
    public double TruePositiveRate => (double)TruePositives / (TruePositives + FalseNegatives);

    /// <summary>Share of the normal images that are taken for anomalous; NaN when there are none.</summary>
    public double FalsePositiveRate => (double)FalsePositives / (FalsePositives + TrueNegatives);

    /// <summary>Share of the alarms that are right; NaN without an alarm.</summary>
    public double Precision => (double)TruePositives / (TruePositives + FalsePositives);

    /// <summary>Harmonic mean of precision and true positive rate; 0 when nothing is found.</summary>
    public double F1 => TruePositives == 0 ? 0 : 2.0 * TruePositives / ((2 * TruePositives) + FalsePositives + FalseNegatives);

    /// <summary>Share of the images that are judged rightly.</summary>
    public double Accuracy => (double)(TruePositives + TrueNegatives) / (TruePositives + FalsePositives + TrueNegatives + FalseNegatives);

    /// <summary>Youden's J, in [-1, 1]: true positive rate less false positive rate.</summary>
    public double YoudenJ => TruePositiveRate - FalsePositiveRate;

    /// <summary>Overlap of what is found and what is there, over their union, in [0, 1]; NaN when both are empty.</summary>
    public double IntersectionOverUnion => (double)TruePositives / (TruePositives + FalsePositives + FalseNegatives);

    /// <summary>Counts at a threshold.</summary>
    /// <param name="scores">Scores, higher is more anomalous.</param>
    /// <param name="anomalous">The truth, one a score.</param>
    /// <param name="threshold">Scores at or above it are alarms.</param>
    public static ConfusionCounts At(double[] scores, bool[] anomalous, double threshold)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(anomalous);
        long[] counts = new long[4];
        for (int i = 0; i < scores.Length; i++)
        {
            counts[(anomalous[i] ? 2 : 0) + (scores[i] >= threshold ? 1 : 0)]++;
        }

        return new ConfusionCounts(threshold, counts[3], counts[1], counts[0], counts[2]);
    }
}
