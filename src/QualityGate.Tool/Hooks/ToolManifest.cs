using System.Text.Json;

namespace QualityGate.Tool.Hooks;

/// <summary>How the tool is started in a repository.</summary>
internal static class ToolManifest
{
    /// <summary>For a tool that is installed for the user.</summary>
    public const string GlobalCommand = "qualitygate";

    /// <summary>For a tool of the repository.</summary>
    public const string LocalCommand = "dotnet tool run qualitygate";

    private const int LargestManifest = 1 << 20;

    /// <summary>The command that fits the repository: its tool manifest names the tool, or it does not.</summary>
    public static string CommandFor(string root) =>
        new[] { Path.Combine(root, ".config", "dotnet-tools.json"), Path.Combine(root, "dotnet-tools.json") }.Any(NamesTool) ? LocalCommand : GlobalCommand;

    private static bool NamesTool(string path)
    {
        FileInfo file = new(path);
        if (!file.Exists || file.Length > LargestManifest)
        {
            return false;
        }

        try
        {
            using JsonDocument manifest = JsonDocument.Parse(
                File.ReadAllBytes(path), new JsonDocumentOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
            return manifest.RootElement.GetProperty("tools").EnumerateObject()
                .Any(tool => tool.Value.GetProperty("commands").EnumerateArray().Any(c => c.GetString() == GlobalCommand));
        }
        catch (Exception failure) when (failure is JsonException or KeyNotFoundException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            // A manifest that is broken names no tool; dotnet itself says what is wrong with it.
            return false;
        }
    }
}
