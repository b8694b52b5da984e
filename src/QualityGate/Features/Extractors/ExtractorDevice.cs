namespace QualityGate.Features.Extractors;

/// <summary>Where a feature extractor runs.</summary>
public enum ExtractorDevice
{
    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU; not available in this build.</summary>
    Cuda,
}
