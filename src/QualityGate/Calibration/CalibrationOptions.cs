using QualityGate.Features.Extraction;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>How a calibration is made.</summary>
public sealed record CalibrationOptions
{
    /// <summary>What holds when nothing is said.</summary>
    public const int DefaultRepetitions = 100;

    /// <summary>What holds when nothing is said: a failed run in a hundred.</summary>
    public const double DefaultFalseAlarms = 0.01;

    /// <summary>What holds when nothing is said: one run in ten.</summary>
    public const double DefaultInconclusive = 0.1;

    /// <summary>Pairs of runs that are drawn for each null, at least 2.</summary>
    public int Repetitions { get; init; } = DefaultRepetitions;

    /// <summary>Seed of the draws.</summary>
    public uint Seed { get; init; }

    /// <summary>Share of runs that may fail by chance under the proposed limits, all of them together; in (0, 0.5).</summary>
    public double FalseAlarms { get; init; } = DefaultFalseAlarms;

    /// <summary>Share of runs in which a proposed limit on a change may be inconclusive by chance, each by itself; in (0, 0.5].</summary>
    public double Inconclusive { get; init; } = DefaultInconclusive;

    /// <summary>The tool, for results.</summary>
    public required ToolInfo Tool { get; init; }

    /// <summary>Hears how far the draws are; null for nobody.</summary>
    public IExtractionProgress? Progress { get; init; }
}
