namespace QualityGate.Tool.Hooks;

/// <summary>Which files a push changes on the remote.</summary>
/// <param name="Names">Their names as git has them; empty when the push brings nothing new.</param>
/// <param name="Unknown">Why that cannot be told, so that every file counts as changed; else null.</param>
internal sealed record PushedChanges(IReadOnlyCollection<string> Names, string? Unknown)
{
    private const int MostBoundaries = 100;

    /// <summary>Looks at one ref.</summary>
    /// <param name="git">git, at the root of the working tree.</param>
    /// <param name="pushed">The ref; no deletion.</param>
    /// <param name="remote">The remote's name as git gave it, or null.</param>
    public static PushedChanges Of(Git git, PushedRef pushed, string? remote)
    {
        if (CommitOf(git, pushed.LocalSha) is not { } local)
        {
            return Not($"{pushed.RemoteName} is no commit");
        }

        if (pushed.IsNew)
        {
            return OfNew(git, local, pushed.RemoteName, remote);
        }

        return CommitOf(git, pushed.RemoteSha) is { } before
            ? new PushedChanges(Between(git, before, local), null)
            : Not($"what the remote has as {pushed.RemoteName} was not fetched");
    }

    /// <summary>The commit that a name of an object means, or null when it is none or is not here.</summary>
    public static string? CommitOf(Git git, string sha)
    {
        GitAnswer answer = git.Run("rev-parse", "--verify", "--quiet", sha + "^{commit}");
        return answer.IsDone ? answer.Line : null;
    }

    // Commits that the remote has and that border on new ones: the state that the push starts from. After a merge there are several, and
    // a file counts as changed when it differs from its state in any, since it was never judged together with the others.
    private static PushedChanges OfNew(Git git, string local, string name, string? remote)
    {
        if (KnownRemote(git, remote) is not { } known)
        {
            return Not($"it is not known what the remote has besides {name}");
        }

        GitAnswer answer = git.Run("rev-list", "--boundary", local, "--not", "--remotes=" + known);
        if (!answer.IsDone)
        {
            return Not($"git does not tell what is new in {name}");
        }

        string[] lines = answer.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string[] boundaries = [.. lines.Where(l => l.StartsWith('-')).Select(l => l[1..].Trim())];
        return (lines, boundaries) switch
        {
            ([], _) => new PushedChanges([], null),
            (_, [] or { Length: > MostBoundaries }) => Not($"the remote has nothing yet that {name} starts from"),
            _ => new PushedChanges(boundaries.SelectMany(b => Between(git, b, local)).ToHashSet(StringComparer.Ordinal), null),
        };
    }

    private static string? KnownRemote(Git git, string? remote)
    {
        string[] remotes = git.Run("remote").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return remote is null && remotes is [var only] ? only : Array.Find(remotes, r => r == remote);
    }

    private static string[] Between(Git git, string before, string after) =>
        git.Names("diff-tree", "-r", "--name-only", "--no-renames", "-z", before, after);

    private static PushedChanges Not(string why) => new([], why);
}
