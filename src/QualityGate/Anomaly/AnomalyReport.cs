using QualityGate.Anomaly.Evaluation;
using QualityGate.Metrics;

namespace QualityGate.Anomaly;

/// <summary>One image of the candidate.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Score">A(x), higher is more anomalous.</param>
/// <param name="Residual">R(x).</param>
/// <param name="Discrimination">D(x).</param>
/// <param name="Label">Its class, or null when that is not known.</param>
/// <param name="IsAnomalous">Whether it truly is an anomaly, or null when that is not known.</param>
/// <param name="IsFlagged">Whether it scores at or above the threshold; null without a threshold.</param>
public sealed record AnomalyImage(string Id, float Score, float Residual, float Discrimination, string? Label, bool? IsAnomalous, bool? IsFlagged);

/// <summary>The threshold in force.</summary>
/// <param name="Value">Scores at or above it are flagged.</param>
/// <param name="Source"><c>given</c>, <c>reference</c> (its quantile) or <c>youden</c>.</param>
public sealed record AnomalyThreshold(double Value, string Source);

/// <summary>How well scores tell anomalous images from normal ones.</summary>
/// <param name="Value">Area under the ROC curve.</param>
/// <param name="StandardError">DeLong's; null with fewer than two images of a kind.</param>
/// <param name="Interval">Confidence interval.</param>
/// <param name="AnomalousCount">Anomalous images.</param>
/// <param name="NormalCount">Normal images.</param>
public sealed record AnomalyArea(double Value, double? StandardError, AreaInterval Interval, int AnomalousCount, int NormalCount)
{
    internal static AnomalyArea Of(double[] scores, bool[] anomalous, AnomalyOptions options)
    {
        DeLong area = DeLong.Of(scores, anomalous);
        return new AnomalyArea(
            area.Area,
            double.IsFinite(area.Variance) ? Math.Sqrt(area.Variance) : null,
            AreaInterval.Of(area, options.Level, options.Scale),
            area.AnomalousCount,
            area.NormalCount);
    }
}

/// <summary>One kind of anomaly against the normal images.</summary>
/// <param name="Name">Its class.</param>
/// <param name="Area">How well it is told from the normal images.</param>
/// <param name="MeanScore">Mean score of its images.</param>
public sealed record AnomalyClass(string Name, AnomalyArea Area, double MeanScore);

/// <summary>All images together, where the truth of enough of them is known.</summary>
/// <param name="Area">Area under the ROC curve.</param>
/// <param name="Against">What the normal images are: <c>candidate</c> (those labelled so) or <c>reference</c>.</param>
/// <param name="AveragePrecision">Average precision.</param>
/// <param name="Roc">The curve, thinned without a change of its area.</param>
/// <param name="Youden">Counts at the threshold with the largest J.</param>
/// <param name="AtThreshold">Counts at the threshold in force.</param>
/// <param name="ByClass">Each kind of anomaly alone, the worst found first.</param>
public sealed record AnomalyDetection(
    AnomalyArea Area,
    string Against,
    double AveragePrecision,
    IReadOnlyList<RocPoint> Roc,
    ConfusionCounts Youden,
    ConfusionCounts AtThreshold,
    IReadOnlyList<AnomalyClass> ByClass);

/// <summary>How many candidate images score higher than nearly all of the reference.</summary>
/// <param name="Share">The share with Wilson's interval.</param>
/// <param name="Quantile">Which quantile of the reference must be exceeded.</param>
/// <param name="Limit">The score there.</param>
public sealed record AnomalyRate(WilsonShare Share, double Quantile, double Limit);

/// <summary>What anomaly scores say of a candidate.</summary>
public sealed record AnomalyReport
{
    /// <summary>The images, in the order of the set.</summary>
    public required IReadOnlyList<AnomalyImage> Images { get; init; }

    /// <summary>The threshold in force, or null when there is nothing to take one from.</summary>
    public AnomalyThreshold? Threshold { get; init; }

    /// <summary>Detection; null where <see cref="DetectionReason"/> says why.</summary>
    public AnomalyDetection? Detection { get; init; }

    /// <summary>Why there is no detection.</summary>
    public string? DetectionReason { get; init; }

    /// <summary>Share above the reference's quantile; null without a reference.</summary>
    public AnomalyRate? Rate { get; init; }

    /// <summary>Scores by group: reference, normal, anomalous, candidate (not labelled).</summary>
    public required ScoreHistogram Histogram { get; init; }

    /// <summary>Pixels; null without residual maps, labels and masks.</summary>
    public PixelReport? Pixels { get; init; }

    /// <summary>The metrics <c>anomaly_auroc</c>, <c>anomaly_rate</c>, <c>anomaly</c> and its quantiles.</summary>
    public required IReadOnlyList<MetricValue> Values { get; init; }

    /// <summary>Quantiles and histogram of the candidate's scores: <c>anomaly.quantiles</c>, <c>anomaly.histogram</c>.</summary>
    public required IReadOnlyList<MetricTable> Tables { get; init; }

    /// <summary>What a reader should know, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>The images as columns of per-image scores: <c>anomaly</c>, <c>residual</c>, <c>discrimination</c>, <c>anomalous</c>.</summary>
    public IReadOnlyList<PerImageColumn> Columns() =>
    [
        PerImageColumn.Of("anomaly", [.. Images.Select(i => (double)i.Score)]),
        PerImageColumn.Of("residual", [.. Images.Select(i => (double)i.Residual)]),
        PerImageColumn.Of("discrimination", [.. Images.Select(i => (double)i.Discrimination)]),
        .. Threshold is null ? Array.Empty<PerImageColumn>() : [PerImageColumn.Of("anomalous", [.. Images.Select(i => i.IsFlagged == true)])],
    ];
}
