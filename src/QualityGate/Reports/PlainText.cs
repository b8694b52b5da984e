using System.Globalization;
using System.Text;

namespace QualityGate.Reports;

/// <summary>Text of unknown origin (file names, a result from another machine) made safe to show.</summary>
internal static class PlainText
{
    /// <summary>
    /// The text on one line, without control characters (they drive terminals), marks that turn the reading direction (they
    /// make a text look like another one), broken surrogates, and what XML cannot hold.
    /// </summary>
    public static string OneLine(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (Rune rune in text.EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' or 0x2028 or 0x2029)
                clean.Append(' ');
            else if (IsShown(rune))
                clean.Append(rune.ToString());
        }

        return WithoutCommands(clean.ToString().Trim());
    }

    /// <summary>
    /// One line without commands of build servers, which a file name may hold. Most look for theirs anywhere in a line of a log, GitHub at its
    /// beginning, after blanks.
    /// </summary>
    public static string WithoutCommands(string text)
    {
        foreach (string command in new[] { "##[", "##vso[", "##teamcity[" })
        {
            if (text.Contains(command, StringComparison.OrdinalIgnoreCase))
                text = text.Replace(command, "## " + command[2..], StringComparison.OrdinalIgnoreCase);
        }

        string unindented = text.TrimStart();
        return unindented.StartsWith("::", StringComparison.Ordinal) ? text.Insert(text.Length - unindented.Length + 1, " ") : text;
    }

    /// <summary>The text's beginning with <c>...</c> when it is longer than <paramref name="width"/>.</summary>
    public static string Cut(string text, int width) => text.Length <= width ? text
        : width <= 3 ? text[..Math.Max(0, width)] : text[..(width - 3)] + "...";

    private static bool IsShown(Rune rune)
    {
        bool isCharacter = (rune.Value & 0xFFFE) != 0xFFFE;
        return isCharacter
            && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);
    }
}
