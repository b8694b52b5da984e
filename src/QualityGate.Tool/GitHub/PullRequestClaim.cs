using System.Globalization;
using System.Text.Json;
using QualityGate.Features.Files;

namespace QualityGate.Tool.GitHub;

/// <summary>
/// Which pull request a run was for, written beside its result: the job that comments later on a fork's pull request may be told nothing else.
/// It is a claim that the job must verify, since anybody can upload it.
/// </summary>
internal static class PullRequestClaim
{
    private const string FileName = "pull-request.json";
    private const long MostBytes = 4096;

    /// <summary>Writes the claim into the result's folder.</summary>
    public static void Write(string resultPath, int number) => AtomicFile.WriteText(
        PathFor(resultPath), string.Create(CultureInfo.InvariantCulture, $$"""{ "schema": "qualitygate.pull-request/1", "number": {{number}} }""") + "\n");

    /// <summary>Reads it; null when there is none or it is not understood.</summary>
    public static int? TryRead(string resultPath)
    {
        try
        {
            FileInfo file = new(PathFor(resultPath));
            if (!file.Exists || file.Length > MostBytes)
            {
                return null;
            }

            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file.FullName));
            return document.RootElement is { ValueKind: JsonValueKind.Object } root
                && root.TryGetProperty("number", out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) && number > 0
                    ? number
                    : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException)
        {
            return null;
        }
    }

    private static string PathFor(string resultPath) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(resultPath))!, FileName);
}
