using System.Globalization;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Who is to blame, as markdown. Names of files are escaped.</summary>
internal static class BlameMarkdown
{
    private const int MostImages = 5;
    private const int LongestPath = 200;

    /// <summary>The section of a report, folded; nothing when no gate is breached.</summary>
    public static IEnumerable<string> Section(RunResult result)
    {
        string[] lines = [.. Lines(result)];
        return lines.Length == 0 ? [] : ["<details><summary>Who is to blame</summary>\n", .. lines, "\n</details>"];
    }

    /// <summary>What is inside: the images behind each gate that did not pass, and what the candidate lacks.</summary>
    public static IEnumerable<string> Lines(RunResult result)
    {
        string before = string.Empty;
        foreach (Blame blame in BlameText.OfBreaches(result))
        {
            foreach (string line in Lines(result, blame, MostImages))
            {
                yield return before + line;
                before = string.Empty;
            }

            before = "\n";
        }

        if (BlameText.IsLacking(result))
        {
            foreach (string line in Lacking(result))
            {
                yield return before + line;
                before = string.Empty;
            }
        }
    }

    /// <summary>The images behind one metric.</summary>
    public static IEnumerable<string> Lines(RunResult result, Blame blame, int most)
    {
        yield return $"**{MarkdownText.Code(blame.Metric)}**: {MarkdownText.Prose(BlameText.Hint(blame))}";
        foreach (BlamedSide side in new[] { blame.Candidate, blame.Reference }.Where(side => side.Images.Count > 0))
        {
            SetInfo set = side == blame.Candidate ? result.Candidate : result.Reference;
            yield return $"\n{MarkdownText.Prose(BlameText.Lead(blame, side))}.\n";
            yield return "| image | moved it by | of its side |";
            yield return "|---|--:|--:|";
            foreach (BlamedImage image in side.Images.Take(most))
                yield return $"| {Path(set, image.Index, image.Id)}{(image.IsNew == true ? " (new)" : "")} | {NumberText.Signed(image.Contribution)} | {Percent(image.Share)} |";
        }
    }

    /// <summary>What the candidate lacks, group by group.</summary>
    public static IEnumerable<string> Lacking(RunResult result)
    {
        if (result.Uncovered is not { Count: > 0 } uncovered)
            yield break;
        yield return $"**What the candidate lacks**: {MarkdownText.Prose(BlameText.Lacks(uncovered))}.\n";
        yield return "| group | of the reference | its middle |";
        yield return "|---|--:|---|";
        foreach (UncoveredMode mode in uncovered.Modes)
            yield return $"| {MarkdownText.Prose(BlameText.Mode(mode))} | {Percent(mode.Share)} | {Path(result.Reference, mode.Index, mode.Id)} |";
    }

    private static string Path(SetInfo set, int index, string? id) => MarkdownText.Code(PlainText.Cut(PlainText.OneLine(BlameText.PathOf(set, index, id)), LongestPath));

    private static string Percent(double share) => (100 * share).ToString("0.#", CultureInfo.InvariantCulture) + "%";
}
