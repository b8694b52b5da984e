using System.CommandLine;
using QualityGate.Baselines;
using QualityGate.Specs;
using QualityGate.Tool.Hooks;

namespace QualityGate.Tool.Commands;

/// <summary>Where baselines may lie besides the path that the spec names.</summary>
internal sealed class BaselineSettings
{
    private readonly Option<string?> _given = new("--baseline") { Description = "A baseline file in place of the one that the spec names.", HelpName = "PATH" };

    private readonly Option<string?> _store = new("--baseline-store")
    {
        Description = "A folder that holds baselines by branch, such as a restored cache: looked at when there is none at the given path.",
        HelpName = "DIR",
    };

    private readonly Option<string?> _branch = new("--branch") { Description = "The branch that is checked. Default: as the CI system or git says.", HelpName = "NAME" };

    private readonly Option<string?> _base = new("--base-branch")
    {
        Description = "The branch that it is to be merged into. Default: as the CI system says.",
        HelpName = "NAME",
    };

    private readonly Option<string?> _mergeBase = new("--merge-base")
    {
        Description = "Compare with what was accepted where this branch left the one it is to be merged into (or BRANCH), as git has it: not with what others accepted since.",
        HelpName = "BRANCH",
        Arity = ArgumentArity.ZeroOrOne,
    };

    private bool _hasGiven;

    /// <summary>Adds the options to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="isReader">Whether it reads baselines: then another file may be given.</param>
    public static BaselineSettings AddTo(Command command, bool isReader)
    {
        BaselineSettings settings = new() { _hasGiven = isReader };
        command.Options.Add(settings._store);
        command.Options.Add(settings._branch);
        if (isReader)
        {
            command.Options.Add(settings._given);
            command.Options.Add(settings._base);
            command.Options.Add(settings._mergeBase);
        }

        return settings;
    }

    /// <summary>What was asked for, with the merge base's files when they were.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="spec">The spec.</param>
    /// <param name="copies">Takes the copies; delete it after the run. Null when no merge base was asked for.</param>
    /// <exception cref="Errors.UserErrorException">QG3020, QG52xx: git does not know it.</exception>
    public BaselinePlaces Bind(ParseResult parsed, GateSpec spec, out DirectoryInfo? copies)
    {
        string folder = SpecFile.FolderOf(spec.File);
        BaselinePlaces places = Bind(parsed, folder);
        copies = null;
        if (parsed.GetResult(_mergeBase) is null)
        {
            return places;
        }

        PastFiles past = new(GitRepository.Open(folder));
        string commit = past.MergeBase(parsed.GetValue(_mergeBase) ?? places.BaseBranch);
        copies = Directory.CreateTempSubdirectory("qualitygate-");
        return places with { MergeBase = past.Baseline(commit, spec.Baseline?.Value, BaselineLock.PathFor(spec.File), copies.FullName) };
    }

    /// <summary>What was asked for.</summary>
    /// <param name="parsed">The command line.</param>
    /// <param name="folder">A folder of the repository, to ask git.</param>
    public BaselinePlaces Bind(ParseResult parsed, string folder)
    {
        Branches known = Branches.Of(Environment.GetEnvironmentVariable, folder);
        return new BaselinePlaces
        {
            Given = _hasGiven ? parsed.GetValue(_given) : null,
            Store = parsed.GetValue(_store),
            Branch = parsed.GetValue(_branch) ?? known.Current,
            BaseBranch = _hasGiven ? parsed.GetValue(_base) ?? known.Base : null,
        };
    }
}
