namespace QualityGate.Reports;

/// <summary>The report for pull requests and step summaries: verdict first, then gates, then every number.</summary>
public sealed class MarkdownReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "markdown";

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        IEnumerable<string>[] parts =
        [
            Verdict(result), MarkdownParts.Gates(result), MarkdownParts.Breaches(result), MarkdownParts.Problems(result), MarkdownParts.Metrics(result),
            BlameMarkdown.Section(result), MarkdownTrend.Folded(result), MarkdownTables.Shown(result), MarkdownTables.Classes(result), MarkdownParts.Notes(result), MarkdownParts.Details(result),
        ];
        string[] texts = [.. parts.Select(p => string.Concat(p.Select(line => line + "\n"))).Where(t => t.Length > 0)];
        writer.Write(string.Join('\n', texts));
    }

    private static IEnumerable<string> Verdict(RunResult result)
    {
        yield return $"## QualityGate: {MarkdownText.Prose(VerdictLine.Write(result))}";
    }
}
