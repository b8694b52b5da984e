using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace QualityGate.Reports.Html;

/// <summary>
/// Builds HTML from templates: <c>Add($"&lt;p&gt;{text}&lt;/p&gt;")</c>. The literal part is markup; whatever stands in braces is escaped, unless it is
/// <see cref="Markup"/>. So no text of unknown origin becomes markup by being forgotten.
/// </summary>
internal sealed class HtmlWriter
{
    private readonly StringBuilder _html = new();

    public int Length => _html.Length;

    [SuppressMessage("Performance", "CA1822", Justification = "The template has written into this writer before Add begins.")]
    public void Add([InterpolatedStringHandlerArgument("")] HtmlTemplate template) => _ = template;

    public Markup ToMarkup() => new(_html.ToString());

    /// <summary>Text between tags or between double quotes of an attribute, on one line, without what reverses or hides text.</summary>
    public static string Escape(string text) => PlainText.OneLine(text)
        .Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal).Replace(">", "&gt;", StringComparison.Ordinal)
        .Replace("\"", "&quot;", StringComparison.Ordinal).Replace("'", "&#39;", StringComparison.Ordinal);

    /// <summary>A template with its holes filled.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct HtmlTemplate
    {
        private readonly StringBuilder _html;

        public HtmlTemplate(int literalLength, int formattedCount, HtmlWriter writer)
        {
            _ = formattedCount;
            _html = writer._html;
            _html.EnsureCapacity(_html.Length + literalLength);
        }

        public void AppendLiteral(string literal) => _html.Append(literal);

        public void AppendFormatted(string? text) => _html.Append(text is null ? null : Escape(text));

        public void AppendFormatted(int number) => _html.Append(CultureInfo.InvariantCulture, $"{number}");

        public void AppendFormatted(double number) => _html.Append(CultureInfo.InvariantCulture, $"{number:0.##}");

        public void AppendFormatted(Markup markup) => _html.Append(markup.Html);
    }
}

/// <summary>HTML that is known to be safe.</summary>
/// <param name="Html">The markup.</param>
internal readonly record struct Markup(string Html)
{
    /// <summary>Markup, if something is so, else nothing.</summary>
    public static Markup If(bool holds, string html) => new(holds ? html : string.Empty);
}
