using QualityGate.Errors;

namespace QualityGate.Anomaly.Evaluation;

/// <summary>How one image's segmentation fits its mask.</summary>
/// <param name="Id">Name of the image.</param>
/// <param name="Label">Its class.</param>
/// <param name="MaskPixels">Truly anomalous pixels.</param>
/// <param name="FoundPixels">Pixels at or above the threshold.</param>
/// <param name="Overlap">Intersection over union, in [0, 1]; null when mask and segmentation are both empty.</param>
public sealed record PixelRow(string Id, string Label, int MaskPixels, int FoundPixels, double? Overlap);

/// <summary>How residual maps find anomalous pixels.</summary>
/// <param name="Images">Images taken: the normal ones, and anomalous ones with a mask.</param>
/// <param name="WithoutMask">Anomalous images left out for want of a mask.</param>
/// <param name="Pixels">Pixels of the images taken.</param>
/// <param name="AnomalousPixels">Truly anomalous ones.</param>
/// <param name="Curve">What all thresholds together say.</param>
/// <param name="Threshold">The threshold of the rows: the given one, or the best.</param>
/// <param name="Overlap">Intersection over union at it, all images together.</param>
/// <param name="MeanOverlap">Mean of the rows' overlaps, or null when none has one.</param>
/// <param name="Rows">The images with a mask.</param>
public sealed record PixelReport(
    int Images, int WithoutMask, long Pixels, long AnomalousPixels, PixelCurve Curve, float Threshold, double Overlap, double? MeanOverlap, IReadOnlyList<PixelRow> Rows);

/// <summary>Compares residual maps with masks, image by image, keeping only residuals.</summary>
internal static class PixelEvaluation
{
    /// <summary>The report, or null when the maps, masks and labels give no pixels of both kinds.</summary>
    public static PixelReport? Evaluate(AnomalyScores scores, AnomalyLabels labels, AnomalyMasks masks, AnomalyOptions options)
    {
        if (scores.Maps is not { } maps)
        {
            return null;
        }

        int[] known = [.. Enumerable.Range(0, scores.Count).Where(i => labels.IsAnomalous(i) is not null)];
        int[] taken = [.. known.Where(i => labels.IsAnomalous(i) == false || masks.At(i) is not null)];
        PixelTally tally = PixelTally.For((long)taken.Length * maps.Pixels, options.MostExactPixels);
        foreach (int image in taken)
        {
            tally.Add(MapOf(scores, maps, image), MaskOf(scores, maps, labels, masks, image));
        }

        return PixelCurve.Of(tally) is { } curve
            ? Report(scores, maps, labels, masks, taken, options.PixelThreshold ?? curve.BestThreshold) with
            {
                WithoutMask = known.Length - taken.Length,
                Pixels = tally.AnomalousCount + tally.NormalCount,
                AnomalousPixels = tally.AnomalousCount,
                Curve = curve,
            }
            : null;
    }

    private static PixelReport Report(AnomalyScores scores, ResidualMaps maps, AnomalyLabels labels, AnomalyMasks masks, int[] taken, float threshold)
    {
        List<PixelRow> rows = [];
        long both = 0, either = 0;
        foreach (int image in taken)
        {
            bool[]? mask = MaskOf(scores, maps, labels, masks, image);
            (int inMask, int found, int overlap) = Count(MapOf(scores, maps, image), mask, threshold);
            int union = inMask + found - overlap;
            both += overlap;
            either += union;
            if (mask is not null)
            {
                rows.Add(new PixelRow(scores.Ids[image], labels.Classes[image]!, inMask, found, union == 0 ? null : (double)overlap / union));
            }
        }

        double?[] overlaps = [.. rows.Select(r => r.Overlap).Where(o => o is not null)];
        return new PixelReport(taken.Length, 0, 0, 0, null!, threshold, either == 0 ? 0 : (double)both / either, overlaps.Average(), rows);
    }

    private static (int InMask, int Found, int Overlap) Count(float[] map, bool[]? mask, float threshold)
    {
        int inMask = 0, found = 0, overlap = 0;
        for (int i = 0; i < map.Length; i++)
        {
            bool isAnomalous = mask is not null && mask[i], isFound = map[i] >= threshold;
            inMask += isAnomalous ? 1 : 0;
            found += isFound ? 1 : 0;
            overlap += isAnomalous && isFound ? 1 : 0;
        }

        return (inMask, found, overlap);
    }

    // A normal image has no anomalous pixel, whatever mask it came with.
    private static bool[]? MaskOf(AnomalyScores scores, ResidualMaps maps, AnomalyLabels labels, AnomalyMasks masks, int image)
    {
        bool[]? mask = labels.IsAnomalous(image) == true ? masks.At(image) : null;
        return mask is null || mask.Length == maps.Pixels
            ? mask
            : throw new UserErrorException(
                DataErrors.AnomalyMaskSize, $"the mask of {scores.Ids[image]} has {mask.Length} pixels, the residual map {maps.Width} x {maps.Height}");
    }

    private static float[] MapOf(AnomalyScores scores, ResidualMaps maps, int image)
    {
        float[] map = maps.At(image);
        if (map.Length != maps.Pixels)
        {
            throw new ArgumentException($"A residual map has {map.Length} values, not {maps.Width} x {maps.Height}.", nameof(maps));
        }

        return Array.TrueForAll(map, float.IsFinite)
            ? map
            : throw new UserErrorException(DataErrors.AnomalyScoreNotFinite, $"the residual map of {scores.Ids[image]} holds a value that is not finite");
    }
}
