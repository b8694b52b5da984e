using System.Globalization;
using QualityGate.Anomaly;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>An <see cref="AnomalyReport"/> as markdown, line by line.</summary>
public static class AnomalyMarkdown
{
    private const int MostClasses = 50;

    /// <summary>The section.</summary>
    /// <param name="report">What to write.</param>
    /// <param name="images">How many of the most anomalous images to name.</param>
    public static IEnumerable<string> Lines(AnomalyReport report, int images = 10)
    {
        ArgumentNullException.ThrowIfNull(report);
        return [.. Summary(report), .. Classes(report.Detection), .. Pixels(report.Pixels), .. Images(report, images), .. Notes(report)];
    }

    private static IEnumerable<string> Summary(AnomalyReport report)
    {
        yield return "### Anomaly scores";
        yield return string.Empty;
        yield return "| number | value | interval | better |";
        yield return "|---|--:|---|---|";
        yield return report.Detection is { } detection
            ? Row("area under the ROC curve", NumberText.Format(detection.Area.Value), Interval(detection.Area.Interval), "higher")
            : Row("area under the ROC curve", ResultText.Nothing, MarkdownText.Prose(report.DetectionReason ?? string.Empty), "higher");
        if (report.Rate is { } rate)
        {
            string name = $"share above the reference's {NumberText.Format(rate.Quantile)}-quantile ({NumberText.Format(rate.Limit)})";
            yield return Row(name, NumberText.Percent(rate.Share.Value), $"{NumberText.Percent(rate.Share.Low)} to {NumberText.Percent(rate.Share.High)}", "lower");
        }

        if (report.Threshold is { } threshold)
        {
            int flagged = report.Images.Count(i => i.IsFlagged == true);
            yield return string.Empty;
            yield return Text($"Threshold {NumberText.Format(threshold.Value)} ({threshold.Source}): {flagged} of {report.Images.Count} images are flagged.")
                + (report.Detection is { } known
                    ? Text($" It finds {NumberText.Percent(known.AtThreshold.TruePositiveRate)} of the anomalous images, at {NumberText.Percent(known.AtThreshold.FalsePositiveRate)} false alarms.")
                    : string.Empty);
        }
    }

    private static IEnumerable<string> Classes(AnomalyDetection? detection)
    {
        if (detection is null || detection.ByClass.Count < 2)
            yield break;
        yield return string.Empty;
        yield return "| class | images | area under the ROC curve | interval | mean score |";
        yield return "|---|--:|--:|---|--:|";
        foreach (AnomalyClass kind in detection.ByClass.Take(MostClasses))
        {
            yield return Row(
                MarkdownText.Code(kind.Name), Text($"{kind.Area.AnomalousCount}"), NumberText.Format(kind.Area.Value), Interval(kind.Area.Interval),
                NumberText.Format(kind.MeanScore));
        }

        if (detection.ByClass.Count > MostClasses)
            yield return Text($"\nand {detection.ByClass.Count - MostClasses} more classes");
    }

    private static IEnumerable<string> Pixels(PixelReport? pixels)
    {
        if (pixels is null)
            yield break;
        string mean = pixels.MeanOverlap is { } known ? $", {NumberText.Format(known)} in the mean over images" : string.Empty;
        yield return string.Empty;
        yield return Text($"Pixels: area under the ROC curve {NumberText.Format(pixels.Curve.Auroc)}, best overlap (IoU) {NumberText.Format(pixels.Curve.BestOverlap)} ")
            + $"at the residual {NumberText.Format(pixels.Curve.BestThreshold)}. Overlap at {NumberText.Format(pixels.Threshold)}: {NumberText.Format(pixels.Overlap)}{mean}.";
    }

    private static IEnumerable<string> Images(AnomalyReport report, int most)
    {
        AnomalyImage[] worst = [.. report.Images.OrderByDescending(i => i.Score).ThenBy(i => i.Id, StringComparer.Ordinal).Take(most)];
        if (worst.Length == 0)
            yield break;
        yield return string.Empty;
        yield return "| most anomalous images | score | residual | discrimination | class | verdict |";
        yield return "|---|--:|--:|--:|---|---|";
        foreach (AnomalyImage image in worst)
        {
            yield return Row(
                MarkdownText.Code(image.Id), NumberText.Format(image.Score), NumberText.Format(image.Residual), NumberText.Format(image.Discrimination),
                image.Label is { } label ? MarkdownText.Code(label) : ResultText.Nothing,
                image.IsFlagged switch { true => "**anomalous**", false => "normal", _ => ResultText.Nothing });
        }
    }

    private static IEnumerable<string> Notes(AnomalyReport report) =>
        report.Notes.Count == 0 ? [] : [string.Empty, .. report.Notes.Select(n => $"- {MarkdownText.Prose(n)}")];

    private static string Interval(AreaInterval interval) =>
        $"{NumberText.Format(interval.Low)} to {NumberText.Format(interval.High)}";

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";
}
