using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Reports.Html;
using QualityGate.Studies;

namespace QualityGate;

/// <summary>Two loaded sets and the metrics between them.</summary>
/// <param name="Reference">The real images.</param>
/// <param name="Candidate">The images under judgement.</param>
/// <param name="Extractor">The extractor, or null for foreign features.</param>
/// <param name="Metrics">Every metric, with tables and notes.</param>
/// <param name="Notes">What a reader should know.</param>
/// <param name="Timings">Seconds by stage.</param>
public sealed record Measurement(
    ExtractionResult Reference,
    ExtractionResult Candidate,
    ExtractorInfo? Extractor,
    MeasuredMetrics Metrics,
    IReadOnlyList<string> Notes,
    IReadOnlyList<KeyValuePair<string, double>> Timings)
{
    /// <summary>The sample size study, when it was asked for.</summary>
    public StudyResult? Study { get; init; }

    /// <summary>Scores of single images, when they were asked for.</summary>
    public PerImageScores? PerImage { get; init; }

    /// <summary>The most anomalous images, when anomalies were measured and pictures asked for.</summary>
    public IReadOnlyList<EvidenceTriplet> AnomalyPictures { get; init; } = [];

    /// <summary>Every metric, in the registry's order.</summary>
    public IReadOnlyList<MetricValue> Values => Metrics.Values;

    internal static SetInfo Describe(ExtractionResult loaded) =>
        new(loaded.Set.Source, loaded.Set.Count, loaded.Set.Fingerprint, loaded.Unreadable.Count) { SampledFrom = loaded.Sample?.Total };

    internal static ExtractorInfo? ExtractorOf(FeatureSet set) =>
        set.ExtractorFingerprint is { } fingerprint ? new ExtractorInfo(set.ExtractorName ?? "unnamed", fingerprint) : null;
}
