using System.Globalization;
using System.Text;
using QualityGate.Gates;

namespace QualityGate.Reports;

/// <summary>
/// The comment under a pull request: verdict first, the gates, what is wrong with them, and the rest folded. What does not fit is left out,
/// the least important first, and the comment says so.
/// </summary>
public static class PullRequestComment
{
    /// <summary>Most bytes of UTF-8 by default. GitHub refuses comments of more than 65,536 characters.</summary>
    public const int Limit = 60_000;

    private const int FewRows = 30;
    private const int ShortMessage = 300;

    /// <summary>Renders the comment.</summary>
    /// <param name="result">The run. It may come from a machine that nobody trusts: everything in it is escaped.</param>
    /// <param name="context">What else it says.</param>
    /// <param name="limit">Most bytes of UTF-8.</param>
    /// <returns>Markdown; lines end with a line feed.</returns>
    public static string Render(RunResult result, CommentContext context, int limit = Limit)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(context);
        CommentSection[] sections = [.. CommentSections.Of(result), .. context.Sections];
        string head = Head(result, context);
        foreach (string core in Cores(result))
        {
            if (Fitted(head + core, sections, Foot(result, context), limit) is { } text)
                return text;
        }

        return head + "\n" + Foot(result, context);
    }

    // From everything to only the worst: the first that fits is taken.
    private static IEnumerable<string> Cores(RunResult result)
    {
        GateResult[] all = [.. ResultText.Listed(result)], breached = [.. result.Gates.Where(g => g.Verdict != Verdict.Pass).OrderByDescending(g => g.Verdict)];
        int passed = result.Gates.Count - breached.Length;
        yield return Core(result, all, ResultText.Unlisted(result), breached, int.MaxValue);
        string others = passed == 0 ? string.Empty : Invariant($"and {passed} that passed");
        yield return Core(result, breached, others, breached, ShortMessage);
        GateResult[] few = [.. breached.Take(FewRows)];
        yield return Core(result, few, Invariant($"and {breached.Length - few.Length} more that did not pass, {passed} that did"), few, ShortMessage);
        yield return Core(result, [], null, [], ShortMessage);
    }

    private static string Core(RunResult result, GateResult[] rows, string? more, GateResult[] breached, int longest)
    {
        StringBuilder text = new();
        if (rows.Length > 0)
        {
            text.Append("\n| | gate | value | baseline | change | limit |\n|---|---|--:|--:|--:|--:|\n");
            foreach (GateResult gate in rows)
                text.Append(Row(result, gate)).Append('\n');
            if (!string.IsNullOrEmpty(more))
                text.Append('\n').Append(more).Append('\n');
        }

        string[] lines =
        [
            .. breached.Select(g => Line(g.Code.Id, g.Message, g.Limit.Location?.ToString(), longest)),
            .. result.Problems.Take(FewRows).Select(p => Line(p.Code.Id, p.Message, p.Location?.ToString(), longest)),
            .. result.Notes.Take(FewRows).Select(n => $"- {MarkdownText.Prose(PlainText.Cut(n, longest))}"),
        ];
        return lines.Length == 0 ? text.ToString() : text.Append('\n').AppendJoin('\n', lines).Append('\n').ToString();
    }

    private static string Row(RunResult result, GateResult gate)
    {
        double? error = gate.Class is null ? result.Metrics.FirstOrDefault(m => m.Value.Name == gate.Limit.Metric)?.Value.StandardError : null;
        string value = ResultText.Number(gate.Observed) + (error is null ? string.Empty : $" ± {ResultText.Number(error)}");
        string name = MarkdownText.Code(ResultText.Gate(gate)), change = ResultText.Change(gate);
        return $"| {Icon(gate.Verdict)} | {name} | {value} | {ResultText.Number(gate.Baseline)} | {change} | {ResultText.Limit(gate.Limit)} |";
    }

    private static string Line(string code, string message, string? place, int longest) =>
        $"- **{code}** {MarkdownText.Prose(PlainText.Cut(message, longest))}" + (place is null ? string.Empty : $" ({MarkdownText.Code(PlainText.Cut(place, ShortMessage))})");

    private static string? Fitted(string core, CommentSection[] sections, string foot, int limit)
    {
        // What a shorter comment says about itself needs room too.
        const int roomForRemark = 400;
        int left = limit - Encoding.UTF8.GetByteCount(core) - Encoding.UTF8.GetByteCount(foot) - roomForRemark;
        if (left < 0)
            return null;
        HashSet<CommentSection> kept = [];
        foreach (CommentSection section in sections.OrderByDescending(s => s.Importance))
        {
            left -= Encoding.UTF8.GetByteCount(Folded(section));
            if (left < 0)
                break;
            kept.Add(section);
        }

        string[] dropped = [.. sections.Where(s => !kept.Contains(s)).Select(s => MarkdownText.Prose(PlainText.Cut(s.Title, 40)))];
        string remark = dropped.Length == 0 ? string.Empty : $"\nLeft out, as it does not fit: {string.Join(", ", dropped.Take(5))}.\n";
        return core + string.Concat(sections.Where(kept.Contains).Select(Folded)) + remark + foot;
    }

    // The blank line after the summary lets the content be markdown again.
    private static string Folded(CommentSection section) =>
        $"\n<details><summary>{MarkdownText.Html(section.Title)}</summary>\n\n{section.Markdown.Trim('\n')}\n\n</details>\n";

    private static string Head(RunResult result, CommentContext context)
    {
        StringBuilder text = new();
        if (context.Id is { } id)
            text.Append(CommentMarker.Of(id)).Append('\n');
        if (context.Run is { } run)
            text.Append(CommentMarker.Of(run)).Append('\n');
        text.Append("### ").Append(Icon(result.Verdict)).Append(" QualityGate: ").Append(MarkdownText.Prose(VerdictLine.Write(result))).Append('\n');
        if (result.Reference.Source.Length > 0)
        {
            text.Append('\n').Append(Short(result.Candidate.Source)).Append(" (").Append(ResultText.Count(result.Candidate)).Append(") against ");
            text.Append(Short(result.Reference.Source)).Append(" (").Append(ResultText.Count(result.Reference)).Append(')');
            if (result.Extractor is { } extractor)
                text.Append(", features of ").Append(Short(extractor.Name));
            if (result.Baseline is { } baseline)
                text.Append("; baseline: ").Append(MarkdownText.Prose($"{ResultText.BaselineSource(baseline)}, accepted {ResultText.Acceptance(baseline)}"));
            text.Append('\n');
        }

        return text.ToString();
    }

    private static string Foot(RunResult result, CommentContext context)
    {
        List<string> parts = [];
        if (Link("run", context.RunUrl) is { } run)
            parts.Add(run);
        if (Link("whole report", context.ReportUrl) is { } report)
            parts.Add(report);
        if (result.SpecFile is { } spec)
            parts.Add($"spec {Short(spec)}");
        if (context.Commit is { } commit)
            parts.Add($"commit {Short(commit[..Math.Min(10, commit.Length)])}");
        if (context.IsUntrusted)
            parts.Add("as the pull request's own run reports it");
        parts.Add(MarkdownText.Prose(PlainText.Cut($"{result.Tool.Name} {result.Tool.Version}", 100)));
        return $"\n<sub>{string.Join(" · ", parts)}</sub>\n";
    }

    private static string Short(string text) => MarkdownText.Code(PlainText.Cut(text, 100));

    private static string? Link(string text, Uri? target) =>
        target is { IsAbsoluteUri: true, Scheme: "https" or "http" }
            ? $"[{text}]({target.AbsoluteUri.Replace("(", "%28", StringComparison.Ordinal).Replace(")", "%29", StringComparison.Ordinal)})"
            : null;

    private static string Icon(Verdict verdict) => verdict switch
    {
        Verdict.Pass => "✅",
        Verdict.Fail => "❌",
        Verdict.Warn => "⚠️",
        _ => "❔",
    };

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
