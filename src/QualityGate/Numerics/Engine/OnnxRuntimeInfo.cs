using Microsoft.ML.OnnxRuntime;

namespace QualityGate.Numerics.Engine;

/// <summary>Which ONNX Runtime is loaded.</summary>
public static class OnnxRuntimeInfo
{
    /// <summary>Version of the native library.</summary>
    /// <exception cref="DllNotFoundException">It cannot be loaded.</exception>
    public static string Version => OrtEnv.Instance().GetVersionString();

    /// <summary>Execution providers compiled into it, such as <c>CPUExecutionProvider</c>.</summary>
    public static IReadOnlyList<string> Providers => OrtEnv.Instance().GetAvailableProviders();
}
