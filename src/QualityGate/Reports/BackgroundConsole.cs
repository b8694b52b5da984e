using System.Globalization;
using QualityGate.Backgrounds;

namespace QualityGate.Reports;

/// <summary>An audit of backgrounds for a terminal or a build log.</summary>
/// <param name="style">Colours and width.</param>
public sealed class BackgroundConsole(ConsoleStyle style)
{
    private const int Narrowest = 40;

    private readonly int _width = Math.Max(Narrowest, style.Width);

    /// <summary>Writes it.</summary>
    public void Write(BackgroundFindings findings, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(findings);
        ArgumentNullException.ThrowIfNull(writer);
        string classes = findings.Images.Labels.Distinct(StringComparer.Ordinal).Count().ToString(CultureInfo.InvariantCulture);
        writer.Write(Cut(string.Create(CultureInfo.InvariantCulture, $"{findings.Images.Role}  {findings.Images.Source}  ({findings.Images.Count} images, {classes} classes)")) + "\n");
        foreach (ExtractorBackgrounds extractor in findings.Extractors)
        {
            foreach (string line in Lines(findings, extractor))
                writer.Write(line + "\n");
        }

        foreach (string note in findings.Notes)
            writer.Write("note: " + PlainText.OneLine(note) + "\n");
    }

    private IEnumerable<string> Lines(BackgroundFindings findings, ExtractorBackgrounds extractor)
    {
        BackgroundReport report = extractor.Report;
        yield return string.Empty;
        yield return Bold(Cut($"extractor  {extractor.Name}"));
        foreach (string line in Table(BackgroundText.ModeHeadings(report), BackgroundText.ModeRows(report)))
            yield return line;
        yield return BackgroundText.Gap(report);
        yield return string.Empty;
        yield return BackgroundText.CountsMean(report);
        foreach (string line in Table(BackgroundText.ClassHeadings(report), BackgroundText.ClassRows(report)))
            yield return line;
        if (BackgroundText.Unlisted(report) is { } more)
            yield return more;
        yield return Bold(BackgroundText.Flagged(report));
        string[][] examples = [.. BackgroundText.Examples(findings, report)];
        if (examples.Length > 0)
        {
            yield return string.Empty;
            foreach (string line in Table(["query", "fails only", "wrong neighbour", "right neighbour"], examples))
                yield return line;
        }

        if (extractor.Fidelity is { } fidelity)
        {
            yield return string.Empty;
            foreach (string line in Table(BackgroundText.FidelityHeadings(fidelity), BackgroundText.FidelityRows(fidelity)))
                yield return line;
        }

        foreach (string note in extractor.Notes)
            yield return "note: " + PlainText.OneLine(note);
    }

    private IEnumerable<string> Table(string[] headings, IEnumerable<string[]> rows)
    {
        TextTable table = new(headings);
        foreach (string[] row in rows)
            table.Add(row);
        return table.Lines(_width, (row, _, text) => row < 0 && style.UseColor ? $"\e[2m{text}\e[0m" : text);
    }

    private string Cut(string line) => PlainText.Cut(PlainText.OneLine(line), _width);

    private string Bold(string line) => style.UseColor ? $"\e[1m{line}\e[0m" : line;
}
