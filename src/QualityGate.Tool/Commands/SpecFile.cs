using QualityGate.Errors;
using QualityGate.Metrics;
using QualityGate.Specs;

namespace QualityGate.Tool.Commands;

/// <summary>Reads the spec that a command was given, or the one that is looked for when none was.</summary>
internal static class SpecFile
{
    /// <summary>The folder that a spec lies in.</summary>
    public static string FolderOf(string path) => Path.GetDirectoryName(Path.GetFullPath(path)) ?? Environment.CurrentDirectory;

    /// <summary>Reads and checks the spec.</summary>
    /// <exception cref="UserErrorException">It is missing or wrong.</exception>
    public static GateSpec Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new UserErrorException(
                SpecErrors.Unreadable, $"there is no spec at {path}", advice: "Name one, or write one for this folder: qualitygate init");
        }

        return SpecReader.Read(path, MetricRegistry.Catalogue);
    }
}
