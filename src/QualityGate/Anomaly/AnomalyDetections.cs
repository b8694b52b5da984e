using QualityGate.Anomaly.Evaluation;

namespace QualityGate.Anomaly;

/// <summary>How well scores tell labelled images apart.</summary>
internal static class AnomalyDetections
{
    public static (AnomalyDetection? Detection, string? Reason) Detect(
        AnomalyScores? reference, AnomalyScores candidate, AnomalyLabels? labels, AnomalyRate? rate, AnomalyOptions options)
    {
        if (labels is null)
        {
            return (null, "no labels say which images are anomalous");
        }

        (double[] Anomalous, string[] Classes) found = AnomaliesOf(candidate, labels);
        double[] normal = [.. candidate.Scores.Where((_, i) => labels.IsAnomalous(i) == false)];
        string against = normal.Length > 0 ? "candidate" : "reference";
        normal = normal.Length > 0 ? normal : reference?.Scores ?? [];
        return found.Anomalous.Length == 0 ? (null, "no image is labelled as anomalous")
            : normal.Length == 0 ? (null, "no image is labelled as normal, and there is no reference")
            : (Of(found.Anomalous, found.Classes, normal, against, rate, options), null);
    }

    private static (double[] Scores, string[] Classes) AnomaliesOf(AnomalyScores candidate, AnomalyLabels labels)
    {
        int[] rows = [.. Enumerable.Range(0, candidate.Count).Where(i => labels.IsAnomalous(i) == true)];
        return (Array.ConvertAll(rows, i => (double)candidate.Score[i]), Array.ConvertAll(rows, i => labels.Classes[i]!));
    }

    private static AnomalyDetection Of(double[] anomalies, string[] classes, double[] normal, string against, AnomalyRate? rate, AnomalyOptions options)
    {
        (double[] scores, bool[] truth) = Joined(anomalies, normal);
        RocCurve curve = RocCurve.Of(scores, truth);
        ConfusionCounts youden = AreaUnderCurve.YoudenThreshold(scores, truth);

        // The reference's quantile must be exceeded, the others reached.
        double threshold = options.Threshold ?? (rate is null ? youden.Threshold : Math.BitIncrement(rate.Limit));
        return new AnomalyDetection(
            AnomalyArea.Of(scores, truth, options),
            against,
            AreaUnderCurve.AveragePrecision(scores, truth),
            curve.Thinned(options.MostRocPoints),
            youden,
            ConfusionCounts.At(scores, truth, threshold) with { Threshold = options.Threshold ?? rate?.Limit ?? youden.Threshold },
            [.. classes.Zip(anomalies).GroupBy(p => p.First, p => p.Second, StringComparer.Ordinal).Select(g => ClassOf(g.Key, [.. g], normal, options))
                .OrderBy(c => c.Area.Value).ThenBy(c => c.Name, StringComparer.Ordinal)]);
    }

    private static AnomalyClass ClassOf(string name, double[] scores, double[] normal, AnomalyOptions options)
    {
        (double[] all, bool[] truth) = Joined(scores, normal);
        return new AnomalyClass(name, AnomalyArea.Of(all, truth, options), scores.Average());
    }

    private static (double[] Scores, bool[] Truth) Joined(double[] anomalies, double[] normal) =>
        ([.. anomalies, .. normal], [.. Enumerable.Range(0, anomalies.Length + normal.Length).Select(i => i < anomalies.Length)]);
}
