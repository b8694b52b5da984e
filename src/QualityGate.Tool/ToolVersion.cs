using System.Reflection;

namespace QualityGate.Tool;

/// <summary>Version of this build.</summary>
internal static class ToolVersion
{
    /// <summary>Semantic version, with the commit after a plus sign when the build knew it.</summary>
    public static string Text { get; } =
        typeof(ToolVersion).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
}
