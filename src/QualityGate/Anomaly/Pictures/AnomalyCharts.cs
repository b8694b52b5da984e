using System.Globalization;
using QualityGate.Anomaly.Evaluation;
using QualityGate.Images.Pictures;

namespace QualityGate.Anomaly.Pictures;

/// <summary>Charts of a report, as SVG text or as pixels.</summary>
public static class AnomalyCharts
{
    private const int LongestTitle = 60;
    private static readonly Ink[] Inks = [Ink.First, Ink.Second, Ink.Third, Ink.Fourth];

    /// <summary>The ROC curve as SVG.</summary>
    /// <param name="detection">What there is to draw.</param>
    /// <param name="title">What to write above it.</param>
    public static string RocSvg(AnomalyDetection detection, string title)
    {
        ArgumentNullException.ThrowIfNull(detection);
        SvgSurface surface = new(ChartFrame.Width, ChartFrame.Height, $"ROC curve: {title}", RocText(detection));
        DrawRoc(surface, detection, title);
        return surface.ToString();
    }

    /// <summary>The ROC curve as pixels.</summary>
    /// <param name="detection">What there is to draw.</param>
    /// <param name="title">What to write above it.</param>
    public static PixelCanvas RocPicture(AnomalyDetection detection, string title)
    {
        ArgumentNullException.ThrowIfNull(detection);
        RasterSurface surface = new(ChartFrame.Width, ChartFrame.Height);
        DrawRoc(surface, detection, title);
        return surface.Canvas;
    }

    /// <summary>Histograms of scores by group as SVG.</summary>
    /// <param name="histogram">What there is to draw.</param>
    /// <param name="title">What to write above it.</param>
    public static string HistogramSvg(ScoreHistogram histogram, string title)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        SvgSurface surface = new(ChartFrame.Width, ChartFrame.Height, $"Anomaly scores: {title}", HistogramText(histogram));
        DrawHistogram(surface, histogram, title);
        return surface.ToString();
    }

    /// <summary>Histograms of scores by group as pixels.</summary>
    /// <param name="histogram">What there is to draw.</param>
    /// <param name="title">What to write above it.</param>
    public static PixelCanvas HistogramPicture(ScoreHistogram histogram, string title)
    {
        ArgumentNullException.ThrowIfNull(histogram);
        RasterSurface surface = new(ChartFrame.Width, ChartFrame.Height);
        DrawHistogram(surface, histogram, title);
        return surface.Canvas;
    }

    private static void DrawRoc(IChartSurface surface, AnomalyDetection detection, string title)
    {
        ChartFrame frame = new(0, 1, 1);
        frame.Draw(surface, Cut(title), "false positive rate", "true positive rate");
        surface.Line(frame.X(0), frame.Y(0), frame.X(1), frame.Y(1), Ink.Grid);
        surface.Polyline([.. detection.Roc.Select(p => (frame.X(p.FalsePositiveRate), frame.Y(p.TruePositiveRate)))], Ink.First);
        double x = frame.X(detection.Youden.FalsePositiveRate), y = frame.Y(detection.Youden.TruePositiveRate);
        surface.Bar(x - 4, y - 4, 8, 8, Ink.Second);
        surface.Text(ChartFrame.Right - 8, frame.Y(0.16), AreaText(detection.Area), Anchor.End);
        surface.Text(ChartFrame.Right - 8, frame.Y(0.08), Invariant($"square: threshold {detection.Youden.Threshold:G4}"), Anchor.End);
    }

    private static void DrawHistogram(IChartSurface surface, ScoreHistogram histogram, string title)
    {
        // Shares, since groups differ in size.
        double[][] shares = [.. histogram.Groups.Select(g => g.Counts.Select(c => c / Math.Max(1.0, g.Counts.Sum())).ToArray())];
        ChartFrame frame = new(histogram.Edges[0], histogram.Edges[^1], Math.Max(shares.Max(s => s.Max()), 0.01));
        frame.Draw(surface, Cut(title), "anomaly score", "share of each group");
        double bin = (ChartFrame.Right - ChartFrame.Left) / (histogram.Edges.Count - 1), bar = bin * 0.9 / shares.Length;
        for (int g = 0; g < shares.Length; g++)
        {
            Ink ink = Inks[g % Inks.Length];
            for (int b = 0; b < shares[g].Length; b++)
            {
                double top = frame.Y(shares[g][b]);
                surface.Bar(ChartFrame.Left + (b * bin) + (bin * 0.05) + (g * bar), top, bar, ChartFrame.Bottom - top, ink);
            }

            surface.Bar(ChartFrame.Right - 120, ChartFrame.Top + 6 + (g * 16), 10, 10, ink);
            surface.Text(ChartFrame.Right - 104, ChartFrame.Top + 11 + (g * 16), Cut(histogram.Groups[g].Name), Anchor.Start);
        }
    }

    private static string AreaText(AnomalyArea area) => Invariant($"AUROC {area.Value:0.000} ({area.Interval.Low:0.000} to {area.Interval.High:0.000})");

    private static string RocText(AnomalyDetection detection) => Invariant(
        $"{AreaText(detection.Area)}, {detection.Area.AnomalousCount} anomalous and {detection.Area.NormalCount} normal images. ")
        + Invariant($"At the threshold {detection.Youden.Threshold:G4} it finds {detection.Youden.TruePositiveRate:0.0%} at {detection.Youden.FalsePositiveRate:0.0%} false alarms.");

    private static string HistogramText(ScoreHistogram histogram) => string.Join(' ', histogram.Groups.Select(g =>
        Invariant($"{g.Name}: {g.Counts.Sum()} images, most between {Mode(histogram, g).Low:G4} and {Mode(histogram, g).High:G4}.")));

    private static (double Low, double High) Mode(ScoreHistogram histogram, HistogramGroup group)
    {
        int at = Enumerable.Range(0, group.Counts.Count).MaxBy(i => group.Counts[i]);
        return (histogram.Edges[at], histogram.Edges[at + 1]);
    }

    private static string Cut(string text) => text.Length <= LongestTitle ? text : text[..(LongestTitle - 3)] + "...";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
