using System.Globalization;
using System.Text;
using QualityGate.Anomaly;
using QualityGate.Features.Files;

namespace QualityGate.Reports;

/// <summary>
/// Writes the images of an <see cref="AnomalyReport"/> as a table (RFC 4180, UTF-8): <c>id,score,residual,discrimination,label,is_anomalous,verdict</c>.
/// A text that a spreadsheet would take for a formula gets an apostrophe before it.
/// </summary>
public static class AnomalyCsv
{
    /// <summary>Writes the file, wholly or not at all.</summary>
    public static void Write(string path, AnomalyReport report)
    {
        using AtomicFile file = new(path);
        using (StreamWriter text = new(file.Stream, new UTF8Encoding(false), leaveOpen: true))
        {
            Write(text, report);
        }

        file.Commit(flushToDisk: false);
    }

    /// <summary>Writes the table.</summary>
    public static void Write(TextWriter writer, AnomalyReport report)
    {
        ArgumentNullException.ThrowIfNull(writer);
        ArgumentNullException.ThrowIfNull(report);
        writer.Write("id,score,residual,discrimination,label,is_anomalous,verdict\r\n");
        foreach (AnomalyImage image in report.Images)
        {
            string[] cells =
            [
                Cell(image.Id), Number(image.Score), Number(image.Residual), Number(image.Discrimination), Cell(image.Label ?? string.Empty),
                image.IsAnomalous switch { true => "true", false => "false", _ => string.Empty },
                image.IsFlagged switch { true => "anomalous", false => "normal", _ => string.Empty },
            ];
            writer.Write(string.Join(',', cells) + "\r\n");
        }
    }

    private static string Number(float value) => value.ToString("R", CultureInfo.InvariantCulture);

    // Spreadsheets skip blanks before looking for a formula, and some take other scripts' signs for it too.
    private static string Cell(string text)
    {
        string trimmed = text.TrimStart();
        bool isFormula = trimmed.Length > 0 && "=+-@\uFF1D\uFF0B\uFF0D\uFF20".Contains(trimmed[0], StringComparison.Ordinal);
        string plain = isFormula || text.AsSpan().StartsWithAny('\t', '\r', '\n') ? "'" + text : text;
        return plain.AsSpan().IndexOfAny("\",\r\n") < 0 ? plain : $"\"{plain.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static bool StartsWithAny(this ReadOnlySpan<char> text, char a, char b, char c) => text.Length > 0 && (text[0] == a || text[0] == b || text[0] == c);
}
