using System.Globalization;
using QualityGate.Gates;
using QualityGate.Metrics;

namespace QualityGate.Reports;

/// <summary>Writes explanations: for a terminal, as markdown, or as <c>qualitygate.explanation/1</c>.</summary>
public static class ExplanationReport
{
    private const string NothingFailed = "No gate failed and no gated metric got worse. --metric NAME explains any metric.";

    private const string NothingKnown = "The result does not say what single images do to these metrics.";

    /// <summary>Names of the formats.</summary>
    public static IReadOnlyList<string> Formats { get; } = [ConsoleReport.Name, JsonReport.Name, MarkdownReport.Name];

    /// <summary>Writes one of <see cref="Formats"/>.</summary>
    /// <param name="explanation">What to write.</param>
    /// <param name="format">The format.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(Explanation explanation, string format, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(explanation);
        ArgumentNullException.ThrowIfNull(writer);
        if (format == JsonReport.Name)
        {
            JsonReport.Write(explanation, writer);
            return;
        }

        foreach (string line in format == MarkdownReport.Name ? Markdown(explanation) : Text(explanation))
        {
            writer.Write(line + "\n");
        }
    }

    private static IEnumerable<string> Text(Explanation explanation)
    {
        RunResult result = explanation.Result;
        foreach (Blame blame in explanation.Blamed)
        {
            yield return Heading(result, blame);
            foreach (GateResult gate in result.Gates.Where(gate => gate.Limit.Metric == blame.Metric && gate.Verdict != Verdict.Pass))
                yield return "  " + PlainText.OneLine(gate.Message);
            yield return "  " + BlameText.Hint(blame);
            foreach (BlamedSide side in new[] { blame.Candidate, blame.Reference }.Where(side => side.Images.Count > 0))
            {
                yield return $"  {BlameText.Lead(blame, side)}:";
                foreach (BlamedImage image in side.Images.Take(explanation.Top))
                    yield return $"    {NumberText.Signed(image.Contribution),-11} {Path(side == blame.Candidate ? result.Candidate : result.Reference, image.Index, image.Id)}{(image.IsNew == true ? " (new)" : "")}";
            }

            foreach (WhatIf what in explanation.WhatIf.Where(what => what.Metric == blame.Metric))
                yield return "  " + Sentence(what);
            yield return string.Empty;
        }

        if (result.Uncovered is { Count: > 0 } uncovered)
        {
            yield return $"What the candidate lacks: {PlainText.OneLine(BlameText.Lacks(uncovered))}.";
            foreach (UncoveredMode mode in uncovered.Modes)
                yield return $"  {PlainText.OneLine(BlameText.Mode(mode))}, such as {Path(result.Reference, mode.Index, mode.Id)}";
            yield return string.Empty;
        }

        yield return Closing(explanation) ?? VerdictLine.Write(result);
    }

    private static IEnumerable<string> Markdown(Explanation explanation)
    {
        RunResult result = explanation.Result;
        yield return $"## QualityGate: {MarkdownText.Prose(VerdictLine.Write(result))}";
        foreach (Blame blame in explanation.Blamed)
        {
            yield return string.Empty;
            foreach (string line in BlameMarkdown.Lines(result, blame, explanation.Top))
                yield return line;
            foreach (WhatIf what in explanation.WhatIf.Where(what => what.Metric == blame.Metric))
                yield return "\n" + MarkdownText.Prose(Sentence(what));
        }

        string before = "\n";
        foreach (string line in BlameMarkdown.Lacking(result))
        {
            yield return before + line;
            before = string.Empty;
        }

        if (Closing(explanation) is { } closing)
            yield return "\n" + MarkdownText.Prose(closing);
    }

    private static string? Closing(Explanation explanation) => explanation.Blamed.Count > 0 ? null
        : explanation.Result.Blame.Count == 0 || explanation.Result.Gates.Any(gate => gate.Verdict != Verdict.Pass) ? NothingKnown : NothingFailed;

    private static string Heading(RunResult result, Blame blame)
    {
        MetricReport? metric = result.Metrics.FirstOrDefault(m => m.Value.Name == blame.Metric);
        string change = metric?.Change is { } moved ? $", {NumberText.Signed(moved)} since the baseline" : "";
        return $"{PlainText.OneLine(blame.Metric)} {ResultText.Number(metric?.Value.Value)} ({ResultText.Direction(blame.Direction)} is better{change})";
    }

    private static string Sentence(WhatIf what) => string.Create(
        CultureInfo.InvariantCulture,
        $"Without the {what.Dropped} candidate images that are most to blame ({NumberText.Percent(Math.Round((double)what.Dropped / what.CandidateCount, 3))}): {NumberText.Format(what.Measured)} instead of {NumberText.Format(what.Before)}; their influences promised {NumberText.Format(what.Predicted)}.");

    private static string Path(SetInfo set, int index, string? id) => PlainText.OneLine(BlameText.PathOf(set, index, id));
}
