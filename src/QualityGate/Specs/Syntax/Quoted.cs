namespace QualityGate.Specs.Syntax;

/// <summary>A user's text inside a message: in backticks, on one line, and no longer than a person reads.</summary>
internal static class Quoted
{
    private const int Longest = 60;

    public static string Text(string text)
    {
        string shown = text.Length <= Longest ? text : text[..Longest] + "...";
        return $"`{string.Concat(shown.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}`";
    }
}
