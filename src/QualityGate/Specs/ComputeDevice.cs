using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace QualityGate.Specs;

/// <summary>Kinds of devices that networks and matrix products run on.</summary>
public enum ComputeDeviceKind
{
    /// <summary>The best that works here.</summary>
    Auto,

    /// <summary>The processor.</summary>
    Cpu,

    /// <summary>An NVIDIA GPU.</summary>
    Cuda,
}

/// <summary>Where networks and matrix products run: <c>auto</c>, <c>cpu</c>, <c>cuda</c> or <c>cuda:N</c>.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Index">Which GPU, from 0 as the driver counts them.</param>
public readonly record struct ComputeDevice(ComputeDeviceKind Kind, int Index = 0)
{
    /// <summary>What a device may be written as.</summary>
    public const string Expected = "auto, cpu, cuda or cuda:N";

    private const int MostGpus = 64;

    /// <summary>The processor.</summary>
    public static ComputeDevice Cpu { get; } = new(ComputeDeviceKind.Cpu);

    /// <summary>The best that works here.</summary>
    public static ComputeDevice Auto { get; } = new(ComputeDeviceKind.Auto);

    /// <summary>Reads what a user wrote.</summary>
    /// <param name="text">The text.</param>
    /// <param name="device">What it means.</param>
    /// <returns>Whether it is one of <see cref="Expected"/>.</returns>
    public static bool TryParse([NotNullWhen(true)] string? text, out ComputeDevice device)
    {
        device = Auto;
        switch (text)
        {
            case "auto":
                return true;
            case "cpu":
                device = Cpu;
                return true;
            case "cuda":
                device = new ComputeDevice(ComputeDeviceKind.Cuda);
                return true;
            default:
                if (text is null || !text.StartsWith("cuda:", StringComparison.Ordinal) || !int.TryParse(text.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out int index) || index >= MostGpus)
                    return false;
                device = new ComputeDevice(ComputeDeviceKind.Cuda, index);
                return true;
        }
    }

    /// <inheritdoc />
    public override string ToString() => Kind switch
    {
        ComputeDeviceKind.Cuda => Index == 0 ? "cuda" : string.Create(CultureInfo.InvariantCulture, $"cuda:{Index}"),
        ComputeDeviceKind.Cpu => "cpu",
        _ => "auto",
    };
}
