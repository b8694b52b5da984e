using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Calibration;
using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate replay [SPEC] RESULT...</c>: what past runs would have been under a spec.</summary>
internal static class ReplayCommand
{
    public static Command Build()
    {
        Argument<string[]> words = new Argument<string[]>("SPEC|RESULT")
        {
            Description = $"Results that check wrote: files, folders or patterns, in order. A .yaml among them is the spec. Default: {CheckCommand.DefaultSpec}, and the history of its baseline.",
            Arity = ArgumentArity.ZeroOrMore,
        }.CompletesFiles(".yaml", ".yml", ".json");
        Command command = new("replay", "Judge past results by a spec: what would have failed?") { words };
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: true);
        DocumentSettings<ReplayResult> report = DocumentSettings<ReplayResult>.AddTo(
            command,
            null,
            (ConsoleReport.Name, ReplayReports.WriteConsole),
            (JsonReport.Name, (result, _, writer) => ReplayReports.WriteJson(result, writer)),
            (MarkdownReport.Name, (result, _, writer) => ReplayReports.WriteMarkdown(result, writer)));
        command.SetAction(parsed =>
        {
            (string path, string[] results) = Split(parsed.GetValue(words) ?? []);
            GateSpec spec = SpecFile.Read(path);
            PastRuns past = results.Length > 0 ? PastRuns.Read(results) : HistoryOf(spec, baselines.Bind(parsed, SpecFile.FolderOf(path)));
            report.Write(parsed, new Replay(spec).Of(new ToolInfo("qualitygate", ToolVersion.Text), past));
            return ExitCodes.Pass;
        });
        return command
            .WithExitCodes((ExitCodes.Pass, "judged again, whatever the verdicts"), (ExitCodes.CannotJudge, "no spec, no result, or a named file is no result"))
            .WithExamples(
                ("qualitygate replay stricter.yaml past-results/", "Every result below a folder, under another spec"),
                ("qualitygate replay \"runs/*/result.json\" --format markdown", "Those that a pattern finds, for a pull request"),
                ("qualitygate replay", $"The acceptances in the history of the baseline of {CheckCommand.DefaultSpec}"));
    }

    private static (string Spec, string[] Results) Split(string[] words)
    {
        string[] specs = [.. words.Where(w => w.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || w.EndsWith(".yml", StringComparison.OrdinalIgnoreCase))];
        return specs.Length > 1
            ? throw new UserErrorException(SpecErrors.Unreadable, $"{specs.Length} specs are named, {PlainNames(specs)}; results are judged by one.")
            : (specs.Length == 1 ? specs[0] : CheckCommand.DefaultSpec, [.. words.Except(specs)]);
    }

    private static string PlainNames(string[] specs) => string.Join(" and ", specs.Take(2));

    private static PastRuns HistoryOf(GateSpec spec, BaselinePlaces places)
    {
        string path = places.Given ?? spec.Baseline?.Value
            ?? throw new UserErrorException(BaselineErrors.NotNamed, "No results are named, and the spec names no baseline whose history could be judged.");
        BaselineFinding found = BaselineLookup.Find(path, BaselineLock.PathFor(spec.File), places);
        return found.Loaded is { } loaded
            ? PastRuns.Of(loaded.Baseline.History)
            : throw new UserErrorException(BaselineErrors.Missing, $"No results are named, and there is no baseline. Looked at: {string.Join("; ", found.Lookup)}.", spec.Baseline?.Location);
    }
}
