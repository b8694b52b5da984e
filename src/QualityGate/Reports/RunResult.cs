using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Metrics;
using QualityGate.Reports.Html;

namespace QualityGate.Reports;

/// <summary>A finished run: everything a report shows. Written as <c>qualitygate.result/1</c>.</summary>
public sealed record RunResult
{
    /// <summary>The spec's path as given, or null for <c>measure</c>.</summary>
    public string? SpecFile { get; init; }

    /// <summary>Tool name and version.</summary>
    public required ToolInfo Tool { get; init; }

    /// <summary>Overall outcome.</summary>
    public required Verdict Verdict { get; init; }

    /// <summary>The real images.</summary>
    public required SetInfo Reference { get; init; }

    /// <summary>The images under judgement.</summary>
    public required SetInfo Candidate { get; init; }

    /// <summary>Whether not all images of both sets were measured, since time was limited.</summary>
    public bool IsSample => Reference.SampledFrom is not null || Candidate.SampledFrom is not null;

    /// <summary>The extractor, or null for foreign features.</summary>
    public ExtractorInfo? Extractor { get; init; }

    /// <summary>The baseline compared with, or null.</summary>
    public BaselineInfo? Baseline { get; init; }

    /// <summary>Where a baseline was looked for and what was there, in order; empty when the spec names none.</summary>
    public IReadOnlyList<string> BaselineLookup { get; init; } = [];

    /// <summary>What was accepted before, oldest first; the last one is the baseline. Empty without a baseline.</summary>
    public IReadOnlyList<BaselineHistoryEntry> History { get; init; } = [];

    /// <summary>Every metric computed, in the registry's order.</summary>
    public required IReadOnlyList<MetricReport> Metrics { get; init; }

    /// <summary>The metrics class by class, in ordinal order of the classes; empty unless both sets have labels.</summary>
    public IReadOnlyList<ClassReport> Classes { get; init; } = [];

    /// <summary>What single numbers cannot say: curves, histograms, sweeps.</summary>
    public IReadOnlyList<MetricTable> Tables { get; init; } = [];

    /// <summary>The images that moved each metric the wrong way, for the metrics whose influences are known.</summary>
    public IReadOnlyList<Blame> Blame { get; init; } = [];

    /// <summary>What the candidate lacks, when coverage was computed; else null.</summary>
    public UncoveredModes? Uncovered { get; init; }

    /// <summary>Every gate judged, in the spec's order.</summary>
    public required IReadOnlyList<GateResult> Gates { get; init; }

    /// <summary>Why there is no verdict, when something kept the run from being judged; else empty.</summary>
    public IReadOnlyList<Problem> Problems { get; init; } = [];

    /// <summary>What a reader should know beside the numbers.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    /// <summary>Seconds spent, by stage, in order.</summary>
    public IReadOnlyList<KeyValuePair<string, double>> Timings { get; init; } = [];

    /// <summary>Pictures and points for the HTML report, when they were gathered. Never written to result.json.</summary>
    public ReportEvidence? Evidence { get; init; }

    /// <summary>The result of a run that could not even be measured: no verdict, no numbers, only the reasons.</summary>
    public static RunResult Unmeasured(ToolInfo tool, string? specFile, IReadOnlyList<Problem> problems)
    {
        SetInfo nothing = new(string.Empty, 0, string.Empty, 0);
        return new RunResult
        {
            Tool = tool,
            SpecFile = specFile,
            Verdict = Verdict.None,
            Reference = nothing,
            Candidate = nothing,
            Metrics = [],
            Gates = [],
            Problems = problems,
        };
    }
}

/// <summary>The tool that made a result.</summary>
/// <param name="Name"><c>qualitygate</c>.</param>
/// <param name="Version">Semantic version.</param>
public sealed record ToolInfo(string Name, string Version);

/// <summary>One set in a result.</summary>
/// <param name="Source">As the user named it.</param>
/// <param name="Count">Images measured.</param>
/// <param name="Fingerprint"><c>sha256:hex</c> of what is in it.</param>
/// <param name="Skipped">Unreadable images left out.</param>
public sealed record SetInfo(string Source, int Count, string Fingerprint, int Skipped)
{
    /// <summary>When the images measured are a random sample, since time was limited: of how many. Else null.</summary>
    public int? SampledFrom { get; init; }
}

/// <summary>An extractor in a result.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Fingerprint"><c>sha256:hex</c>.</param>
public sealed record ExtractorInfo(string Name, string Fingerprint);

/// <summary>A baseline in a result.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Created">When it was accepted, UTC.</param>
/// <param name="Commit">The commit it was accepted at, or null.</param>
/// <param name="CandidateCount">Images it was measured on.</param>
/// <param name="Source">Which place it was found in: <c>given path</c>, <c>this branch</c>, <c>base branch</c> or <c>lock file</c>.</param>
/// <param name="Features">How far its features were checked.</param>
/// <param name="AgeDays">Whole days between its acceptance and the run; never negative.</param>
public sealed record BaselineInfo(
    string Path, DateTimeOffset Created, string? Commit, int CandidateCount, string Source, BaselineFeatures Features, int AgeDays);

/// <summary>A metric with what it is compared to.</summary>
/// <param name="Value">The metric.</param>
/// <param name="Baseline">The accepted value, or null.</param>
public sealed record MetricReport(MetricValue Value, double? Baseline)
{
    /// <summary>Value minus baseline, or null.</summary>
    public double? Change => Value.Value - Baseline;
}

/// <summary>One class in a result.</summary>
/// <param name="Name">The class.</param>
/// <param name="ReferenceCount">Its images in the reference.</param>
/// <param name="CandidateCount">Its images in the candidate.</param>
/// <param name="Metrics">Its metrics, in the registry's order.</param>
public sealed record ClassReport(string Name, int ReferenceCount, int CandidateCount, IReadOnlyList<MetricReport> Metrics);
