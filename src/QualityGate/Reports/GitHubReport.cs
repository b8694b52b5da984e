using System.Globalization;

namespace QualityGate.Reports;

/// <summary>
/// Workflow commands of GitHub Actions: the verdict first, then an annotation at the spec's line for each gate that did not pass. GitHub shows ten of
/// a kind a step and drops the rest without a word, so the last one says how many more there are.
/// </summary>
public sealed class GitHubReport : IReport
{
    /// <summary>Name of the format.</summary>
    public const string Name = "github";

    private const int MostOfAKind = 10;

    /// <inheritdoc />
    public string Format => Name;

    /// <inheritdoc />
    public void Write(RunResult result, TextWriter writer)
    {
        Finding[] findings = [.. Finding.Of(result)];
        string kind = findings.Any(f => f.IsError) ? "error" : findings.Length > 0 ? "warning" : "notice";
        writer.Write($"::{kind} title=QualityGate::{Data(VerdictLine.Write(result) + ResultText.Against(result))}\n");
        WriteKind(result, writer, "error", [.. findings.Where(f => f.IsError)], MostOfAKind - (kind == "error" ? 1 : 0));
        WriteKind(result, writer, "warning", [.. findings.Where(f => !f.IsError)], MostOfAKind - (kind == "warning" ? 1 : 0));
    }

    private static void WriteKind(RunResult result, TextWriter writer, string kind, Finding[] findings, int most)
    {
        int shown = findings.Length <= most ? findings.Length : most - 1;
        foreach (Finding finding in findings.Take(shown))
        {
            List<string> properties = [];
            if (finding.FileIn(result) is { Length: > 0 } file)
                properties.Add($"file={Property(file.Replace('\\', '/'))}");
            if (finding.Location is { } at)
                properties.Add(string.Create(CultureInfo.InvariantCulture, $"line={at.Line},col={at.Column}"));
            properties.Add($"title={Property($"{finding.Code.Id} {finding.Code.Title}")}");
            writer.Write($"::{kind} {string.Join(',', properties)}::{Data(finding.Message)}\n");
        }

        if (shown < findings.Length)
            writer.Write(string.Create(CultureInfo.InvariantCulture, $"::{kind} title=QualityGate::and {findings.Length - shown} more\n"));
    }

    private static string Data(string text) => PlainText.OneLine(text).Replace("%", "%25", StringComparison.Ordinal);

    private static string Property(string text) =>
        Data(text).Replace(":", "%3A", StringComparison.Ordinal).Replace(",", "%2C", StringComparison.Ordinal);
}
