using System.Globalization;
using System.Text;

namespace QualityGate.Images.Pictures;

/// <summary>Text of unknown origin inside XML.</summary>
internal static class SvgText
{
    private const int Longest = 300;

    /// <summary>One line that no reader of XML takes for markup: no control characters, no marks that turn the reading direction, nothing that XML cannot hold.</summary>
    public static string Escape(string text)
    {
        StringBuilder clean = new();
        foreach (Rune rune in text.EnumerateRunes().Take(Longest))
        {
            bool isShown = (rune.Value & 0xFFFE) != 0xFFFE
                && Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse);
            clean.Append(isShown ? rune.ToString() : rune.Value is '\n' or '\t' ? " " : string.Empty);
        }

        return clean.Replace("&", "&amp;").Replace("<", "&lt;").Replace(">", "&gt;").Replace("\"", "&quot;").Replace("'", "&#39;").ToString();
    }
}
