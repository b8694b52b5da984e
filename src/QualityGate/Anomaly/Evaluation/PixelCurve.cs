namespace QualityGate.Anomaly.Evaluation;

/// <summary>What all thresholds together say of residual maps.</summary>
/// <param name="Auroc">Area under the ROC curve of pixels, in [0, 1]; ties count one half.</param>
/// <param name="AveragePrecision">Average precision of pixels, in [0, 1].</param>
/// <param name="BestThreshold">The residual whose segmentation overlaps best with the masks, all images together; of equally good ones the smallest.</param>
/// <param name="BestOverlap">Intersection over union there, in [0, 1].</param>
/// <param name="IsExact">Whether only equal residuals counted as ties.</param>
public sealed record PixelCurve(double Auroc, double AveragePrecision, float BestThreshold, double BestOverlap, bool IsExact)
{
    /// <summary>The curve of a tally, or null when it lacks one kind of pixels.</summary>
    internal static PixelCurve? Of(PixelTally tally)
    {
        if (tally.AnomalousCount == 0 || tally.NormalCount == 0)
        {
            return null;
        }

        double anomalous = tally.AnomalousCount, normal = tally.NormalCount, precision = 0, best = -1;
        float at = 0;
        Int128 twiceArea = 0;
        PixelStep before = default;
        foreach (PixelStep step in tally.Steps())
        {
            twiceArea += (Int128)(step.Alarms - before.Alarms) * (step.Found + before.Found);
            precision += (step.Found - before.Found) / anomalous * step.Found / (step.Found + step.Alarms);
            double overlap = step.Found / (anomalous + step.Alarms);
            (best, at) = overlap >= best ? (overlap, step.Threshold) : (best, at);
            before = step;
        }

        return new PixelCurve((double)twiceArea / 2 / anomalous / normal, precision, at, best, tally.IsExact);
    }
}
