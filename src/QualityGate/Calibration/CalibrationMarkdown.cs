using System.Globalization;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>A calibration for a wiki or a pull request.</summary>
public static class CalibrationMarkdown
{
    /// <summary>Writes it.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="writer">Where to; not closed.</param>
    public static void Write(CalibrationResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        IEnumerable<string>[] parts =
        [
            [$"## QualityGate: {MarkdownText.Prose(CalibrationText.Summary(result))}"],
            Table(CalibrationText.SpreadsCaption, CalibrationText.Spreads(result)),
            Table(CalibrationText.GatesCaption, CalibrationText.Gates(result)),
            Table(CalibrationText.HistoryCaption, CalibrationText.History(result)),
            ["```yaml", CalibrationText.Yaml(result).TrimEnd('\n'), "```"],
            result.Notes.Select(n => $"- {MarkdownText.Prose(n)}"),
            Details(result),
        ];
        string[] texts = [.. parts.Select(p => string.Concat(p.Select(line => line + "\n"))).Where(t => t.Length > 0)];
        writer.Write(string.Join('\n', texts));
    }

    private static IEnumerable<string> Table(string caption, ReportTable table) =>
        table.Rows.Count == 0 ? [] : MarkdownTables.Lines(table).Prepend($"{char.ToUpperInvariant(caption[0])}{caption[1..]}:\n");

    private static IEnumerable<string> Details(CalibrationResult result)
    {
        yield return $"- reference {MarkdownText.Code(result.Reference.Source)}, {ResultText.Count(result.Reference)}";
        if (result.Candidate is { } candidate)
        {
            yield return $"- candidate {MarkdownText.Code(candidate.Source)}, {ResultText.Count(candidate)}";
        }

        foreach (NullResult drawn in result.Nulls)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"- null {MarkdownText.Code(drawn.Plan.Name)}, {drawn.Draws} times, seed {result.Options.Seed}: {MarkdownText.Prose(drawn.Plan.Text)}");
        }

        yield return $"- spec {MarkdownText.Code(result.SpecFile)}, {MarkdownText.Prose($"{result.Options.Tool.Name} {result.Options.Tool.Version}")}";
    }
}
