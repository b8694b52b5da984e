using System.Globalization;
using QualityGate.Backgrounds;

namespace QualityGate.Reports;

/// <summary>An audit of backgrounds as markdown, line by line. Names of classes, images and extractors are escaped.</summary>
public static class BackgroundMarkdown
{
    /// <summary>The document.</summary>
    public static IEnumerable<string> Lines(BackgroundFindings findings)
    {
        ArgumentNullException.ThrowIfNull(findings);
        int classes = findings.Images.Labels.Distinct(StringComparer.Ordinal).Count();
        yield return "### Backgrounds";
        yield return string.Empty;
        yield return string.Create(
            CultureInfo.InvariantCulture, $"The {findings.Images.Role} {MarkdownText.Code(findings.Images.Source)}: {findings.Images.Count} images, {classes} classes.");
        foreach (string line in findings.Extractors.SelectMany(extractor => Extractor(findings, extractor)))
            yield return line;
        foreach (string line in Notes(findings.Notes))
            yield return line;
    }

    private static IEnumerable<string> Extractor(BackgroundFindings findings, ExtractorBackgrounds extractor)
    {
        BackgroundReport report = extractor.Report;
        string[][] examples = [.. BackgroundText.Examples(findings, report)];
        return
        [
            string.Empty,
            $"#### {MarkdownText.Code(extractor.Name)}",
            .. Table(BackgroundText.ModeHeadings(report), BackgroundText.ModeRows(report), [0]),
            string.Empty,
            MarkdownText.Prose(BackgroundText.Gap(report)) + ".",
            string.Empty,
            MarkdownText.Prose(BackgroundText.CountsMean(report)),
            .. Table(BackgroundText.ClassHeadings(report), BackgroundText.ClassRows(report), [0]),
            string.Empty,
            .. BackgroundText.Unlisted(report) is { } more ? new[] { more + ".", string.Empty } : [],
            $"**{BackgroundText.Flagged(report)}**",
            .. examples.Length == 0 ? [] : Table(["query", "fails only", "wrong neighbour", "right neighbour"], examples, [0, 2, 3]),
            .. extractor.Fidelity is { } fidelity ? Table(BackgroundText.FidelityHeadings(fidelity), BackgroundText.FidelityRows(fidelity), [0]) : [],
            .. Notes(extractor.Notes),
        ];
    }

    // Cells that name nothing are numbers and words of ours.
    private static IEnumerable<string> Table(string[] headings, IEnumerable<string[]> rows, int[] names)
    {
        yield return string.Empty;
        yield return $"| {string.Join(" | ", headings.Select(MarkdownText.Prose))} |";
        yield return "|" + string.Concat(headings.Select((_, column) => names.Contains(column) ? "---|" : "--:|"));
        foreach (string[] row in rows)
            yield return $"| {string.Join(" | ", row.Select((cell, column) => names.Contains(column) ? MarkdownText.Code(cell) : cell))} |";
    }

    private static IEnumerable<string> Notes(IReadOnlyList<string> notes) =>
        notes.Count == 0 ? [] : [string.Empty, .. notes.Select(n => $"- {MarkdownText.Prose(n)}")];
}
