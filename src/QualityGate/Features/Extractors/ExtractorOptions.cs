using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>
/// How an extractor runs; no option changes a feature. The defaults are for a pipeline of one worker a processor, each of which decodes,
/// prepares and runs its own images. The network alone is as fast with one worker and all threads, but then decoding waits for it.
/// </summary>
public sealed record ExtractorOptions
{
    /// <summary>Where to run: the processor, or a GPU that <see cref="Numerics.Engine.CudaProvider.Resolve"/> gave.</summary>
    public ComputeDevice Device { get; init; } = ComputeDevice.Cpu;

    /// <summary>Threads inside one call of <see cref="FeatureExtractor.Run"/>; calls from several threads multiply it.</summary>
    public int ThreadsPerRun { get; init; } = 1;

    /// <summary>
    /// Images that go through the network together. On a CPU more than a few gain nothing and take memory. With 1, images go one by one,
    /// which some models without a free batch axis need.
    /// </summary>
    public int BatchSize { get; init; } = 4;
}
