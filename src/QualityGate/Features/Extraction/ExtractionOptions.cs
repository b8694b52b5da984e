using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>How an extraction runs. None of it changes a number.</summary>
public sealed record ExtractionOptions
{
    /// <summary>Images that go through the model at once, in each worker.</summary>
    public int BatchSize { get; init; } = 4;

    /// <summary>Workers that read, decode and infer side by side. Default: one a core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>What happens to unreadable images.</summary>
    public OnUnreadable OnUnreadable { get; init; } = OnUnreadable.Error;

    /// <summary>Hears how far it is.</summary>
    public IExtractionProgress? Progress { get; init; }

    /// <summary>What progress calls this set: <c>reference</c> or <c>candidate</c>.</summary>
    public string Stage { get; init; } = "images";
}
