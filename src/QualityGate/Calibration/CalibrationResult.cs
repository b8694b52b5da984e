using QualityGate.Metrics;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate.Calibration;

/// <summary>How good a gate is: what its metrics do when nothing changed, and what the spec's limits make of it. Written as <c>qualitygate.calibration/1</c>.</summary>
public sealed record CalibrationResult
{
    /// <summary>The spec's path as given.</summary>
    public required string SpecFile { get; init; }

    /// <summary>How it was made.</summary>
    public required CalibrationOptions Options { get; init; }

    /// <summary>Confidence of the spec.</summary>
    public required double Confidence { get; init; }

    /// <summary>What the spec does with inconclusive gates.</summary>
    public required OnInconclusive OnInconclusive { get; init; }

    /// <summary>The reference.</summary>
    public required SetInfo Reference { get; init; }

    /// <summary>The candidate, or null when it is not there.</summary>
    public SetInfo? Candidate { get; init; }

    /// <summary>The extractor, or null for foreign features.</summary>
    public ExtractorInfo? Extractor { get; init; }

    /// <summary>What was drawn. The first one is this generator's own when its images are there.</summary>
    public required IReadOnlyList<NullResult> Nulls { get; init; }

    /// <summary>The smallest change that each gate sees, in the spec's order.</summary>
    public required IReadOnlyList<GateSensitivity> Gates { get; init; }

    /// <summary>What the baseline's history says of each gated metric.</summary>
    public IReadOnlyList<HistorySpread> History { get; init; } = [];

    /// <summary>Limits that would hold the wanted rates.</summary>
    public required IReadOnlyList<ProposedGate> Proposals { get; init; }

    /// <summary>What a reader should know.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}

/// <summary>A null: its spreads, and what the present limits make of them.</summary>
/// <param name="Plan">What was drawn.</param>
/// <param name="Draws">How many pairs of runs.</param>
/// <param name="Metrics">Each metric of the whole sets.</param>
/// <param name="Gates">Each gate that could be judged.</param>
/// <param name="RunsFailed">Draws in which the run failed.</param>
/// <param name="RunsInconclusive">Draws in which it was inconclusive.</param>
public sealed record NullResult(
    NullPlan Plan, int Draws, IReadOnlyList<MetricSpread> Metrics, IReadOnlyList<GateCounts> Gates, int RunsFailed, int RunsInconclusive);

/// <summary>A metric of a null.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Value">The spread of its value, at <see cref="NullPlan.Text"/>'s sizes.</param>
/// <param name="Change">The spread of the change between two runs.</param>
/// <param name="Error">The median of the change's standard error as a check takes it, or null when it has none.</param>
public sealed record MetricSpread(string Metric, Spread Value, Spread Change, double? Error);

/// <summary>How often a gate raised an alarm though nothing changed.</summary>
/// <param name="Limit">The gate.</param>
/// <param name="Breached">Draws in which it was breached.</param>
/// <param name="Inconclusive">Draws in which it was inconclusive.</param>
public sealed record GateCounts(GateLimit Limit, int Breached, int Inconclusive);

/// <summary>What a gate can see.</summary>
/// <param name="Limit">The gate.</param>
/// <param name="SmallestChange">The change for the worse that it fails at in 80 % of runs, in the metric's unit; null when there is none.</param>
/// <param name="Class">Of a gate per class: the class that it sees least of.</param>
/// <param name="Reason">Why there is none.</param>
public sealed record GateSensitivity(GateLimit Limit, double? SmallestChange, string? Class, string? Reason);

/// <summary>What was accepted over time.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Values">The spread of accepted values.</param>
/// <param name="Accepted">How many there are.</param>
/// <param name="Change">The spread of changes from one to the next, or null for fewer than three acceptances.</param>
/// <param name="Error">The median of the standard errors of those changes, the runs taken as independent; null when they have none.</param>
public sealed record HistorySpread(string Metric, Spread Values, int Accepted, Spread? Change, double? Error);

/// <summary>A limit that would hold the wanted rates.</summary>
/// <param name="Metric">The metric.</param>
/// <param name="Rule">The kind of limit.</param>
/// <param name="Limit">The limit, rounded to the side of fewer alarms.</param>
/// <param name="SmallestChange">The change for the worse that it would fail at in 80 % of runs.</param>
/// <param name="Direction">Which way the metric is better.</param>
public sealed record ProposedGate(string Metric, GateRule Rule, double Limit, double SmallestChange, MetricDirection Direction);
