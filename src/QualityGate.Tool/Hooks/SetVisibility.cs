namespace QualityGate.Tool.Hooks;

/// <summary>Whether git can see what is in a set, so that a set without a change in a push is a set that did not change.</summary>
/// <param name="repository">The repository.</param>
internal sealed class SetVisibility(GitRepository repository)
{
    /// <summary>Why git cannot, or null when it can.</summary>
    public string? WhyNot(WatchedPath set)
    {
        if (repository.RelativeName(set.Root) is not { } name || set.Listed.Any(file => repository.RelativeName(file) is null))
        {
            return "lies outside of the repository";
        }

        if (LinkOnTheWay(set.Root) is { } link)
        {
            return $"is reached by the symbolic link {link}";
        }

        // Of a list, the files may lie anywhere.
        string where = set.Listed.Count > 0 ? "." : name;
        if (name != "." && repository.Git.Run("check-ignore", "--quiet", "--", "./" + name).IsDone)
        {
            return "is ignored by git";
        }

        int untracked = Covered(set, "--literal-pathspecs", "ls-files", "-z", "--others", "--", where).Count();
        return untracked > 0 ? $"holds {untracked} {(untracked == 1 ? "file" : "files")} that git does not track"
            : Covered(set, "--literal-pathspecs", "ls-files", "-z", "--", where).Any() ? null
            : "is not tracked by git";
    }

    private IEnumerable<string> Covered(WatchedPath set, params string[] command) =>
        repository.Git.Names(command).Where(file => set.Covers(repository.PathOf(file)));

    private string? LinkOnTheWay(string path)
    {
        for (string? at = path; at is not null && at.Length > repository.Root.Length; at = Path.GetDirectoryName(at))
        {
            if (new FileInfo(at).LinkTarget is not null)
            {
                return repository.RelativeName(at);
            }
        }

        return null;
    }
}
