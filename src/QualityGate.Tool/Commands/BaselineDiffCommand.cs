using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Reports;
using QualityGate.Specs;
using QualityGate.Tool.Help;
using QualityGate.Tool.Hooks;

namespace QualityGate.Tool.Commands;

/// <summary><c>qualitygate baseline diff</c>: what was accepted here and what there.</summary>
internal static class BaselineDiffCommand
{
    private const string Current = "current";
    private const string Proposed = "proposed";
    private const string MergeBase = "merge-base";
    private const string Kinds = "current, proposed, merge-base, a .safetensors or .lock.json file, or a commit";

    public static Command Build()
    {
        Argument<string> spec = CheckCommand.SpecArgument();
        Option<string?> from = new("--from") { Description = $"What it is compared with: {Kinds}. Default: current where something is proposed, else merge-base.", HelpName = "WHAT" };
        Option<string?> to = new("--to") { Description = $"What is compared: {Kinds}. Default: proposed where something is, else current.", HelpName = "WHAT" };
        Option<string?> baseBranch = new("--base-branch") { Description = "The branch that merge-base is about. Default: as the CI system says, else the main one.", HelpName = "NAME" };
        Option<string> format = new("--format", "-f") { Description = "console or markdown.", DefaultValueFactory = _ => ConsoleReport.Name };
        format.AcceptOnlyFromAmong(ConsoleReport.Name, MarkdownReport.Name);
        Command command = new("diff", "Show what another baseline accepts: a proposal, a file, another commit.") { spec, from, to, baseBranch, format };
        command.SetAction(parsed =>
        {
            GateSpec read = SpecFile.Read(parsed.GetRequiredValue(spec));
            bool isProposed = File.Exists(BaselineProposalCommands.PathFor(BaselineCommand.PathOf(read)));
            string first = parsed.GetValue(from) ?? (isProposed ? Current : MergeBase), second = parsed.GetValue(to) ?? (isProposed ? Proposed : Current);
            BaselineDifference difference = BaselineDifference.Between(Read(read, first, parsed.GetValue(baseBranch)), Read(read, second, parsed.GetValue(baseBranch)));
            if (parsed.GetValue(format) == MarkdownReport.Name)
            {
                BaselineDiffText.WriteMarkdown(difference, first, second, Console.Out);
            }
            else
            {
                BaselineDiffText.WriteConsole(difference, PlainText.OneLine(first), PlainText.OneLine(second), Console.Out);
            }

            return ExitCodes.Pass;
        });
        return command.WithExamples(
            ("qualitygate baseline diff", "What this branch or a proposal would accept"),
            ("qualitygate baseline diff --from v1.2.0 --to current", "Since a release"),
            ("qualitygate baseline diff --format markdown", "For a pull request"));
    }

    private static Baseline Read(GateSpec spec, string what, string? baseBranch)
    {
        string path = BaselineCommand.PathOf(spec), lockPath = BaselineLock.PathFor(spec.File);
        switch (what)
        {
            case Current:
                return BaselineLookup.Find(path, lockPath, new BaselinePlaces()).Loaded?.Baseline ?? throw new UserErrorException(BaselineErrors.Missing, $"There is no baseline at {path}.");
            case Proposed:
                string proposal = BaselineProposalCommands.PathFor(path);
                return File.Exists(proposal) ? BaselineFile.ReadValues(proposal) : throw new UserErrorException(BaselineErrors.NoProposal, $"There is no proposal at {proposal}.");
            default:
                return !File.Exists(what) ? ReadPast(spec, what, path, lockPath, baseBranch)
                    : what.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? LockFile.TryRead(what)!.Baseline : BaselineFile.ReadValues(what);
        }
    }

    private static Baseline ReadPast(GateSpec spec, string what, string path, string lockPath, string? baseBranch)
    {
        string folder = SpecFile.FolderOf(spec.File);
        PastFiles past = new(GitRepository.Open(folder));
        string commit = what == MergeBase
            ? past.MergeBase(baseBranch ?? Branches.Of(Environment.GetEnvironmentVariable, folder).Base)
            : past.Commit(what) ?? throw new UserErrorException(BaselineErrors.NothingThere, $"'{what}' is neither {Kinds} that git knows.");
        DirectoryInfo copies = Directory.CreateTempSubdirectory("qualitygate-");
        try
        {
            MergeBaseline there = past.Baseline(commit, path, lockPath, copies.FullName);
            return LockFile.TryRead(there.LockPath)?.Baseline
                ?? (there.File is { } file ? BaselineFile.ReadValues(file) : throw new UserErrorException(BaselineErrors.NothingThere, $"The commit {there.ShortCommit} has neither {Path.GetFileName(lockPath)} nor {Path.GetFileName(path)}."));
        }
        finally
        {
            copies.Delete(recursive: true);
        }
    }
}
