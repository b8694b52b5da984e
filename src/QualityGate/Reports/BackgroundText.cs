using System.Globalization;
using QualityGate.Backgrounds;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>The tables of an audit as cells, for the terminal and for markdown alike. Not escaped.</summary>
internal static class BackgroundText
{
    private const int MostClasses = 30;
    private const int MostExamples = 3;

    public static string[] ModeHeadings(BackgroundReport report) =>
        ["mode", .. report.Modes[0].Recall.Select(r => Text($"Recall@{r.Key}")), "MAP@R"];

    public static IEnumerable<string[]> ModeRows(BackgroundReport report) => report.Modes.Select(mode => (string[])
        [mode.Mode, .. mode.Recall.Select(r => NumberText.Format(r.Value)), NumberText.Format(mode.MapAtR)]);

    public static string Gap(BackgroundReport report)
    {
        string reading = Math.Abs(report.Gap) <= 2 * report.GapError ? "no more than its noise"
            : report.Gap > 0 ? "classes are told apart by backgrounds" : "backgrounds disturb";
        return $"background_gap {NumberText.Signed(report.Gap)} (standard error {NumberText.Format(report.GapError)}), {report.Plain} against {report.Masked}: {reading}; "
            + $"background_flips {NumberText.Format(report.Flips)}";
    }

    /// <summary>Headings of the classes; each comparison has both counts in one column.</summary>
    public static string[] ClassHeadings(BackgroundReport report) =>
        ["class", "queries", .. report.Comparisons.Select(c => $"only {report.Plain} / only {c.Mode}"), "adjusted p", "flag"];

    /// <summary>What the two counts are.</summary>
    public static string CountsMean(BackgroundReport report) => $"Queries that fail at K = 1 only as they are / only without background, by class; p-values of {report.Plain} against {report.Masked}:";

    /// <summary>Flagged classes first, then those with most queries that depend on the background.</summary>
    public static IEnumerable<string[]> ClassRows(BackgroundReport report) => Enumerable.Range(0, report.Classes.Count)
        .OrderByDescending(c => report.Classes[c].IsFlagged).ThenByDescending(c => report.Classes[c].FailsOnlyPlain + report.Classes[c].FailsOnlyMasked)
        .Take(MostClasses).Select(c => (string[])
        [
            report.Classes[c].Class,
            Text($"{report.Classes[c].Queries}"),
            .. report.Comparisons.Select(o => Text($"{o.Classes[c].FailsOnlyPlain} / {o.Classes[c].FailsOnlyMasked}")),
            NumberText.Format(report.Classes[c].AdjustedP),
            Flag(report.Classes[c].Effect),
        ]);

    /// <summary>How many classes are not listed, in words, or null.</summary>
    public static string? Unlisted(BackgroundReport report) => report.Classes.Count > MostClasses ? Text($"and {report.Classes.Count - MostClasses} more classes") : null;

    public static string Flagged(BackgroundReport report) => report.Flagged.Count == 0
        ? "No class is flagged."
        : Text($"{report.Flagged.Count} of {report.Classes.Count} classes depend on backgrounds by more than chance explains.");

    /// <summary>Some examples of flagged classes: query, wrong neighbour, right neighbour.</summary>
    public static IEnumerable<string[]> Examples(BackgroundFindings findings, BackgroundReport report)
    {
        foreach (ClassBackground kind in report.Flagged)
        {
            (IReadOnlyList<BackgroundExample> examples, bool isHelped) = BackgroundSheet.Shown(kind);
            foreach (BackgroundExample example in examples.Take(MostExamples))
                yield return [Id(findings, example.Query), isHelped ? "masked" : "as it is", Id(findings, example.WrongNeighbour), Id(findings, example.RightNeighbour)];
        }
    }

    public static string[] FidelityHeadings(MetricTable table) => ["metric", .. table.Columns];

    public static IEnumerable<string[]> FidelityRows(MetricTable table) =>
        table.Rows.Select((row, r) => (string[])[table.RowNames[r], .. row.Select(ResultText.Number)]);

    private static string Id(BackgroundFindings findings, int image) => image < 0 ? ResultText.Nothing : findings.Images.Ids[image];

    private static string Flag(BackgroundEffect effect) => effect switch
    {
        BackgroundEffect.Disturbs => "disturbed",
        BackgroundEffect.Helps => "told by background",
        _ => ResultText.Nothing,
    };

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
