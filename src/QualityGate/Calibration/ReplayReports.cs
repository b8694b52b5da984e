using QualityGate.Gates;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>A replay for people and for machines.</summary>
public static class ReplayReports
{
    /// <summary>Value of <c>schema</c>.</summary>
    public const string Schema = "qualitygate.replay/1";

    private const int MostDiffering = 5;
    private const int MostRows = 200;

    /// <summary>A table of runs and the summary as the last line.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="style">Colours and width.</param>
    /// <param name="writer">Where to; not closed.</param>
    public static void WriteConsole(ReplayResult result, ConsoleStyle style, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(style);
        ArgumentNullException.ThrowIfNull(writer);
        TextTable table = new("run", "then", "now", "gates that differ");
        foreach (ReplayedRun run in result.Runs)
        {
            table.Add(run.Name, NameOf(run.Then), NameOf(run.Now), Differing(run));
        }

        foreach (string line in table.Lines(style.Width, (_, _, text) => text).Concat(Notes(result).Select(n => "note: " + PlainText.OneLine(n))))
        {
            writer.Write(line + "\n");
        }

        writer.Write("\n" + result.Summary + "\n");
    }

    /// <summary>The same as markdown.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="writer">Where to; not closed.</param>
    public static void WriteMarkdown(ReplayResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write($"## QualityGate: {MarkdownText.Prose(result.Summary)}\n\n| run | then | now | gates that differ |\n|---|---|---|---|\n");
        foreach (ReplayedRun run in result.Runs.Take(MostRows))
        {
            string now = NameOf(run.Now);
            writer.Write($"| {MarkdownText.Code(run.Name)} | {NameOf(run.Then)} | {(run.Now == run.Then ? now : $"**{now}**")} | {MarkdownText.Prose(Differing(run))} |\n");
        }

        writer.Write(result.Runs.Count > MostRows ? $"\nand {result.Runs.Count - MostRows} more runs\n\n" : "\n");
        writer.Write(string.Concat(Notes(result).Select(n => $"- {MarkdownText.Prose(n)}\n")));
        writer.Write($"- spec {MarkdownText.Code(result.SpecFile)}\n");
    }

    /// <summary>The same for machines, <c>qualitygate.replay/1</c>.</summary>
    /// <param name="result">The replay.</param>
    /// <param name="writer">Where to; not closed.</param>
    public static void WriteJson(ReplayResult result, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(result);
        ArgumentNullException.ThrowIfNull(writer);
        JsonText.Write(writer, json =>
        {
            json.WriteString("schema", Schema);
            JsonText.WriteTool(json, result.Tool);
            json.WriteString("spec", result.SpecFile);
            json.WriteString("summary", result.Summary);
            JsonText.WriteArray(json, "runs", result.Runs, run =>
            {
                json.WriteString("name", run.Name);
                json.WriteString("then", VerdictNames.NameOf(run.Then));
                json.WriteString("now", VerdictNames.NameOf(run.Now));
                JsonText.WriteArray(json, "gates", run.Gates, gate =>
                {
                    JsonText.WriteLimit(json, gate.Limit);
                    JsonText.WriteText(json, "class", gate.Class);
                    JsonText.WriteText(json, "then", gate.Then is { } then ? VerdictNames.NameOf(then) : null);
                    JsonText.WriteText(json, "now", gate.Now is { } now ? VerdictNames.NameOf(now) : null);
                    json.WriteString("reason", gate.Reason);
                });
            });
            JsonText.WriteTexts(json, "skipped", result.Skipped);
            JsonText.WriteTexts(json, "notes", result.Notes);
        });
    }

    private static IEnumerable<string> Notes(ReplayResult result) => result.Notes.Concat(result.Skipped.Select(s => $"skipped: {s}"));

    private static string NameOf(Verdict verdict) => verdict == Verdict.None ? ResultText.Nothing : VerdictNames.NameOf(verdict);

    private static string Differing(ReplayedRun run)
    {
        ReplayedGate[] differing = [.. run.Gates.Where(g => g.Now is null || g.Then != g.Now)];
        string[] shown = [.. differing.Take(MostDiffering).Select(Describe)];
        return shown.Length == 0 ? ResultText.Nothing : string.Join(", ", shown) + (differing.Length > shown.Length ? $", and {differing.Length - shown.Length} more" : string.Empty);
    }

    private static string Describe(ReplayedGate gate)
    {
        string name = $"{gate.Limit.Metric} {GateRules.NameOf(gate.Limit.Rule)}{(gate.Class is null ? string.Empty : $" ({gate.Class})")}";
        string then = gate.Then is { } before ? VerdictNames.NameOf(before) : "new";
        return gate switch
        {
            { Now: { } now } => $"{name}: {then} -> {VerdictNames.NameOf(now)}",
            { IsGone: true } => $"{name}: {then} -> gone",
            { Reason: "not measured" } => $"{name}: not measured",
            _ => $"{name}: {then} -> not judged",
        };
    }
}
