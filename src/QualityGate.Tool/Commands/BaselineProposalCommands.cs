using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Specs;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate baseline propose|promote</c>: accepting in two steps, so that somebody else may look in between.</summary>
internal static class BaselineProposalCommands
{
    /// <summary>Where the proposal for a baseline lies: beside it.</summary>
    public static string PathFor(string baseline) => Path.ChangeExtension(baseline, ".proposed" + Path.GetExtension(baseline));

    public static Command Propose()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Option<string?> reason = ReasonOption();
        Command command = new("propose", "Measure, and write what would be accepted beside the baseline, without accepting it.") { spec, reason };
        RunSettings run = RunSettings.AddTo(command);
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: false);
        command.SetLongAction((parsed, cancellation) =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            GateRunOptions options = run.Bind(parsed) with { Baselines = baselines.Bind(parsed, SpecFile.FolderOf(read.File)) };
            string path = BaselineCommand.PathOf(read), proposal = PathFor(path);
            LoadedBaseline? present = BaselineLookup.Find(path, BaselineLock.PathFor(read.File), options.Baselines).Loaded;
            Baseline proposed = BaselineAcceptance.Propose(read, options, proposal, present, parsed.GetValue(reason), cancellation);
            Console.Out.WriteLine($"wrote {proposal}");
            if (present is null)
            {
                BaselineText.Write(proposed, Console.Out);
            }
            else
            {
                BaselineDiffText.WriteConsole(BaselineDifference.Between(present.Baseline, proposed), "present", "proposed", Console.Out);
            }

            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate baseline propose --reason \"sampler with 50 steps\"", "In a build: then keep the file as an artifact"),
            ("qualitygate baseline propose nightly.yaml", "Of another spec; then `qualitygate baseline diff nightly.yaml`"));
    }

    public static Command Promote()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Command command = new("promote", "Accept what was proposed: its numbers become the baseline, the history goes on.") { spec };
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: false);
        command.SetAction(parsed =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            GateRunOptions options = RunSettings.Defaults with { Baselines = baselines.Bind(parsed, SpecFile.FolderOf(read.File)) };
            string path = BaselineCommand.PathOf(read), proposal = PathFor(path);
            if (!File.Exists(proposal))
            {
                throw new UserErrorException(BaselineErrors.NoProposal, $"There is no proposal at {proposal}.", read.Baseline!.Value.Location);
            }

            LoadedBaseline? present = BaselineLookup.Find(path, BaselineLock.PathFor(read.File), options.Baselines).Loaded;
            Baseline accepted = BaselineAcceptance.Promote(read, options, proposal, path, present);
            Console.Out.WriteLine($"wrote {path} and {BaselineLock.PathFor(read.File)}");
            BaselineText.Write(accepted, Console.Out);
            BaselineText.WriteRatchet(BaselineRatchet.Tighten(read, accepted), Console.Out);
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate baseline promote", "After looking at `qualitygate baseline diff`"));
    }

    /// <summary>Why, for those who read it later.</summary>
    public static Option<string?> ReasonOption()
    {
        const int longest = 500;
        Option<string?> reason = new("--reason") { Description = "Why, in a sentence; kept in the lock and the history.", HelpName = "TEXT" };
        reason.Validators.Add(result =>
        {
            if (result.Tokens.Count > 0 && (result.Tokens[0].Value.Length > longest || string.IsNullOrWhiteSpace(result.Tokens[0].Value) || result.Tokens[0].Value.Any(char.IsControl)))
            {
                result.AddError($"--reason must be one line of 1 to {longest} characters.");
            }
        });
        return reason;
    }
}
