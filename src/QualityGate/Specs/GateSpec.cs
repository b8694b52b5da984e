using QualityGate.Errors;

namespace QualityGate.Specs;

/// <summary>What happens to images that cannot be read.</summary>
public enum OnUnreadable
{
    /// <summary>The run ends with exit code 2 and lists them. The default.</summary>
    Error,

    /// <summary>They are left out, counted and listed in the report.</summary>
    Skip,
}

/// <summary>What an inconclusive gate does to the verdict.</summary>
public enum OnInconclusive
{
    /// <summary>Nothing.</summary>
    Pass,

    /// <summary>The verdict is at least a warning.</summary>
    Warn,

    /// <summary>The verdict is a failure.</summary>
    Fail,
}

/// <summary>What a check does when there is no baseline where the spec says, as on a first run.</summary>
public enum OnMissingBaseline
{
    /// <summary>The run ends with exit code 2. The default.</summary>
    Error,

    /// <summary>Limits on changes are not judged; unless a gate fails, this run's numbers are accepted as the baseline.</summary>
    Create,

    /// <summary>Limits on changes are not judged, and nothing is written.</summary>
    AbsoluteOnly,
}

/// <summary>How much a breached gate weighs.</summary>
public enum GateLevel
{
    /// <summary>The verdict is a failure (exit code 1).</summary>
    Error,

    /// <summary>The verdict is a warning (exit code 0).</summary>
    Warn,
}

/// <summary>The kinds of limit.</summary>
public enum GateRule
{
    /// <summary>The value must not be below.</summary>
    Min,

    /// <summary>The value must not be above.</summary>
    Max,

    /// <summary>The value must not exceed the baseline's by more.</summary>
    MaxIncrease,

    /// <summary>The value must not fall below the baseline's by more.</summary>
    MaxDecrease,
}

/// <summary>What a limit is held against.</summary>
public enum GateScope
{
    /// <summary>The value of the whole sets. The default.</summary>
    Whole,

    /// <summary>The class that comes nearest to the limit or breaks it most.</summary>
    WorstClass,

    /// <summary>Every class by itself.</summary>
    EachClass,
}

/// <summary>One limit on one metric.</summary>
/// <param name="Metric">Metric name of METRICS, such as <c>fid</c>.</param>
/// <param name="Rule">Kind of limit.</param>
/// <param name="Limit">The limit; for a relative one a fraction (5% is 0.05).</param>
/// <param name="IsRelative">Whether the limit is a share of the baseline's value. Only for the two change rules.</param>
/// <param name="Level">What a breach weighs.</param>
/// <param name="Location">Where the limit was written.</param>
public sealed record GateLimit(string Metric, GateRule Rule, double Limit, bool IsRelative, GateLevel Level, SourceLocation? Location)
{
    /// <summary>Whether it is held against the whole sets or against classes.</summary>
    public GateScope Scope { get; init; } = GateScope.Whole;

    /// <summary>Whether accepting better numbers tightens it. Only for min and max of the whole sets.</summary>
    public bool IsRatchet { get; init; }

    /// <summary>Where the number itself was written.</summary>
    public SourceLocation? NumberLocation { get; init; }
}

/// <summary>One parameter of a metric, as text, since the metric itself knows its type and range.</summary>
/// <param name="Family">Name under <c>metrics:</c>, such as <c>prdc</c> or <c>kid</c>.</param>
/// <param name="Name">Parameter name, such as <c>k</c>.</param>
/// <param name="Value">The scalar as written.</param>
/// <param name="Location">Where it was written, or null for <c>--set</c>.</param>
public sealed record MetricParameter(string Family, string Name, string Value, SourceLocation? Location);

/// <summary>The spec file, checked: all a run needs to know. Paths are absolute, resolved against the spec's folder.</summary>
public sealed record GateSpec
{
    /// <summary>Path of the spec as the user gave it.</summary>
    public required string File { get; init; }

    /// <summary>Where the real images or their features are.</summary>
    public required Located<string> Reference { get; init; }

    /// <summary>Where the images under judgement or their features are.</summary>
    public required Located<string> Candidate { get; init; }

    /// <summary><see cref="Reference"/> as it was written, for people; null when it did not come from a file.</summary>
    public string? ReferenceText { get; init; }

    /// <summary><see cref="Candidate"/> as it was written, for people; null when it did not come from a file.</summary>
    public string? CandidateText { get; init; }

    /// <summary>The extractor, or null when both sets are feature files.</summary>
    public ExtractorRecipe? Extractor { get; init; }

    /// <summary>Where the spec names the extractor.</summary>
    public SourceLocation? ExtractorLocation { get; init; }

    /// <summary>Path of the baseline, or null when none is named.</summary>
    public Located<string>? Baseline { get; init; }

    /// <summary>What happens when the baseline is not there.</summary>
    public OnMissingBaseline OnMissingBaseline { get; init; } = OnMissingBaseline.Error;

    /// <summary>Labels of the reference: <c>folders</c>, or an absolute path of a CSV file or an array; null without labels.</summary>
    public Located<string>? ReferenceLabels { get; init; }

    /// <summary>Labels of the candidate, in the same forms.</summary>
    public Located<string>? CandidateLabels { get; init; }

    /// <summary>How images are masked, or null for not at all.</summary>
    public MaskSettings? Masks { get; init; }

    /// <summary>Path of a sample size study, or null when none is named.</summary>
    public Located<string>? SampleSizes { get; init; }

    /// <summary>Families named under <c>metrics:</c> even without parameters: they are computed though no gate names them.</summary>
    public required IReadOnlyList<Located<string>> MetricFamilies { get; init; }

    /// <summary>Parameters of metrics.</summary>
    public required IReadOnlyList<MetricParameter> MetricParameters { get; init; }

    /// <summary>All limits, in the order of the file.</summary>
    public required IReadOnlyList<GateLimit> Gates { get; init; }

    /// <summary>Breaches that somebody accepts for a while.</summary>
    public IReadOnlyList<Waiver> Waivers { get; init; } = [];

    /// <summary>Confidence of intervals, in (0, 1).</summary>
    public double Confidence { get; init; } = 0.95;

    /// <summary>What an inconclusive gate does.</summary>
    public OnInconclusive OnInconclusive { get; init; } = OnInconclusive.Warn;

    /// <summary>What happens to unreadable images.</summary>
    public OnUnreadable OnUnreadable { get; init; } = OnUnreadable.Error;

    /// <summary>How images get anomaly scores, or null when they get none.</summary>
    public AnomalySpec? Anomaly { get; init; }

    /// <summary>How backgrounds are audited, or null when they are not.</summary>
    public BackgroundSpec? Background { get; init; }

    /// <summary>Where models run.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Auto;
}
