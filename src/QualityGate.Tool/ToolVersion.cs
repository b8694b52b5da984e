using System.Reflection;
using System.Runtime.InteropServices;

namespace QualityGate.Tool;

/// <summary>Version of this build.</summary>
internal static class ToolVersion
{
    private const string OnnxRuntimeKey = "OnnxRuntimeVersion";

    /// <summary>Semantic version, with the commit after a plus sign when the build knew it.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    /// <summary>What it runs on. ONNX Runtime's version is the one it was built against; only <c>doctor</c> loads the library to ask it.</summary>
    public static string Platform { get; } = $".NET {Environment.Version}, {RuntimeInformation.RuntimeIdentifier}, ONNX Runtime {OnnxRuntime}";

    private static string OnnxRuntime => typeof(ToolVersion).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .FirstOrDefault(a => a.Key == OnnxRuntimeKey)?.Value ?? "unknown";
}
