using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace QualityGate.Tests.Pictures;

/// <summary>What a terminal shows, as SVG.</summary>
internal static partial class TerminalPicture
{
    private const int LineHeight = 19;
    private const double CharacterWidth = 8.43;
    private const int Margin = 16;

    /// <summary>Draws lines of text with the colour codes that the console report uses.</summary>
    public static string Draw(string title, string text)
    {
        string[] lines = text.TrimEnd('\n').Split('\n');
        int columns = lines.Max(l => Codes().Replace(l, "").Length);
        int width = (int)(columns * CharacterWidth) + (2 * Margin), height = (lines.Length * LineHeight) + (2 * Margin);
        StringBuilder svg = new();
        svg.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n");
        svg.Append(CultureInfo.InvariantCulture, $"<title>{WebUtility.HtmlEncode(title)}</title>\n<rect width=\"{width}\" height=\"{height}\" rx=\"8\" fill=\"#16191d\"/>\n");
        svg.Append("<g font-family=\"ui-monospace,SFMono-Regular,Menlo,Consolas,DejaVu Sans Mono,monospace\" font-size=\"14\" fill=\"#d7dae0\">\n");
        for (int i = 0; i < lines.Length; i++)
        {
            svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Margin}\" y=\"{Margin + ((i + 1) * LineHeight) - 5}\">{Spans(lines[i])}</text>\n");
        }

        return svg.Append("</g>\n</svg>\n").ToString();
    }

    /// <summary>Breaks lines where a terminal of so many columns would, but at blanks.</summary>
    public static string Wrap(string text, int columns)
    {
        List<string> lines = [];
        foreach (string line in text.Split('\n'))
        {
            string rest = line;
            while (Codes().Replace(rest, "").Length > columns && rest[..columns].LastIndexOf(' ') is > 20 and int at)
            {
                lines.Add(rest[..at]);
                rest = new string(' ', 14) + rest[(at + 1)..];
            }

            lines.Add(rest);
        }

        return string.Join('\n', lines);
    }

    private static string Spans(string line)
    {
        StringBuilder spans = new();
        string style = "";
        int from = 0;
        foreach (Match code in Codes().Matches(line))
        {
            Append(line[from..code.Index]);
            from = code.Index + code.Length;
            style = code.Groups[1].Value switch
            {
                "2" => "fill=\"#8b929e\"",
                "32" => "fill=\"#7ec778\"",
                "1;31" => "fill=\"#ff7b72\" font-weight=\"bold\"",
                "1;33" => "fill=\"#e3b341\" font-weight=\"bold\"",
                "1" => "font-weight=\"bold\"",
                _ => "",
            };
        }

        Append(line[from..]);
        return spans.ToString();

        void Append(string text)
        {
            if (text.Length > 0)
            {
                // Blanks that no viewer folds into one.
                string shown = WebUtility.HtmlEncode(text).Replace(' ', '\u00A0');
                spans.Append(style.Length == 0 ? shown : $"<tspan {style}>{shown}</tspan>");
            }
        }
    }

    [GeneratedRegex("\e\\[([0-9;]*)m")]
    private static partial Regex Codes();
}
