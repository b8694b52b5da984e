using System.Runtime.InteropServices;
using QualityGate.Numerics.Engine;

namespace QualityGate.Tool.Commands;

/// <summary>What a GPU needs and what of it is here, one line each. A missing GPU is no fault: everything runs on the processor.</summary>
internal static class GpuDiagnosis
{
    private static readonly (string Part, string Library, string Advice)[] Needed =
    [
        ("driver", "libcuda.so.1", "install NVIDIA's driver, 580 or later (in a container: run it with --gpus all)"),
        ("CUDA 13", "libcudart.so.13", "install the CUDA 13 runtime and add its folder to LD_LIBRARY_PATH"),
        ("cuBLAS 13", "libcublas.so.13", "install cuBLAS of CUDA 13"),
        ("cuDNN 9", "libcudnn.so.9", "install cuDNN 9 for CUDA 13"),
    ];

    /// <summary>Writes the lines.</summary>
    public static void Write(TextWriter output) => Write(output, () => CudaProvider.Problem(), library => NativeLibrary.TryLoad(library, out _), OnnxRuntimeFolder.Path, OnnxRuntimeFolder.CudaProvider);

    /// <summary>Writes the lines for a machine as it is described.</summary>
    internal static void Write(TextWriter output, Func<string?> problem, Func<string, bool> canLoad, string? folder, string? provider)
    {
        if (folder is null)
        {
            output.WriteLine($"GPU           not used: {OnnxRuntimeFolder.Variable} is not set (docs/gpu.md)");
            return;
        }

        if (problem() is not { } reason)
        {
            output.WriteLine("GPU           cuda works");
            return;
        }

        output.WriteLine($"GPU           not used: {reason}");
        output.WriteLine(provider is null ? $"  provider    MISSING in {folder}" : $"  provider    {provider}");
        foreach ((string part, string library, string advice) in Needed)
        {
            output.WriteLine(canLoad(library) ? $"  {part,-12}{library}" : $"  {part,-12}MISSING: {library}; {advice}");
        }
    }
}
