using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>The verdict as a picture of a few letters, SVG.</summary>
public sealed class BadgeReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "badge";

    private const string Label = "quality gate";
    private const int Padding = 6;

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        (string message, _, string color) = Of(result);
        int left = WidthOf(Label) + (2 * Padding), right = WidthOf(message) + (2 * Padding), whole = left + right;
        string text = WebUtility.HtmlEncode(message);
        FormattableString picture = $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{whole}" height="20" role="img" aria-label="{Label}: {text}">
              <title>{Label}: {text}</title>
              <clipPath id="r"><rect width="{whole}" height="20" rx="3"/></clipPath>
              <g clip-path="url(#r)">
                <rect width="{left}" height="20" fill="#555"/>
                <rect x="{left}" width="{right}" height="20" fill="{color}"/>
              </g>
              <g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="11">
                <text x="{left / 2.0}" y="14" textLength="{left - (2 * Padding)}">{Label}</text>
                <text x="{left + (right / 2.0)}" y="14" textLength="{right - (2 * Padding)}">{text}</text>
              </g>
            </svg>

            """;
        writer.Write(picture.ToString(CultureInfo.InvariantCulture).ReplaceLineEndings("\n"));
    }

    /// <summary>What it says, in which colour by name and as hexadecimal digits.</summary>
    internal static (string Message, string Color, string Hex) Of(RunResult result)
    {
        int failed = result.Gates.Count(g => g.Verdict == Verdict.Fail);
        string some = string.Create(CultureInfo.InvariantCulture, $"{failed} of {result.Gates.Count} failed");
        return result.Verdict switch
        {
            Verdict.Pass => ("pass", "brightgreen", "#2b7a0b"),
            Verdict.Warn => ("warn", "yellow", "#8a6d00"),
            Verdict.Inconclusive => ("inconclusive", "yellow", "#8a6d00"),
            Verdict.Fail => (failed == 0 ? "fail" : some, "red", "#b3261e"),
            _ => (result.Problems.Count > 0 ? "cannot judge" : "measured", "lightgrey", "#6b6b6b"),
        };
    }

    // Widths of Verdana at 11 pixels, roughly: textLength makes the browser fit them.
    private static int WidthOf(string text) => (int)Math.Ceiling(text.Sum(c => c switch
    {
        'i' or 'l' or 'j' or ' ' or '.' or ',' => 3.6,
        'f' or 't' or 'r' => 4.5,
        'm' or 'w' => 10.0,
        _ => 7.0,
    }));
}

/// <summary>The same for the endpoint that shields.io reads, JSON.</summary>
public sealed class BadgeEndpointReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "badge-json";

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        (string message, string color, _) = BadgeReport.Of(result);
        using MemoryStream buffer = new();
        using (Utf8JsonWriter json = new(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("schemaVersion", 1);
            json.WriteString("label", "quality gate");
            json.WriteString("message", message);
            json.WriteString("color", color);
            json.WriteBoolean("isError", result.Verdict is Verdict.Fail || result.Problems.Count > 0);
            json.WriteEndObject();
        }

        writer.Write(Encoding.UTF8.GetString(buffer.ToArray()) + "\n");
    }
}
