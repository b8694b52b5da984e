using QualityGate.Metrics;

namespace QualityGate.Anomaly.Evaluation;

/// <summary>Numbers that sum up scores whose truth is known.</summary>
public static class AreaUnderCurve
{
    /// <summary>
    /// Area under the ROC curve: the probability that an anomalous image scores higher than a normal one, a tie counting one half
    /// (Mann and Whitney), in [0, 1], higher is better, 0.5 is chance. O(n log n).
    /// </summary>
    /// <param name="scores">Scores, higher is more anomalous.</param>
    /// <param name="anomalous">The truth, one a score.</param>
    /// <exception cref="ArgumentException">Different lengths, a NaN, or only one kind.</exception>
    public static double Of(double[] scores, bool[] anomalous)
    {
        LabelledScores labelled = LabelledScores.Of(scores, anomalous);
        double[] ranks = RankCorrelation.Ranks(scores);
        double sum = 0, m = labelled.AnomalousCount;
        for (int i = 0; i < ranks.Length; i++)
        {
            sum += anomalous[i] ? ranks[i] : 0;
        }

        return (sum - (m * (m - 1) / 2)) / (m * labelled.NormalCount);
    }

    /// <summary>
    /// Average precision: precision at each distinct score, weighted by the gain in recall, without interpolation, in [0, 1], higher is better;
    /// chance gives about the share of anomalous images.
    /// </summary>
    /// <param name="scores">Scores, higher is more anomalous.</param>
    /// <param name="anomalous">The truth, one a score.</param>
    /// <exception cref="ArgumentException">Different lengths, a NaN, or only one kind.</exception>
    public static double AveragePrecision(double[] scores, bool[] anomalous)
    {
        double sum = 0, before = 0;
        foreach (ConfusionCounts step in LabelledScores.Of(scores, anomalous).Steps())
        {
            sum += (step.TruePositiveRate - before) * step.Precision;
            before = step.TruePositiveRate;
        }

        return sum;
    }

    /// <summary>The threshold with the largest J (Youden 1950); of equally good ones the smallest, which misses least.</summary>
    /// <param name="scores">Scores, higher is more anomalous.</param>
    /// <param name="anomalous">The truth, one a score.</param>
    /// <exception cref="ArgumentException">Different lengths, a NaN, or only one kind.</exception>
    public static ConfusionCounts YoudenThreshold(double[] scores, bool[] anomalous)
    {
        LabelledScores labelled = LabelledScores.Of(scores, anomalous);
        ConfusionCounts? best = null;
        long most = long.MinValue;
        foreach (ConfusionCounts step in labelled.Steps())
        {
            // J times both counts, in whole numbers, so that ties are ties.
            long gain = (step.TruePositives * labelled.NormalCount) - (step.FalsePositives * labelled.AnomalousCount);
            if (gain >= most)
            {
                (best, most) = (step, gain);
            }
        }

        return best!;
    }
}
