using System.Globalization;
using Microsoft.ML.OnnxRuntime;
using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Numerics.Engine;

/// <summary>
/// ONNX Runtime's CUDA provider: compiled into the library that is loaded, or a library of its own in <see cref="OnnxRuntimeFolder"/>, which is
/// registered at its first use. TensorFloat-32 is off everywhere, since it keeps 10 bits of each factor.
/// </summary>
public static class CudaProvider
{
    private const string Name = "CUDAExecutionProvider";
    private const string RegisteredName = "qualitygate-cuda";

    private static readonly Lock Gate = new();
    private static readonly Lazy<string?> RegistrationProblem = new(Register);

    /// <summary>Why a GPU cannot be used, in one sentence, or null when it can.</summary>
    /// <param name="index">Which GPU.</param>
    public static string? Problem(int index = 0)
    {
        lock (Gate)
        {
            if (!OperatingSystem.IsLinux() && !OperatingSystem.IsWindows()) return "CUDA is not available on this system.";
            if (!IsCompiledIn && OnnxRuntimeFolder.CudaProvider is null) return NoProvider();
            if (!IsCompiledIn && RegistrationProblem.Value is { } problem) return problem;
            try
            {
                using var options = new SessionOptions();
                Append(options, index);
                return null;
            }
            catch (Exception error) when (error is OnnxRuntimeException or UserErrorException)
            {
                return FirstSentence(error.Message);
            }
        }
    }

    /// <summary>Which device a request means here: <c>auto</c> is the first GPU when a provider for it is at hand and works, otherwise the processor.</summary>
    /// <param name="wanted">The request.</param>
    /// <exception cref="UserErrorException">QG4208: a GPU was asked for by name and cannot be used.</exception>
    public static ComputeDevice Resolve(ComputeDevice wanted)
    {
        switch (wanted.Kind)
        {
            case ComputeDeviceKind.Cpu:
                return wanted;
            case ComputeDeviceKind.Auto:
                bool isWorthTrying = OnnxRuntimeFolder.Path is not null && (OnnxRuntimeFolder.CudaProvider is not null || IsCompiledIn);
                return isWorthTrying && Problem() is null ? new ComputeDevice(ComputeDeviceKind.Cuda) : ComputeDevice.Cpu;
            default:
                return Problem(wanted.Index) is { } problem ? throw new UserErrorException(DataErrors.DeviceNotAvailable, $"Device `{wanted}` cannot be used: {problem}") : wanted;
        }
    }

    /// <summary>Lets a session run on a device; nothing changes for the processor.</summary>
    /// <param name="options">The session's options.</param>
    /// <param name="device">A device that <see cref="Resolve"/> gave.</param>
    internal static void Apply(SessionOptions options, ComputeDevice device)
    {
        if (device.Kind != ComputeDeviceKind.Cuda) return;
        if (!IsCompiledIn) _ = RegistrationProblem.Value;
        Append(options, device.Index);
    }

    private static bool IsCompiledIn => OnnxRuntimeInfo.Providers.Contains(Name);

    private static string NoProvider() => OnnxRuntimeFolder.Path is { } folder
        ? $"{OnnxRuntimeFolder.Variable} names {folder}, which holds no CUDA provider (libonnxruntime_providers_cuda)."
        : $"this ONNX Runtime has no CUDA provider; set {OnnxRuntimeFolder.Variable} to a folder that holds libonnxruntime_providers_cuda of version {OnnxRuntimeInfo.Version}.";

    private static string? Register()
    {
        try
        {
            OrtEnv.Instance().RegisterExecutionProviderLibrary(RegisteredName, OnnxRuntimeFolder.CudaProvider!);
            return null;
        }
        catch (OnnxRuntimeException error)
        {
            return $"its CUDA provider cannot be loaded: {FirstSentence(error.Message)}";
        }
    }

    private static void Append(SessionOptions options, int index)
    {
        Dictionary<string, string> settings = new(StringComparer.Ordinal) { ["use_tf32"] = "0", ["cudnn_conv_algo_search"] = "HEURISTIC" };
        if (IsCompiledIn)
        {
            settings["device_id"] = index.ToString(CultureInfo.InvariantCulture);
            using var provider = new OrtCUDAProviderOptions();
            provider.UpdateOptions(settings);
            options.AppendExecutionProvider_CUDA(provider);
            return;
        }

        OrtEpDevice[] devices = [.. OrtEnv.Instance().GetEpDevices().Where(device => device.EpName == Name)];
        if (index >= devices.Length) throw new UserErrorException(DataErrors.DeviceNotAvailable, $"there are {devices.Length} GPUs that the driver shows, and number {index} is not one of them.");
        options.AppendExecutionProvider(OrtEnv.Instance(), [devices[index]], settings);
    }

    private static string FirstSentence(string message)
    {
        string line = message.ReplaceLineEndings(" ").Trim();
        return line.Length > 300 ? line[..300] + "..." : line;
    }
}
