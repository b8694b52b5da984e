using System.Globalization;
using System.Text;

namespace QualityGate.Reports;

/// <summary>
/// Text of unknown origin inside markdown. A file name may hold markup, a table's bars, links or the name of a person who would
/// be notified; none of it may work.
/// </summary>
internal static class MarkdownText
{
    /// <summary>Splits what GitHub would link: @names and #numbers are found in the finished page, so escaping is not enough.</summary>
    private const char ZeroWidthSpace = '\u200B';

    /// <summary>
    /// Names and paths as code. Everything but letters, digits, spaces and dashes becomes a character reference, which no
    /// markdown rule reads as syntax, and GitHub looks for no mentions inside code.
    /// </summary>
    public static string Code(string text)
    {
        string plain = PlainText.OneLine(text);
        return plain.Length == 0 ? ResultText.Nothing : $"<code>{string.Concat(plain.Select(Reference))}</code>";
    }

    /// <summary>Sentences: every character with a meaning is escaped, and mentions and references are split.</summary>
    public static string Prose(string text)
    {
        var escaped = new StringBuilder();
        foreach (char c in PlainText.OneLine(text))
        {
            if (IsMarkup(c))
                escaped.Append('\\');
            escaped.Append(c);
            if (c is '@' or '#')
                escaped.Append(ZeroWidthSpace);
        }

        return escaped.ToString().Replace("www\\.", "www" + ZeroWidthSpace + "\\.", StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsMarkup(char c) => char.IsAscii(c) && (char.IsPunctuation(c) || char.IsSymbol(c)) && c is not (',' or ';' or '%');

    private static string Reference(char c) => char.IsAsciiLetterOrDigit(c) || c is ' ' or '-' || !char.IsAscii(c)
        ? c.ToString()
        : string.Create(CultureInfo.InvariantCulture, $"&#{(int)c};");
}
