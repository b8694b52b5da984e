using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>The parts of a run as markdown, line by line: what the report and the pull-request comment are made of.</summary>
internal static class MarkdownParts
{
    public static IEnumerable<string> Gates(RunResult result)
    {
        if (result.Gates.Count == 0)
            yield break;
        yield return "| gate | value | limit | baseline | change | verdict |";
        yield return "|---|--:|--:|--:|--:|---|";
        foreach (GateResult gate in ResultText.Listed(result))
        {
            string verdict = ResultText.Verdict(gate.Verdict);
            yield return Row(
                MarkdownText.Code(ResultText.Gate(gate)),
                ResultText.Number(gate.Observed),
                ResultText.Limit(gate.Limit),
                ResultText.Number(gate.Baseline),
                ResultText.Change(gate),
                gate.Verdict == QualityGate.Gates.Verdict.Pass ? verdict : $"**{verdict}**");
        }

        if (ResultText.Unlisted(result) is { } more)
            yield return "\n" + more;
    }

    public static IEnumerable<string> Breaches(RunResult result) => result.Gates
        .Where(g => g.Verdict != QualityGate.Gates.Verdict.Pass)
        .SelectMany(g => GateText.Rows(result, g)
            .Select(row => $"  - {row.Key}: {MarkdownText.Prose(row.Value)}")
            .Prepend($"- **{g.Code.Id}** {MarkdownText.Prose(g.Message)}" + (g.Limit.Location is { } at ? $" ({MarkdownText.Code(at.ToString())})" : "")));

    public static IEnumerable<string> Metrics(RunResult result)
    {
        if (result.Metrics.Count == 0)
            yield break;
        yield return "| metric | value | std error | interval | baseline | change | better |";
        yield return "|---|--:|--:|--:|--:|--:|---|";
        foreach (MetricReport metric in result.Metrics)
        {
            yield return Row(
                MarkdownText.Code(metric.Value.Name),
                metric.Value.Value is null ? MarkdownText.Prose(metric.Value.Error ?? ResultText.Nothing) : ResultText.Number(metric.Value.Value),
                ResultText.Number(metric.Value.StandardError),
                ResultText.Interval(metric.Value.Interval),
                ResultText.Number(metric.Baseline),
                ResultText.Change(metric.Change),
                ResultText.Direction(metric.Value.Direction));
        }
    }

    public static IEnumerable<string> Problems(RunResult result) => result.Problems
        .Select(p => $"- **{p.Code.Id}** {MarkdownText.Prose(p.Message)}" + (p.Location is { } at ? $" ({MarkdownText.Code(at.ToString())})" : ""));

    public static IEnumerable<string> Notes(RunResult result) => result.Notes.Select(n => $"- {MarkdownText.Prose(n)}");

    /// <summary>The blank line after the summary lets the list inside be markdown again, escaped like the rest.</summary>
    public static IEnumerable<string> Details(RunResult result)
    {
        yield return "<details><summary>What was compared</summary>\n";
        foreach (string line in DetailLines(result))
            yield return line;
        yield return "\n</details>";
    }

    /// <summary>What was compared, and how, as a list.</summary>
    public static IEnumerable<string> DetailLines(RunResult result)
    {
        yield return Set("reference", result.Reference);
        yield return Set("candidate", result.Candidate);
        if (result.Extractor is { } extractor)
            yield return $"- extractor {MarkdownText.Code(extractor.Name)} ({MarkdownText.Code(extractor.Fingerprint)})";
        if (result.Baseline is { } baseline)
            yield return $"- baseline {MarkdownText.Code(baseline.Path)}, {MarkdownText.Prose(ResultText.BaselineSource(baseline))}; accepted {MarkdownText.Prose(ResultText.Acceptance(baseline))}";
        foreach (string looked in result.BaselineLookup)
            yield return $"- looked for a baseline: {MarkdownText.Prose(looked)}";
        if (result.SpecFile is { } spec)
            yield return $"- spec {MarkdownText.Code(spec)}";
        foreach (MetricReport metric in result.Metrics)
            yield return $"- {MarkdownText.Code(metric.Value.Name)}: convention {MarkdownText.Code(metric.Value.Convention)}{Parameters(metric)}";
        if (result.Timings.Count > 0)
            yield return $"- time: {string.Join(", ", result.Timings.Select(t => $"{MarkdownText.Prose(t.Key)} {ResultText.Seconds(t.Value)}"))}";
        yield return $"- {MarkdownText.Prose($"{result.Tool.Name} {result.Tool.Version}")}";
    }

    private static string Set(string role, SetInfo set) =>
        $"- {role} {MarkdownText.Code(set.Source)}, {ResultText.Count(set)} ({MarkdownText.Code(set.Fingerprint)})";

    private static string Parameters(MetricReport metric) =>
        string.Concat(metric.Value.Parameters.Select(p => ", " + MarkdownText.Code($"{p.Key} = {ResultText.Parameter(p.Value)}")));

    private static string Row(params string[] cells) => $"| {string.Join(" | ", cells)} |";
}
