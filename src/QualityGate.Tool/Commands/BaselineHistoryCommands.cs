using System.CommandLine;
using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate baseline list|rollback</c>: what was accepted before, and the way back.</summary>
internal static class BaselineHistoryCommands
{
    public static Command List()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Command command = new("list", "List what was accepted, newest first, what is proposed, and which breaches are waived.") { spec };
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: false);
        command.SetAction(parsed =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            BaselinePlaces places = baselines.Bind(parsed, SpecFile.FolderOf(read.File));
            WriteHistory(read, Present(read, places).Loaded.Baseline, Console.Out);
            WriteProposal(BaselineCommand.PathOf(read), Console.Out);
            WriteWaivers(read, DateOnly.FromDateTime(DateTime.UtcNow), Console.Out);
            WriteStore(places, BaselineCommand.PathOf(read), Console.Out);
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate baseline list", "Of the spec in this folder"));
    }

    public static Command RollBack()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Option<string> to = new("--to")
        {
            Description = "Which acceptance: its number in `baseline list`, the beginning of its commit, or its day.",
            DefaultValueFactory = _ => "2",
            HelpName = "WHICH",
        };
        Option<string?> reason = BaselineProposalCommands.ReasonOption();
        Command command = new("rollback", "Go back to the numbers of an earlier acceptance. The history keeps every step.") { spec, to, reason };
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: false);
        command.SetAction(parsed =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            GateRunOptions options = RunSettings.Defaults with { Baselines = baselines.Bind(parsed, SpecFile.FolderOf(read.File)) };
            (string path, LoadedBaseline present) = Present(read, options.Baselines);
            BaselineHistoryEntry entry = BaselineHistory.Find(present.Baseline, parsed.GetRequiredValue(to));
            (Baseline restored, IReadOnlyList<string> leftOut) = BaselineAcceptance.RollBack(read, options, path, present, entry, parsed.GetValue(reason));
            Console.Out.WriteLine($"wrote {path} and {BaselineLock.PathFor(read.File)}");
            BaselineDiffText.WriteConsole(BaselineDifference.Between(present.Baseline, restored), "before", "now", Console.Out);
            if (leftOut.Count > 0)
            {
                Console.Error.WriteLine($"warning: {string.Join(", ", leftOut)} had no comparable value then, and has none now: gates on its changes cannot be judged until `baseline update`.");
            }

            if (present.Baseline.Classes.Count > 0)
            {
                Console.Error.WriteLine("warning: the history holds no values by class: change limits per class cannot be judged until `baseline update`.");
            }

            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate baseline rollback", "To what was accepted before"),
            ("qualitygate baseline rollback --to c0ffee --reason \"the new sampler was withdrawn\"", "To the acceptance at a commit"));
    }

    private static (string Path, LoadedBaseline Loaded) Present(GateSpec spec, BaselinePlaces places)
    {
        string path = BaselineCommand.PathOf(spec);
        LoadedBaseline? loaded = BaselineLookup.Find(path, BaselineLock.PathFor(spec.File), places).Loaded;
        return (path, loaded ?? throw new UserErrorException(BaselineErrors.Missing, $"There is no baseline at {path}.", spec.Baseline!.Value.Location));
    }

    private static void WriteHistory(GateSpec spec, Baseline baseline, TextWriter writer)
    {
        HashSet<string> gated = [.. spec.Gates.Select(g => g.Metric)];
        string[] metrics = [.. baseline.Metrics.Select(m => m.Name).Where(m => gated.Count == 0 || gated.Contains(m))];
        var table = new TextTable(["#", "accepted", "commit", "images", .. metrics, "reason"]);
        int number = 0;
        foreach (BaselineHistoryEntry entry in baseline.History.Reverse())
        {
            Dictionary<string, double> values = entry.Values.ToDictionary(v => v.Key, v => v.Value, StringComparer.Ordinal);
            table.Add(
            [
                (++number).ToString(CultureInfo.InvariantCulture),
                entry.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture),
                entry.Commit is { } commit ? commit[..Math.Min(10, commit.Length)] : ResultText.Nothing,
                entry.CandidateCount == 0 ? ResultText.Nothing : entry.CandidateCount.ToString(CultureInfo.InvariantCulture),
                .. metrics.Select(m => ResultText.Number(values.TryGetValue(m, out double value) ? value : null)),
                entry.Reason is null ? ResultText.Nothing : PlainText.OneLine(entry.Reason),
            ]);
        }

        foreach (string line in table.Lines(int.MaxValue, (_, _, text) => text))
        {
            writer.WriteLine(line.TrimEnd());
        }
    }

    private static void WriteProposal(string path, TextWriter writer)
    {
        string proposal = BaselineProposalCommands.PathFor(path);
        if (File.Exists(proposal))
        {
            writer.WriteLine($"proposed: {proposal} (qualitygate baseline diff, then qualitygate baseline promote)");
        }
    }

    private static void WriteWaivers(GateSpec spec, DateOnly today, TextWriter writer)
    {
        foreach (Waiver waiver in spec.Waivers)
        {
            string rule = waiver.Rule is { } one ? $" {Gates.GateRules.NameOf(one)}" : string.Empty;
            string state = today > waiver.Until ? "expired" : "until";
            string day = waiver.Until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            writer.WriteLine(PlainText.OneLine($"waived: {waiver.Metric}{rule}, {state} {day}, by {waiver.Author}: {waiver.Reason}"));
        }
    }

    private static void WriteStore(BaselinePlaces places, string path, TextWriter writer)
    {
        if (places.Store is not { } store || !Directory.Exists(store))
        {
            return;
        }

        foreach (string folder in Directory.EnumerateDirectories(store).Order(StringComparer.Ordinal))
        {
            string file = Path.Combine(folder, Path.GetFileName(path));
            if (File.Exists(file))
            {
                BaselineProvenance from = BaselineFile.ReadValues(file).Provenance;
                string day = from.Created.UtcDateTime.ToString("yyyy-MM-dd HH:mm'Z'", CultureInfo.InvariantCulture);
                writer.WriteLine(PlainText.OneLine($"stored: {Uri.UnescapeDataString(Path.GetFileName(folder))}, accepted {day}, commit {from.Commit ?? "unknown"}"));
            }
        }
    }
}
