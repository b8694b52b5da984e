using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.GitHub;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate baseline create|show|verify|update</c>: what was accepted.</summary>
internal static class BaselineCommand
{
    private const string ReasonName = "--reason";

    public static Command Build() => new Command("baseline", "What was accepted, and from what.")
    {
        Create(), Update(), BaselineProposalCommands.Propose(), BaselineProposalCommands.Promote(), BaselineDiffCommand.Build(), BaselineHistoryCommands.List(),
        BaselineHistoryCommands.RollBack(), Show(), Verify(), BaselinePullCommand.Build(),
    }.WithExamples(
        ("qualitygate baseline create", "Accept today's numbers as what must be held"),
        ("qualitygate baseline update", "Accept new ones later"));

    private static Command Create()
    {
        Option<bool> force = new("--force") { Description = "Overwrite a baseline that is there; its history is lost." };
        Command command = Accept("create", "Measure what the spec says and accept it as the baseline.", (spec, run, parsed, cancellation) =>
        {
            string path = PathOf(spec);
            if (File.Exists(path) && !parsed.GetValue(force))
            {
                throw new UserErrorException(
                    BaselineErrors.Exists, $"{path} is already there.", spec.Baseline!.Value.Location, "Use `qualitygate baseline update` to accept new numbers and keep the history, or --force.");
            }

            return BaselineAcceptance.Accept(spec, run, path, null, cancellation, parsed.GetValue<string?>(ReasonName));
        });
        command.Options.Add(force);
        return command.WithExamples(
            ("qualitygate baseline create", "Accept what the spec in this folder measures, then commit the file"),
            ("qualitygate baseline create nightly.yaml --force", "Begin again, without the history"));
    }

    private static Command Update()
    {
        Option<bool> create = new("--create") { Description = "Create it when there is none." };
        Option<bool> check = new("--check") { Description = "Accept only what passes the gates, those against the present baseline included." };
        Command command = Accept("update", "Accept today's numbers, and keep the history.", (spec, run, parsed, cancellation) =>
        {
            string path = PathOf(spec);
            BaselineFinding found = BaselineLookup.Find(path, BaselineLock.PathFor(spec.File), run.Baselines);
            if (found.Loaded is null && !parsed.GetValue(create))
            {
                throw new UserErrorException(BaselineErrors.Missing, $"There is no baseline at {path}.", spec.Baseline!.Value.Location);
            }

            if (parsed.GetValue(check))
            {
                RequirePass(spec, run, cancellation);
            }

            Baseline accepted = BaselineAcceptance.Accept(spec, run, path, found.Loaded, cancellation, parsed.GetValue<string?>(ReasonName));
            BaselineText.WriteRatchet(BaselineRatchet.Tighten(spec, accepted), Console.Out);
            return accepted;
        });
        command.Options.Add(create);
        command.Options.Add(check);
        return command.WithExamples(
            ("qualitygate baseline update", "After a change that moves the numbers on purpose"),
            ("qualitygate baseline update --create --check", "In a build of the main branch: only what passes"));
    }

    private static void RequirePass(GateSpec spec, GateRunOptions run, CancellationToken cancellation)
    {
        RunResult result = new GateRun(run).Check(spec with { OnMissingBaseline = OnMissingBaseline.AbsoluteOnly }, cancellation);
        if (result.Problems.Count > 0)
        {
            throw UserErrorException.ForProblems(result.Problems);
        }

        if (result.Verdict == Verdict.Fail)
        {
            string breaches = string.Join("; ", result.Gates.Where(g => g.Verdict == Verdict.Fail).Take(5).Select(g => PlainText.OneLine(g.Message)));
            throw new UserErrorException(BaselineErrors.NotPassed, $"The baseline stays as it is: {breaches}.");
        }
    }

    private static Command Accept(string name, string description, Func<GateSpec, GateRunOptions, ParseResult, CancellationToken, Baseline> accept)
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Command command = new(name, description) { spec, BaselineProposalCommands.ReasonOption() };
        RunSettings run = RunSettings.AddTo(command);
        BaselineSettings baselines = BaselineSettings.AddTo(command, isReader: false);
        command.SetLongAction((parsed, cancellation) =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            GateRunOptions options = run.Bind(parsed) with { Baselines = baselines.Bind(parsed, SpecFile.FolderOf(read.File)) };
            Baseline baseline = accept(read, options, parsed, cancellation);
            Console.Out.WriteLine($"wrote {PathOf(read)} and {BaselineLock.PathFor(read.File)}");
            BaselineText.Write(baseline, Console.Out);
            new ActionsFiles(Environment.GetEnvironmentVariable, Console.Error).WriteOutputs(
                [("baseline", PathOf(read)), ("lock", Path.GetFullPath(BaselineLock.PathFor(read.File)))]);
            return ExitCodes.Pass;
        });
        return command;
    }

    private static Command Show()
    {
        Argument<string> target = Target();
        Command command = new("show", "Show what a baseline holds.") { target };
        command.SetAction(parsed =>
        {
            string named = parsed.GetRequiredValue(target);
            BaselineText.Write(IsLock(named) ? ReadLock(named) : BaselineFile.ReadValues(Resolve(named)), Console.Out);
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate baseline show", "What the spec in this folder holds the candidate to"),
            ("qualitygate baseline show qualitygate/baseline.safetensors", "A file"));
    }

    private static Command Verify()
    {
        Argument<string> target = Target();
        Command command = new("verify", "Check that a baseline is whole: its features have the hash that was written with them.") { target };
        command.SetAction(parsed =>
        {
            string named = parsed.GetRequiredValue(target), path = Resolve(named);
            IReadOnlyList<string> problems = BaselineFile.Verify(path);
            if (problems.Count > 0)
            {
                throw UserErrorException.ForProblems([.. problems.Select(p => new Problem(BaselineErrors.Damaged, p, null))]);
            }

            Console.Out.WriteLine($"{path} is whole{(IsFile(named) ? "" : RequireLocked(path, BaselineLock.PathFor(named)))}");
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate baseline verify", "In a build, before it is trusted"));
    }

    private static Argument<string> Target() => new Argument<string>("SPEC_OR_BASELINE")
    {
        Description = "A spec, a baseline file or, to show, a lock.",
        DefaultValueFactory = _ => CheckCommand.DefaultSpec,
    }.CompletesFiles(".yaml", ".yml", ".safetensors", ".json");

    // Of a spec the lock is known too.
    private static string RequireLocked(string path, string lockPath)
    {
        if (LockFile.TryRead(lockPath) is null)
        {
            return $"; there is no lock at {lockPath}";
        }

        BaselineFinding found = BaselineLookup.Find(path, lockPath, new BaselinePlaces());
        return found.Features == BaselineFeatures.Verified
            ? $", and it is the one that {lockPath} names"
            : throw new UserErrorException(BaselineErrors.LockDisagrees, $"The baseline {path} is not the one that the lock {lockPath} names.");
    }

    private static bool IsLock(string target) => target.EndsWith(".lock.json", StringComparison.OrdinalIgnoreCase);

    private static Baseline ReadLock(string path) => LockFile.TryRead(path)?.Baseline ?? throw new UserErrorException(BaselineErrors.Missing, $"There is no lock at {path}.");

    private static bool IsFile(string target) => target.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    private static string Resolve(string target) => IsFile(target) ? target : PathOf(SpecFile.Read(target));

    /// <summary>The baseline that a spec names.</summary>
    /// <exception cref="UserErrorException">QG3010: it names none.</exception>
    public static string PathOf(GateSpec spec) => spec.Baseline?.Value ?? throw new UserErrorException(
        BaselineErrors.NotNamed, $"{spec.File} names no baseline.", advice: "Add `baseline: qualitygate/baseline.safetensors` to it.");
}
