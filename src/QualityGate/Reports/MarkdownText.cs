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
    /// Names and paths as code. Whatever could be syntax becomes a character reference, which no markdown rule reads as syntax,
    /// and GitHub looks for no mentions inside code.
    /// </summary>
    public static string Code(string text)
    {
        string plain = PlainText.OneLine(text);
        if (plain.Length == 0)
            return ResultText.Nothing;
        var escaped = new StringBuilder("<code>");
        for (int i = 0; i < plain.Length; i++)
        {
            if (IsLiteral(plain, i))
                escaped.Append(plain[i]);
            else
                escaped.Append(CultureInfo.InvariantCulture, $"&#{(int)plain[i]};");
        }

        return escaped.Append("</code>").ToString();
    }

    /// <summary>Sentences: whatever could be syntax is escaped, and mentions and references are split.</summary>
    public static string Prose(string text)
    {
        string plain = PlainText.OneLine(text);
        var escaped = new StringBuilder();
        for (int i = 0; i < plain.Length; i++)
        {
            if (!IsLiteral(plain, i))
                escaped.Append('\\');
            escaped.Append(plain[i]);
            if (plain[i] is '@' or '#')
                escaped.Append(ZeroWidthSpace);
        }

        return escaped.ToString();
    }

    /// <summary>Text inside an HTML element, where no markdown is read but mentions still are.</summary>
    public static string Html(string text) => System.Net.WebUtility.HtmlEncode(PlainText.OneLine(text))
        .Replace("@", $"@{ZeroWidthSpace}", StringComparison.Ordinal);

    /// <summary>
    /// Whether a character means itself where it stands. Lists start with a mark or a number and a point, links with
    /// <c>www.</c> or a colon and slashes, and an underscore inside a word is only that.
    /// </summary>
    private static bool IsLiteral(string text, int index)
    {
        char next = index + 1 < text.Length ? text[index + 1] : ' ';
        return text[index] switch
        {
            ' ' or ',' or ';' or '%' or '(' or '/' or '=' or '?' or '\'' or '"' => true,
            '-' or '+' => index > 0,
            '.' or ')' => index > 0 && text[index - 1] is not ('w' or 'W') && !text.AsSpan(0, index).ContainsOnlyDigits(),
            ':' => next != '/',
            '_' => index > 0 && char.IsLetterOrDigit(text[index - 1]) && char.IsLetterOrDigit(next),
            var c => char.IsAsciiLetterOrDigit(c) || !char.IsAscii(c),
        };
    }

    private static bool ContainsOnlyDigits(this ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange('0', '9');
}
