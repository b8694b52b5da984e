using System.CommandLine;
using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Tool.Completion;
using QualityGate.Tool.Help;
using QualityGate.Tool.Hooks;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate hook install|uninstall|run</c>: the gate before each push.</summary>
internal static class HookCommand
{
    public static Command Build() => new Command("hook", "Judge before each push: git's pre-push hook.") { Install(), Uninstall(), Run() }.WithExamples(
        ("qualitygate hook install", "From now on, judge pushes that concern qualitygate.yaml"),
        ("qualitygate hook uninstall", "No more"));

    private static Command Install()
    {
        Argument<string[]> specs = Specs();
        Option<string?> start = new("--command") { Description = "How the hook starts the tool. Default: the repository's own tool when .config/dotnet-tools.json names it, else qualitygate.", HelpName = "CMD" };
        Option<bool> force = new("--force") { Description = "Rewrite the fenced part though somebody changed it." };
        Command command = new("install", "Add the gate to the repository's pre-push hook. Installing again changes its options.") { specs, start, force };
        BudgetSettings budget = BudgetSettings.AddTo(command);
        command.SetAction(parsed =>
        {
            GitRepository repository = GitRepository.Open(Environment.CurrentDirectory);
            HookPlan plan = new(
                [.. parsed.GetRequiredValue(specs).Select(s => NameOf(repository, s)).Distinct()],
                budget.Text(parsed),
                parsed.GetValue(start) ?? ToolManifest.CommandFor(repository.Root));
            PrePushHook hook = new(repository);
            HookChange change = hook.Install(plan, parsed.GetValue(force));
            Console.Out.WriteLine(PlainText.OneLine(change switch
            {
                HookChange.None => $"{hook.File} judges pushes already",
                HookChange.Created => $"wrote {hook.File}",
                HookChange.Added => $"added the gate to {hook.File}; the rest of it stays as it is",
                _ => $"rewrote the gate in {hook.File}",
            }));
            Console.Out.WriteLine(PlainText.OneLine($"before each push: {plan.Line}"));
            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate hook install", "Judge pushes that concern qualitygate.yaml"),
            ("qualitygate hook install faces.yaml rooms.yaml --budget 20s", "Two specs; spend at most 20 s on features that are not cached"));
    }

    private static Command Uninstall()
    {
        Option<bool> force = new("--force") { Description = "Take the fenced part out though somebody changed it." };
        Command command = new("uninstall", "Take the gate out of the pre-push hook; the rest stays as it was.") { force };
        command.SetAction(parsed =>
        {
            PrePushHook hook = new(GitRepository.Open(Environment.CurrentDirectory));
            HookChange change = hook.Uninstall(parsed.GetValue(force));
            Console.Out.WriteLine(PlainText.OneLine(change switch
            {
                HookChange.None => $"there is no gate in {hook.File}",
                HookChange.Deleted => $"removed {hook.File}",
                _ => $"took the gate out of {hook.File}",
            }));
            return ExitCodes.Pass;
        });
        return command.WithExamples(("qualitygate hook uninstall", "Leave the hook as it was before"));
    }

    private static Command Run()
    {
        Argument<string[]> specs = Specs();
        Option<string?> remote = new("--remote") { Description = "The remote's name, the first argument that git gives to the hook.", HelpName = "NAME" };
        Command command = new("run", "What the hook calls: reads from standard input what is pushed, and judges if it concerns the specs.") { specs, remote };
        BudgetSettings budget = BudgetSettings.AddTo(command);
        RunSettings run = RunSettings.AddTo(command);
        command.SetLongAction((parsed, cancellation) =>
        {
            if (Environment.GetEnvironmentVariable(HookRun.SkipVariable) == "1")
            {
                Console.Error.WriteLine($"qualitygate: skipped, since {HookRun.SkipVariable} is 1");
                return ExitCodes.Pass;
            }

            HookRun judge = new(run.Bind(parsed) with { Budget = budget.Bind(parsed) }, Console.Error);
            return Advised(() => judge.Judge(parsed.GetRequiredValue(specs), parsed.GetValue(remote), Console.IsInputRedirected ? Console.In : null, cancellation));
        });
        return command
            .WithExitCodes(
                (ExitCodes.Pass, "passed, or not concerned: the push goes on"),
                (ExitCodes.GateFailed, "a gate failed: git stops the push"),
                (ExitCodes.CannotJudge, "it could not be judged: git stops the push"))
            .WithExamples(("qualitygate hook run --remote \"$1\"", "In a hook that is written by hand; it needs git's standard input"));
    }

    private static int Advised(Func<int> judge)
    {
        int exitCode;
        try
        {
            exitCode = judge();
        }
        catch (UserErrorException mistake)
        {
            Outcome.Write(mistake, Console.Error);
            exitCode = ExitCodes.CannotJudge;
        }

        if (exitCode != ExitCodes.Pass)
        {
            string what = exitCode == ExitCodes.GateFailed ? "a gate failed" : "the push could not be judged";
            Console.Error.WriteLine($"qualitygate: {what}, so the push was stopped; to push all the same: git push --no-verify, or {HookRun.SkipVariable}=1");
        }

        return exitCode;
    }

    private static Argument<string[]> Specs() => new Argument<string[]>("SPEC")
    {
        Description = $"The specs. Default: {CheckCommand.DefaultSpec} in this folder.",
        Arity = ArgumentArity.ZeroOrMore,
        DefaultValueFactory = _ => [CheckCommand.DefaultSpec],
    }.CompletesFiles(".yaml", ".yml");

    // Git runs hooks at the root of the working tree.
    private static string NameOf(GitRepository repository, string spec)
    {
        string path = Path.GetFullPath(spec);
        return File.Exists(path)
            ? repository.RelativeName(path) ?? path
            : throw new UserErrorException(SpecErrors.Unreadable, $"there is no spec at {spec}", advice: "Name one, or write one for this folder: qualitygate init");
    }
}
