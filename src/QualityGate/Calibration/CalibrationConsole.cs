using System.Globalization;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>A calibration for a terminal or a build log: what was drawn, the tables, the proposed limits, and the summary as the last line.</summary>
public static class CalibrationConsole
{
    /// <summary>Writes it.</summary>
    /// <param name="result">The calibration.</param>
    /// <param name="style">Colours and width.</param>
    /// <param name="writer">Where to; not closed.</param>
    public static void Write(CalibrationResult result, ConsoleStyle style, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(writer);
        ConsoleTables tables = new(style.Width, text => style.UseColor ? $"\e[2m{text}\e[0m" : text);
        IEnumerable<string>[] parts =
        [
            Head(result), tables.Lines(CalibrationText.Spreads(result)).Prepend(CalibrationText.SpreadsCaption),
            result.Gates.Count == 0 ? [] : tables.Lines(CalibrationText.Gates(result)).Prepend(CalibrationText.GatesCaption),
            result.History.Count == 0 ? [] : tables.Lines(CalibrationText.History(result)).Prepend(CalibrationText.HistoryCaption),
            result.Notes.Select(n => "note: " + PlainText.OneLine(n)),
            CalibrationText.Yaml(result).TrimEnd('\n').Split('\n'),
        ];
        foreach (string[] part in parts.Select(p => p.ToArray()).Where(p => p.Length > 0))
        {
            writer.Write(string.Join('\n', part) + "\n\n");
        }

        writer.Write(CalibrationText.Summary(result) + "\n");
    }

    private static IEnumerable<string> Head(CalibrationResult result)
    {
        yield return PlainText.OneLine($"reference  {result.Reference.Source}  ({ResultText.Count(result.Reference)})");
        yield return PlainText.OneLine(result.Candidate is { } candidate ? $"candidate  {candidate.Source}  ({ResultText.Count(candidate)})" : "candidate  not there");
        if (result.Extractor is { } extractor)
        {
            yield return PlainText.OneLine($"extractor  {extractor.Name}");
        }

        foreach (NullResult drawn in result.Nulls)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"null: {drawn.Plan.Name}, {drawn.Draws} times  {drawn.Plan.Text}");
        }
    }
}
