using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;
using QualityGate.Studies;

namespace QualityGate;

/// <summary>What to measure: two sets, an extractor for images, metrics.</summary>
public sealed record MeasureRequest
{
    /// <summary>Where the real images or their features are.</summary>
    public required string Reference { get; init; }

    /// <summary>Where the images under judgement or their features are.</summary>
    public required string Candidate { get; init; }

    /// <summary>What reports call the reference; null: as in <see cref="Reference"/>.</summary>
    public string? ReferenceName { get; init; }

    /// <summary>What reports call the candidate; null: as in <see cref="Candidate"/>.</summary>
    public string? CandidateName { get; init; }

    /// <summary>How images become features; null when both sets are feature files.</summary>
    public ExtractorRecipe? Extractor { get; init; }

    /// <summary>Where the reference was named, for messages.</summary>
    public SourceLocation? ReferenceLocation { get; init; }

    /// <summary>Where the candidate was named, for messages.</summary>
    public SourceLocation? CandidateLocation { get; init; }

    /// <summary>Which metrics.</summary>
    public required IReadOnlyList<IMetricFamily> Families { get; init; }

    /// <summary>Their parameters.</summary>
    public required IReadOnlyList<MetricParameter> Parameters { get; init; }

    /// <summary>What happens to unreadable images.</summary>
    public OnUnreadable OnUnreadable { get; init; } = OnUnreadable.Error;

    /// <summary>Confidence of intervals, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>How images get anomaly scores, or null.</summary>
    public AnomalySpec? Anomaly { get; init; }

    /// <summary>An audit of backgrounds, or null.</summary>
    public BackgroundRequest? Background { get; init; }

    /// <summary>Where models run, unless the run's options say it.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;

    /// <summary>Labels of the reference, as <see cref="Features.Labels.LabelReader"/> takes them, or null.</summary>
    public Located<string>? ReferenceLabels { get; init; }

    /// <summary>Labels of the candidate, or null.</summary>
    public Located<string>? CandidateLabels { get; init; }

    /// <summary>How images are masked, or null for not at all.</summary>
    public MaskSettings? Masks { get; init; }

    /// <summary>Metrics in other modes of the masks, such as <c>fid/hard</c>.</summary>
    internal IReadOnlyList<MaskedMetric> Masked { get; init; } = [];

    /// <summary>A sample size study to hold the sets against, or null.</summary>
    public Located<string>? SampleSizes { get; init; }

    /// <summary>Study how many images the metrics need, or null.</summary>
    public StudyOptions? Study { get; init; }

    /// <summary>Give scores of single images too.</summary>
    public bool PerImage { get; init; }

    /// <summary>What the spec asks for: the families that its gates and its <c>metrics:</c> name.</summary>
    public static MeasureRequest From(GateSpec spec)
    {
        ArgumentNullException.ThrowIfNull(spec);
        return new MeasureRequest
        {
            Reference = spec.Reference.Value,
            ReferenceName = spec.ReferenceText,
            CandidateName = spec.CandidateText,
            ReferenceLocation = spec.Reference.Location,
            Candidate = spec.Candidate.Value,
            CandidateLocation = spec.Candidate.Location,
            Extractor = spec.Extractor,
            Families = FamiliesOf(spec),
            Parameters = spec.MetricParameters,
            SampleSizes = spec.SampleSizes,
            ReferenceLabels = spec.ReferenceLabels,
            CandidateLabels = spec.CandidateLabels,
            OnUnreadable = spec.OnUnreadable,
            Confidence = spec.Confidence,
            Device = spec.Device,
            Masks = spec.Masks,
            Masked = [.. spec.Gates.Select(g => g.Metric).Distinct(StringComparer.Ordinal).Select(MaskedMetric.Parse).OfType<MaskedMetric>()],
            Anomaly = spec.Anomaly,
            Background = spec.Background is null ? null : BackgroundRequest.OfCheck(spec),
        };
    }

    /// <summary>The families that a spec names, each once: those of its gates, of its <c>metrics:</c>, and of its sections.</summary>
    internal static IReadOnlyList<IMetricFamily> FamiliesOf(GateSpec spec)
    {
        string?[] sections = [spec.Anomaly is null ? null : AnomalyFamily.FamilyName, spec.Background is null ? null : BackgroundFamily.FamilyName];
        IEnumerable<string> names = spec.Gates.Select(g => g.Metric).Concat(spec.MetricFamilies.Select(f => f.Value)).Concat(sections.OfType<string>());
        return MetricRegistry.Distinct(names.Select(MetricRegistry.Find).OfType<IMetricFamily>());
    }
}
