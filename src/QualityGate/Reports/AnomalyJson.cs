using System.Globalization;
using System.Text.Json;
using QualityGate.Anomaly;
using QualityGate.Anomaly.Evaluation;

namespace QualityGate.Reports;

/// <summary>Writes an <see cref="AnomalyReport"/> as the section <c>anomaly</c> of a result; its keys are in docs/anomaly-evaluation.md.</summary>
public static class AnomalyJson
{
    /// <summary>Name of the section.</summary>
    public const string Section = "anomaly";

    /// <summary>Writes the section into an object that is open.</summary>
    public static void Write(Utf8JsonWriter json, AnomalyReport report)
    {
        ArgumentNullException.ThrowIfNull(json);
        ArgumentNullException.ThrowIfNull(report);
        json.WriteStartObject(Section);
        WriteThreshold(json, report);
        WriteDetection(json, report);
        WriteRate(json, report.Rate);
        WriteHistogram(json, report.Histogram);
        WritePixels(json, report.Pixels);
        json.WriteStartArray("notes");
        foreach (string note in report.Notes)
            json.WriteStringValue(note);
        json.WriteEndArray();
        WriteImages(json, report.Images);
        json.WriteEndObject();
    }

    private static void WriteThreshold(Utf8JsonWriter json, AnomalyReport report)
    {
        if (report.Threshold is not { } threshold)
            return;
        json.WriteStartObject("threshold");
        JsonText.WriteNumber(json, "value", threshold.Value);
        json.WriteString("source", threshold.Source);
        json.WriteEndObject();
    }

    private static void WriteDetection(Utf8JsonWriter json, AnomalyReport report)
    {
        json.WriteStartObject("auroc");
        if (report.Detection is { } known)
        {
            WriteArea(json, known.Area);
            json.WriteString("against", known.Against);
        }
        else
        {
            json.WriteString("error", report.DetectionReason);
        }

        json.WriteEndObject();
        if (report.Detection is not { } detection)
            return;
        json.WriteNumber("average_precision", detection.AveragePrecision);
        WriteCounts(json, "youden", detection.Youden);
        WriteCounts(json, "at_threshold", detection.AtThreshold);
        WriteNumbers(json, "roc_columns", ["fpr", "tpr", "threshold"], detection.Roc.Select(p => new double?[] { p.FalsePositiveRate, p.TruePositiveRate, p.Threshold }), "roc");
        json.WriteStartArray("by_class");
        foreach (AnomalyClass kind in detection.ByClass)
        {
            json.WriteStartObject();
            json.WriteString("name", kind.Name);
            json.WriteNumber("mean_score", kind.MeanScore);
            WriteArea(json, kind.Area);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void WriteArea(Utf8JsonWriter json, AnomalyArea area)
    {
        json.WriteNumber("value", area.Value);
        JsonText.WriteNumber(json, "standard_error", area.StandardError);
        json.WriteNumber("low", area.Interval.Low);
        json.WriteNumber("high", area.Interval.High);
        json.WriteNumber("level", area.Interval.Level);
        json.WriteString("method", area.Interval.Method);
        json.WriteNumber("anomalous_count", area.AnomalousCount);
        json.WriteNumber("normal_count", area.NormalCount);
    }

    private static void WriteCounts(Utf8JsonWriter json, string name, ConfusionCounts counts)
    {
        json.WriteStartObject(name);
        JsonText.WriteNumber(json, "threshold", counts.Threshold);
        json.WriteNumber("true_positives", counts.TruePositives);
        json.WriteNumber("false_positives", counts.FalsePositives);
        json.WriteNumber("true_negatives", counts.TrueNegatives);
        json.WriteNumber("false_negatives", counts.FalseNegatives);
        JsonText.WriteNumber(json, "true_positive_rate", counts.TruePositiveRate);
        JsonText.WriteNumber(json, "false_positive_rate", counts.FalsePositiveRate);
        JsonText.WriteNumber(json, "precision", counts.Precision);
        JsonText.WriteNumber(json, "f1", counts.F1);
        JsonText.WriteNumber(json, "j", counts.YoudenJ);
        json.WriteEndObject();
    }

    private static void WriteRate(Utf8JsonWriter json, AnomalyRate? rate)
    {
        if (rate is null)
            return;
        json.WriteStartObject("anomaly_rate");
        json.WriteNumber("value", rate.Share.Value);
        json.WriteNumber("standard_error", rate.Share.StandardError);
        json.WriteNumber("low", rate.Share.Low);
        json.WriteNumber("high", rate.Share.High);
        json.WriteNumber("level", rate.Share.Level);
        json.WriteNumber("count", rate.Share.Count);
        json.WriteNumber("of", rate.Share.Of);
        json.WriteNumber("quantile", rate.Quantile);
        json.WriteNumber("limit", rate.Limit);
        json.WriteEndObject();
    }

    private static void WriteHistogram(Utf8JsonWriter json, ScoreHistogram histogram)
    {
        json.WriteStartObject("histogram");
        json.WritePropertyName("edges");
        json.WriteRawValue(Line(histogram.Edges.Select(e => (double?)e)));
        json.WriteStartObject("counts");
        foreach (HistogramGroup group in histogram.Groups)
        {
            json.WritePropertyName(group.Name);
            json.WriteRawValue(Line(group.Counts.Select(c => (double?)c)));
        }

        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePixels(Utf8JsonWriter json, PixelReport? pixels)
    {
        if (pixels is null)
            return;
        json.WriteStartObject("pixels");
        json.WriteNumber("auroc", pixels.Curve.Auroc);
        json.WriteNumber("average_precision", pixels.Curve.AveragePrecision);
        json.WriteBoolean("exact", pixels.Curve.IsExact);
        json.WriteNumber("best_threshold", pixels.Curve.BestThreshold);
        json.WriteNumber("best_iou", pixels.Curve.BestOverlap);
        json.WriteNumber("threshold", pixels.Threshold);
        json.WriteNumber("iou", pixels.Overlap);
        JsonText.WriteNumber(json, "mean_iou", pixels.MeanOverlap);
        json.WriteNumber("images", pixels.Images);
        json.WriteNumber("without_mask", pixels.WithoutMask);
        json.WriteNumber("pixels", pixels.Pixels);
        json.WriteNumber("anomalous_pixels", pixels.AnomalousPixels);
        json.WriteStartArray("rows");
        foreach (PixelRow row in pixels.Rows)
        {
            json.WriteStartObject();
            json.WriteString("id", row.Id);
            json.WriteString("label", row.Label);
            json.WriteNumber("mask_pixels", row.MaskPixels);
            json.WriteNumber("found_pixels", row.FoundPixels);
            JsonText.WriteNumber(json, "iou", row.Overlap);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteImages(Utf8JsonWriter json, IReadOnlyList<AnomalyImage> images)
    {
        json.WriteStartArray("images");
        foreach (AnomalyImage image in images)
        {
            json.WriteStartObject();
            json.WriteString("id", image.Id);
            json.WriteNumber("score", image.Score);
            json.WriteNumber("residual", image.Residual);
            json.WriteNumber("discrimination", image.Discrimination);
            if (image.Label is { } label)
                json.WriteString("label", label);
            if (image.IsAnomalous is { } truth)
                json.WriteBoolean("is_anomalous", truth);
            if (image.IsFlagged is { } flagged)
                json.WriteString("verdict", flagged ? "anomalous" : "normal");
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    // A row on one line: a curve has hundreds.
    private static void WriteNumbers(Utf8JsonWriter json, string headings, string[] columns, IEnumerable<double?[]> rows, string name)
    {
        json.WriteStartArray(headings);
        foreach (string column in columns)
            json.WriteStringValue(column);
        json.WriteEndArray();
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(",\n      ", rows.Select(Line))}]");
    }

    private static string Line(IEnumerable<double?> cells) =>
        $"[{string.Join(", ", cells.Select(c => c is { } n && double.IsFinite(n) ? n.ToString("R", CultureInfo.InvariantCulture) : "null"))}]";
}
