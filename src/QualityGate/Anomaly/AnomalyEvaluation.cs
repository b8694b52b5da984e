using QualityGate.Anomaly.Evaluation;
using QualityGate.Errors;
using QualityGate.Metrics;

namespace QualityGate.Anomaly;

/// <summary>From scores to what they say.</summary>
public static class AnomalyEvaluation
{
    /// <summary>Evaluates a candidate.</summary>
    /// <param name="reference">Scores of normal images, which give <c>anomaly_rate</c> and the threshold; best of images that the generator was not trained on. Or null.</param>
    /// <param name="candidate">Scores of the images under judgement.</param>
    /// <param name="labels">What the candidate's images truly are, or null: then there is no area.</param>
    /// <param name="masks">Where the anomalies are, or null.</param>
    /// <param name="options">Choices; defaults when null.</param>
    /// <exception cref="UserErrorException">QG4501: a score is not finite. QG4502: a mask does not fit.</exception>
    /// <exception cref="ArgumentException">Lengths differ, or there is no image.</exception>
    public static AnomalyReport Evaluate(
        AnomalyScores? reference, AnomalyScores candidate, AnomalyLabels? labels = null, AnomalyMasks? masks = null, AnomalyOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(candidate);
        options ??= new AnomalyOptions();
        RequireUsable(reference, candidate, labels, options);
        AnomalyRate? rate = reference is null ? null : RateOf(reference, candidate, options);
        (AnomalyDetection? detection, string? reason) = AnomalyDetections.Detect(reference, candidate, labels, rate, options);
        AnomalyThreshold? threshold = ThresholdOf(options, rate, detection);
        AnomalyImage[] images = [.. Enumerable.Range(0, candidate.Count).Select(i => ImageOf(candidate, i, labels, threshold))];
        PixelReport? pixels = labels is null || masks is null ? null : PixelEvaluation.Evaluate(candidate, labels, masks, options);
        double[] sorted = [.. candidate.Scores.Order()];
        return new AnomalyReport
        {
            Images = images,
            Threshold = threshold,
            Detection = detection,
            DetectionReason = reason,
            Rate = rate,
            Histogram = ScoreHistogram.Of(Groups(reference, images)),
            Pixels = pixels,
            Values = AnomalyValues.Of(sorted, detection, reason, rate),
            Tables = Distribution.Tables("anomaly", sorted),
            Notes = [.. Notes(reference, threshold, pixels, options)],
        };
    }

    /// <summary>The threshold in force: the given one, the reference's quantile, or Youden's.</summary>
    internal static AnomalyThreshold? ThresholdOf(AnomalyOptions options, AnomalyRate? rate, AnomalyDetection? detection) =>
        options.Threshold is { } given ? new AnomalyThreshold(given, "given")
        : rate is not null ? new AnomalyThreshold(rate.Limit, "reference")
        : detection is not null ? new AnomalyThreshold(detection.Youden.Threshold, "youden")
        : null;

    private static AnomalyRate RateOf(AnomalyScores reference, AnomalyScores candidate, AnomalyOptions options)
    {
        double limit = Distribution.Quantile([.. reference.Scores.Order()], options.ReferenceQuantile);
        return new AnomalyRate(
            WilsonShare.From(candidate.Score.Count(s => s > limit), candidate.Count, options.Level), options.ReferenceQuantile, limit);
    }

    private static AnomalyImage ImageOf(AnomalyScores scores, int i, AnomalyLabels? labels, AnomalyThreshold? threshold) => new(
        scores.Ids[i], scores.Score[i], scores.Residual[i], scores.Discrimination[i], labels?.Classes[i], labels?.IsAnomalous(i),
        threshold is null ? null : threshold.Source == "reference" ? scores.Score[i] > threshold.Value : scores.Score[i] >= threshold.Value);

    private static (string Name, double[] Values)[] Groups(AnomalyScores? reference, AnomalyImage[] images)
    {
        (string Name, double[] Values) Group(string name, bool? truth) => (name, [.. images.Where(i => i.IsAnomalous == truth).Select(i => (double)i.Score)]);
        return [.. new[] { ("reference", reference?.Scores ?? []), Group("normal", false), Group("anomalous", true), Group("candidate", null) }.Where(g => g.Item2.Length > 0)];
    }

    private static IEnumerable<string> Notes(AnomalyScores? reference, AnomalyThreshold? threshold, PixelReport? pixels, AnomalyOptions options)
    {
        if (reference is not null && reference.Count * (1 - options.ReferenceQuantile) < 1)
        {
            yield return FormattableString.Invariant(
                $"The reference has {reference.Count} images, too few for its {options.ReferenceQuantile}-quantile: anomaly_rate depends on its highest score.");
        }

        if (threshold?.Source == "youden")
        {
            yield return "The threshold was chosen on the images that it is judged by: on others it will do worse.";
        }

        if (pixels?.WithoutMask > 0)
        {
            yield return FormattableString.Invariant($"{pixels.WithoutMask} anomalous images have no mask and are left out of the pixels' numbers.");
        }

        if (pixels?.Curve.IsExact == false)
        {
            yield return "There are too many pixels to sort: residuals within 0.05 % of each other may count as equal.";
        }
    }

    private static void RequireUsable(AnomalyScores? reference, AnomalyScores candidate, AnomalyLabels? labels, AnomalyOptions options)
    {
        if (!(options.ReferenceQuantile is >= 0 and <= 1))
        {
            throw new ArgumentException("A quantile lies between 0 and 1.", nameof(options));
        }

        RequireScores(candidate, nameof(candidate));
        if (reference is not null)
        {
            RequireScores(reference, nameof(reference));
        }

        if (labels is not null && labels.Classes.Count != candidate.Count)
        {
            throw new ArgumentException($"{candidate.Count} images have {labels.Classes.Count} labels.", nameof(labels));
        }
    }

    private static void RequireScores(AnomalyScores scores, string role)
    {
        if (scores.Count == 0 || scores.Score.Length != scores.Count || scores.Residual.Length != scores.Count || scores.Discrimination.Length != scores.Count)
        {
            throw new ArgumentException("Every image needs a name and three numbers, and there must be one.", role);
        }

        for (int i = 0; i < scores.Count; i++)
        {
            if (!float.IsFinite(scores.Score[i]) || !float.IsFinite(scores.Residual[i]) || !float.IsFinite(scores.Discrimination[i]))
            {
                throw new UserErrorException(DataErrors.AnomalyScoreNotFinite, $"{scores.Ids[i]} ({role}) has an anomaly score that is not a finite number");
            }
        }
    }
}
