namespace QualityGate.Tool.Help;

/// <summary>Breaks text between words.</summary>
internal static class TextWrap
{
    private const int Narrowest = 20;

    /// <summary>The lines of a text, none wider than <paramref name="width"/> unless a single word is.</summary>
    public static IReadOnlyList<string> Lines(string text, int width)
    {
        int limit = Math.Max(width, Narrowest);
        List<string> lines = [];
        string line = string.Empty;
        foreach (string word in text.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > limit)
            {
                lines.Add(line);
                line = word;
            }
            else
            {
                line = line.Length == 0 ? word : $"{line} {word}";
            }
        }

        if (line.Length > 0)
        {
            lines.Add(line);
        }

        return lines;
    }
}
