namespace QualityGate.GitHub;

/// <summary>Commits as GitHub writes them.</summary>
internal static class CommitText
{
    private const int ShortLength = 7;

    /// <summary>Whether a text is a whole commit id.</summary>
    public static bool Is(string? text) => text is { Length: 40 or 64 } && text.All(char.IsAsciiHexDigit);

    /// <summary>Whether two texts are the same whole commit id.</summary>
    public static bool Same(string? one, string? other) => Is(one) && string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    /// <summary>The first digits, for people.</summary>
    public static string Short(string? text) => Is(text) ? text![..ShortLength] : "unknown commit";
}
