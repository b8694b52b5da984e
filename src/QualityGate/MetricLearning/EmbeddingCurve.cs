using System.Globalization;
using QualityGate.Images.Pictures;

namespace QualityGate.MetricLearning;

/// <summary>The curve of a training: the loss on the left, Recall@1 on the right, by epoch.</summary>
internal static class EmbeddingCurve
{
    private const double Headroom = 1.05;
    private const double LeastSpan = 0.02;

    public static string Svg(EmbeddingReport report, string title)
    {
        SvgSurface surface = new(2 * ChartFrame.Width, ChartFrame.Height, $"Training of an embedding: {title}", Text(report));
        Draw(surface, report, title);
        return surface.ToString();
    }

    public static PixelCanvas Picture(EmbeddingReport report, string title)
    {
        RasterSurface surface = new(2 * ChartFrame.Width, ChartFrame.Height);
        Draw(surface, report, title);
        return surface.Canvas;
    }

    private static void Draw(IChartSurface surface, EmbeddingReport report, string title)
    {
        double last = Math.Max(1, report.Last.Number);
        double most = report.Epochs.Max(epoch => epoch.Loss ?? 0);
        ChartFrame losses = new(0, last, Math.Max(most * Headroom, 1e-6));
        losses.Draw(surface, title, "epoch", "loss");
        Line(surface, losses, [.. report.Epochs.Select(epoch => ((double)epoch.Number, epoch.Loss))], Ink.Fourth);
        DrawRecall(new ShiftedSurface(surface, ChartFrame.Width), report, last);
    }

    private static void DrawRecall(ShiftedSurface surface, EmbeddingReport report, double last)
    {
        (string Name, Ink Ink, double? Raw, (double, double?)[] Points)[] series =
        [
            .. new[]
            {
                ("unseen classes", Ink.First, report.Raw.Test?.At1, Points(report, recall => recall.Test)),
                ("held-back images", Ink.Second, report.Raw.Validation?.At1, Points(report, recall => recall.Validation)),
            }.Where(one => one.Item3 is not null),
        ];
        double[] values = [.. series.SelectMany(one => one.Points.Select(point => point.Item2).Append(one.Raw)).OfType<double>()];
        double high = values.Length == 0 ? 1 : values.Max(), low = values.Length == 0 ? 0 : values.Min();
        double middle = (high + low) / 2, half = Math.Max(high - low, LeastSpan) * Headroom / 2;
        ChartFrame frame = new(0, last, Math.Min(1, middle + half), Math.Max(0, middle - half));
        frame.Draw(surface, "dashed: the features as they are, square: exported", "epoch", "recall at 1");
        for (int i = 0; i < series.Length; i++)
        {
            (string name, Ink ink, double? raw, (double, double?)[] points) = series[i];
            Line(surface, frame, points, ink);
            Dashes(surface, frame.Y(raw!.Value), ink);
            surface.Bar(ChartFrame.Right - 140, ChartFrame.Bottom - 36 + (i * 16), 10, 10, ink);
            surface.Text(ChartFrame.Right - 124, ChartFrame.Bottom - 31 + (i * 16), name, Anchor.Start);
            if (points.FirstOrDefault(point => (int)point.Item1 == report.Exported.Number).Item2 is { } at)
            {
                surface.Bar(frame.X(report.Exported.Number) - 4, frame.Y(at) - 4, 8, 8, ink);
            }
        }
    }

    private static (double, double?)[] Points(EmbeddingReport report, Func<EmbeddingRecall, RecallNumbers?> part) =>
        [.. report.Epochs.Prepend(report.Untrained).Where(epoch => epoch.Recall is not null).Select(epoch => ((double)epoch.Number, part(epoch.Recall!)?.At1))];

    private static void Line(IChartSurface surface, ChartFrame frame, (double X, double? Y)[] points, Ink ink) =>
        surface.Polyline([.. points.Where(point => point.Y is not null).Select(point => (frame.X(point.X), frame.Y(point.Y!.Value)))], ink);

    private static void Dashes(ShiftedSurface surface, double y, Ink ink)
    {
        const double Dash = 6, Pitch = 12;
        for (double x = ChartFrame.Left; x < ChartFrame.Right; x += Pitch) surface.Line(x, y, Math.Min(x + Dash, ChartFrame.Right), y, ink);
    }

    private static string Text(EmbeddingReport report)
    {
        string loss = string.Create(CultureInfo.InvariantCulture, $"The loss went from {report.Epochs[0].Loss:0.###} to {report.Last.Loss:0.###} in {report.Last.Number} epochs. ");
        return report.Raw.Test is { } raw && report.Exported.Recall?.Test is { } test
            ? loss + string.Create(CultureInfo.InvariantCulture, $"Recall@1 on unseen classes: {raw.At1:0.0000} of the features, {test.At1:0.0000} of the exported embedding, epoch {report.Exported.Number}.")
            : loss;
    }
}
