using QualityGate.Baselines;
using QualityGate.Features.Extraction;
using QualityGate.Reports;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>What a run needs besides its spec. None of it changes a number, unless the budget is too small.</summary>
public sealed record GateRunOptions
{
    /// <summary>The tool, for results.</summary>
    public required ToolInfo Tool { get; init; }

    /// <summary>Folder of the feature cache, or null for the user's own.</summary>
    public string? CacheFolder { get; init; }

    /// <summary>Images that go through the model at once, in each worker; null for the default.</summary>
    public int? BatchSize { get; init; }

    /// <summary>Workers and threads; null for one a core.</summary>
    public int? Workers { get; init; }

    /// <summary>Where models run, or null for what the spec says. On a GPU the last bits of features may differ from the processor's.</summary>
    public ComputeDevice? Device { get; init; }

    /// <summary>Hears how far extractions are.</summary>
    public IExtractionProgress? Progress { get; init; }

    /// <summary>Hears what a user should know but need not mend.</summary>
    public Action<string>? Warn { get; init; }

    /// <summary>Where baselines may lie besides the path that the spec names.</summary>
    public BaselinePlaces Baselines { get; init; } = new();

    /// <summary>
    /// How long features that are not cached may be computed, or null for as long as it takes. When it does not suffice, random samples are
    /// measured, and a breached gate is inconclusive.
    /// </summary>
    public TimeSpan? Budget { get; init; }

    /// <summary>Folder for pictures and scores of images when the spec has anomaly scores, or null for none.</summary>
    public string? AnomalyFolder { get; init; }

    /// <summary>Folder for tables and pictures when the spec audits backgrounds, or null for none.</summary>
    public string? BackgroundFolder { get; init; }

    /// <summary>Whether pictures, points and scores of single images are gathered for a page of the run.</summary>
    public bool WithEvidence { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
