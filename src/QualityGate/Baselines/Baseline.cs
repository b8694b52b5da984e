using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Files;
using QualityGate.Metrics;

namespace QualityGate.Baselines;

/// <summary>One accepted value, with all that makes it comparable.</summary>
public sealed record AcceptedMetric
{
    /// <summary>Name, such as <c>fid</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The accepted value, finite.</summary>
    public required double Value { get; init; }

    /// <summary>Standard error of the value, or null where none was computed.</summary>
    public double? StandardError { get; init; }

    /// <summary>The candidate's part of it, the reference taken as it stands; or null.</summary>
    public double? CandidateError { get; init; }

    /// <summary>Which way is better.</summary>
    public required MetricDirection Direction { get; init; }

    /// <summary>Public implementation whose definition this is.</summary>
    public required string Convention { get; init; }

    /// <summary>Parameters in force, in order. Values are numbers (long or double), strings or truth values.</summary>
    public IReadOnlyList<KeyValuePair<string, object>> Parameters { get; init; } = [];
}

/// <summary>Accepted values of one class. What they mean is said by the accepted metric of the whole sets.</summary>
/// <param name="Name">The class.</param>
/// <param name="ReferenceCount">Its images in the reference.</param>
/// <param name="CandidateCount">Its images in the candidate.</param>
/// <param name="Values">Metric names and finite values; a metric that could not be computed in the class is missing.</param>
public sealed record AcceptedClass(string Name, int ReferenceCount, int CandidateCount, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    /// <summary>Metric names and standard errors that are the candidate's alone, of those values that have one.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Errors { get; init; } = [];
}

/// <summary>Where accepted values come from.</summary>
public sealed record BaselineProvenance
{
    /// <summary>Reference set as the user named it.</summary>
    public required string ReferenceSource { get; init; }

    /// <summary>Images in the reference, 0 when only its moments are known.</summary>
    public required int ReferenceCount { get; init; }

    /// <summary>Fingerprint of the reference set.</summary>
    public required string ReferenceFingerprint { get; init; }

    /// <summary>Fingerprint of the reference's image files in any order, or null when they are not known.</summary>
    public string? ReferenceImages { get; init; }

    /// <summary>What two references are told apart by: their images, or what is known of them.</summary>
    internal string ReferenceIdentity => ReferenceImages ?? ReferenceFingerprint;

    /// <summary>Candidate set as the user named it.</summary>
    public required string CandidateSource { get; init; }

    /// <summary>Images in the candidate.</summary>
    public required int CandidateCount { get; init; }

    /// <summary>Fingerprint of the candidate set.</summary>
    public required string CandidateFingerprint { get; init; }

    /// <summary>Name of the extractor, or null for foreign features.</summary>
    public string? ExtractorName { get; init; }

    /// <summary>Fingerprint of the extractor, or null for foreign features.</summary>
    public string? ExtractorFingerprint { get; init; }

    /// <summary>When the values were accepted, UTC.</summary>
    public required DateTimeOffset Created { get; init; }

    /// <summary>The commit they were accepted at, or null.</summary>
    public string? Commit { get; init; }

    /// <summary>Version of the tool that measured them.</summary>
    public required string ToolVersion { get; init; }

    /// <summary>Why they were accepted, in the words of who did; or null.</summary>
    public string? Reason { get; init; }
}

/// <summary>One acceptance in a baseline's history.</summary>
/// <param name="Created">When, UTC.</param>
/// <param name="Commit">At which commit, or null.</param>
/// <param name="Values">Metric names and values.</param>
public sealed record BaselineHistoryEntry(DateTimeOffset Created, string? Commit, IReadOnlyList<KeyValuePair<string, double>> Values)
{
    /// <summary>Metric names and standard errors, of those values that have one.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Errors { get; init; } = [];

    /// <summary>Metric names and what their values mean: equal texts are comparable numbers. Empty in files of earlier versions.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Definitions { get; init; } = [];

    /// <summary>Candidate that was accepted, as the user named it; null in files of earlier versions.</summary>
    public string? CandidateSource { get; init; }

    /// <summary>Its images; 0 in files of earlier versions.</summary>
    public int CandidateCount { get; init; }

    /// <summary>Its fingerprint; null in files of earlier versions.</summary>
    public string? CandidateFingerprint { get; init; }

    /// <summary>Why it was accepted, or null.</summary>
    public string? Reason { get; init; }
}

/// <summary>What was accepted, from what, and what was accepted before.</summary>
public sealed record Baseline
{
    /// <summary>Most acceptances kept; older ones are forgotten.</summary>
    public const int MaximumHistory = 100;

    /// <summary>Accepted values, in the order they were measured.</summary>
    public required IReadOnlyList<AcceptedMetric> Metrics { get; init; }

    /// <summary>Accepted values by class, in ordinal order; empty when the sets had no labels.</summary>
    public IReadOnlyList<AcceptedClass> Classes { get; init; } = [];

    /// <summary>Where they come from.</summary>
    public required BaselineProvenance Provenance { get; init; }

    /// <summary>All acceptances, oldest first; the last one is this baseline's own.</summary>
    public required IReadOnlyList<BaselineHistoryEntry> History { get; init; }

    /// <summary>The accepted value of a metric, or null.</summary>
    public AcceptedMetric? Find(string metric) => Metrics.FirstOrDefault(accepted => accepted.Name == metric);

    /// <summary>Accepts measured values. Metrics without a value are left out.</summary>
    /// <param name="measured">Metrics as measured.</param>
    /// <param name="reference">Compared against.</param>
    /// <param name="candidate">Measured.</param>
    /// <param name="acceptance">When, at which commit, by which version.</param>
    /// <param name="previous">The baseline that this one replaces, whose history goes on, or null.</param>
    /// <param name="classes">The classes as measured, or null without labels.</param>
    /// <exception cref="UserErrorException">QG3008: no metric has a value.</exception>
    public static Baseline Accept(
        IEnumerable<MetricValue> measured,
        FeatureSet reference,
        FeatureSet candidate,
        Acceptance acceptance,
        Baseline? previous = null,
        IReadOnlyList<MeasuredClass>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        ArgumentNullException.ThrowIfNull(acceptance);
        AcceptedMetric[] metrics = [.. measured.Where(metric => metric.Value is double value && double.IsFinite(value)).DistinctBy(metric => metric.Name).Select(Accepted)];
        if (metrics.Length == 0)
        {
            throw new UserErrorException(BaselineErrors.NothingToAccept, "No metric has a value, so there is nothing to accept.");
        }

        DateTimeOffset created = acceptance.Clock.GetUtcNow();
        BaselineProvenance provenance = Describe(reference, candidate, acceptance, created);
        return new Baseline
        {
            Metrics = metrics,
            Classes = [.. (classes ?? []).Select(Accepted)],
            Provenance = provenance,
            History = [.. (previous?.History ?? []).TakeLast(MaximumHistory - 1), BaselineHistory.EntryOf(provenance, metrics)],
        };
    }

    private static AcceptedMetric Accepted(MetricValue metric) => new()
    {
        Name = metric.Name,
        Value = metric.Value!.Value,
        StandardError = metric.StandardError is double error && double.IsFinite(error) ? error : null,
        CandidateError = metric.CandidateError is double own && double.IsFinite(own) ? own : null,
        Direction = metric.Direction,
        Convention = metric.Convention,
        Parameters = metric.Parameters,
    };

    private static AcceptedClass Accepted(MeasuredClass measured) => new(
        measured.Name,
        measured.ReferenceCount,
        measured.CandidateCount,
        [.. measured.Values.Where(v => v.Value is { } value && double.IsFinite(value)).Select(v => KeyValuePair.Create(v.Name, v.Value!.Value))])
    {
        Errors =
        [
            .. measured.Values.Where(v => v.Value is { } value && double.IsFinite(value) && v.CandidateError is { } error && double.IsFinite(error))
                .Select(v => KeyValuePair.Create(v.Name, v.CandidateError!.Value)),
        ],
    };

    private static BaselineProvenance Describe(
        FeatureSet reference, FeatureSet candidate, Acceptance acceptance, DateTimeOffset created) => new()
        {
            ReferenceSource = reference.Source,
            ReferenceCount = reference.Count,
            ReferenceFingerprint = reference.Fingerprint,
            ReferenceImages = reference.Hashes is byte[] hashes ? FeatureFingerprint.OfImages(hashes) : null,
            CandidateSource = candidate.Source,
            CandidateCount = candidate.Count,
            CandidateFingerprint = candidate.Fingerprint,
            ExtractorName = reference.ExtractorName ?? candidate.ExtractorName,
            ExtractorFingerprint = reference.ExtractorFingerprint ?? candidate.ExtractorFingerprint,
            Created = created,
            Commit = acceptance.Commit,
            ToolVersion = acceptance.ToolVersion,
            Reason = acceptance.Reason,
        };
}

/// <summary>The circumstances of an acceptance.</summary>
/// <param name="Clock">Tells the time.</param>
/// <param name="Commit">The commit, or null.</param>
/// <param name="ToolVersion">Version of the tool.</param>
public sealed record Acceptance(TimeProvider Clock, string? Commit, string ToolVersion)
{
    /// <summary>Why, in the words of who accepts; or null.</summary>
    public string? Reason { get; init; }
}
