using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Specs;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate baseline create|show|verify|update</c>: what was accepted.</summary>
internal static class BaselineCommand
{
    public static Command Build() => new Command("baseline", "What was accepted, and from what.") { Create(), Update(), Show(), Verify() }.WithExamples(
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

            return BaselineAcceptance.Accept(spec, run, path, null, cancellation);
        });
        command.Options.Add(force);
        return command.WithExamples(
            ("qualitygate baseline create", "Accept what the spec in this folder measures, then commit the file"),
            ("qualitygate baseline create nightly.yaml --force", "Begin again, without the history"));
    }

    private static Command Update() => Accept("update", "Accept today's numbers, and keep the history.", (spec, run, _, cancellation) =>
    {
        string path = PathOf(spec);
        return BaselineAcceptance.Accept(spec, run, path, LoadedBaseline.Read(path), cancellation);
    }).WithExamples(("qualitygate baseline update", "After a change that moves the numbers on purpose"));

    private static Command Accept(string name, string description, Func<GateSpec, GateRunOptions, ParseResult, CancellationToken, Baseline> accept)
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Command command = new(name, description) { spec };
        RunSettings run = RunSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            Baseline baseline = accept(read, run.Bind(parsed), parsed, cancellation);
            Console.Out.WriteLine($"wrote {PathOf(read)}");
            BaselineText.Write(baseline, Console.Out);
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
            BaselineText.Write(BaselineFile.ReadValues(Resolve(parsed.GetRequiredValue(target))), Console.Out);
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
            string path = Resolve(parsed.GetRequiredValue(target));
            IReadOnlyList<string> problems = BaselineFile.Verify(path);
            if (problems.Count > 0)
            {
                throw UserErrorException.ForProblems([.. problems.Select(p => new Problem(BaselineErrors.Damaged, p, null))]);
            }

            Console.Out.WriteLine($"{path} is whole");
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate baseline verify", "In a build, before it is trusted"));
    }

    private static Argument<string> Target() => new Argument<string>("SPEC_OR_BASELINE")
    {
        Description = "A spec or a baseline file.",
        DefaultValueFactory = _ => CheckCommand.DefaultSpec,
    }.CompletesFiles(".yaml", ".yml", ".safetensors");

    private static string Resolve(string target) =>
        target.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase) ? target : PathOf(SpecFile.Read(target));

    private static string PathOf(GateSpec spec) => spec.Baseline?.Value ?? throw new UserErrorException(
        BaselineErrors.NotNamed, $"{spec.File} names no baseline.", advice: "Add `baseline: qualitygate/baseline.safetensors` to it.");
}
