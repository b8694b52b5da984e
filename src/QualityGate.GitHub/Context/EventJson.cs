using System.Text.Json;

namespace QualityGate.GitHub;

/// <summary>Looks into an event's JSON. What is missing, of another type or unreasonable is null: events differ between servers and years.</summary>
internal static class EventJson
{
    private const int MaximumText = 1024;

    /// <summary>The element at the end of a path of keys.</summary>
    public static JsonElement? At(this JsonElement element, params ReadOnlySpan<string> path)
    {
        foreach (string key in path)
        {
            if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(key, out element))
            {
                return null;
            }
        }

        return element;
    }

    /// <summary>A short text without control characters.</summary>
    public static string? Text(this JsonElement element, params ReadOnlySpan<string> path)
    {
        if (element.At(path) is not { ValueKind: JsonValueKind.String } found)
        {
            return null;
        }

        try
        {
            return found.GetString() is { Length: > 0 and <= MaximumText } text && !text.Any(char.IsControl) ? text : null;
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair.
            return null;
        }
    }

    /// <summary>A commit: 40 or 64 hexadecimal digits.</summary>
    public static string? Commit(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Text(path) is string text && CommitText.Is(text) ? text : null;

    /// <summary>A positive number.</summary>
    public static long? Number(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.At(path) is { ValueKind: JsonValueKind.Number } found && found.TryGetInt64(out long number) && number > 0 ? number : null;

    /// <summary>A positive number of 32 bits.</summary>
    public static int? SmallNumber(this JsonElement element, params ReadOnlySpan<string> path) =>
        element.Number(path) is long number and <= int.MaxValue ? (int)number : null;
}
