namespace QualityGate.Reports;

/// <summary>The folded sections of every comment, with what each weighs when there is not room for all.</summary>
internal static class CommentSections
{
    public static IEnumerable<CommentSection> Of(RunResult result)
    {
        (string Title, IEnumerable<string> Lines, int Importance)[] all =
        [
            ("All metrics", MarkdownParts.Metrics(result), 50),
            ("Who is to blame", BlameMarkdown.Lines(result), 45),
            ("Trend", MarkdownTrend.Lines(result), 25),
            ("Per class", MarkdownTables.ClassLines(result), 30),
            ("Tables", MarkdownTables.Shown(result), 20),
            ("What was compared", MarkdownParts.DetailLines(result), 40),
        ];
        return all
            .Select(section => new CommentSection(section.Title, string.Join('\n', section.Lines), section.Importance))
            .Where(section => section.Markdown.Length > 0);
    }
}
