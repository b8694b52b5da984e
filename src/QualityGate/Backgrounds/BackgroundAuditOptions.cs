using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Backgrounds;

/// <summary>How backgrounds are audited.</summary>
public sealed record BackgroundAuditOptions
{
    /// <summary>How retrieval is evaluated.</summary>
    public RetrievalOptions Retrieval { get; init; } = new();

    /// <summary>The mode that images are in as they are.</summary>
    public string Plain { get; init; } = "none";

    /// <summary>The mode whose background is gone.</summary>
    public string Masked { get; init; } = "hard";

    /// <summary>Other modes that each query is compared with too, class by class.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Level of the tests, in (0, 1).</summary>
    public double Level { get; init; } = 0.05;

    /// <summary>How the p-values of the classes are corrected.</summary>
    public ManyTests Correction { get; init; } = ManyTests.Holm;

    /// <summary>Most examples of one class.</summary>
    public int ExamplesPerClass { get; init; } = 5;
}
