using QualityGate.Baselines;
using QualityGate.Errors;

namespace QualityGate.Tool.Hooks;

/// <summary>Files as they were at another commit.</summary>
/// <param name="repository">The repository.</param>
internal sealed class PastFiles(GitRepository repository)
{
    /// <summary>The commit that a name stands for, or null.</summary>
    public string? Commit(string named)
    {
        // A name that begins with a dash would be an option.
        GitAnswer answer = named.StartsWith('-') ? new GitAnswer(1, string.Empty, string.Empty) : repository.Git.Run("rev-parse", "--verify", "--quiet", $"{named}^{{commit}}");
        return answer.IsDone ? answer.Line : null;
    }

    /// <summary>Where this branch left another.</summary>
    /// <param name="branch">The other branch, or null for the usual names of the main one.</param>
    /// <exception cref="UserErrorException">QG3020: git does not know it, or the history is cut off.</exception>
    public string MergeBase(string? branch)
    {
        string[] names = branch is null ? ["origin/HEAD", "origin/main", "origin/master", "main", "master"] : [$"origin/{branch}", branch];
        if (Array.Find(names, n => Commit(n) is not null) is not { } other)
        {
            throw new UserErrorException(BaselineErrors.NoMergeBase, $"git knows no branch {string.Join(" or ", names)}.");
        }

        GitAnswer answer = repository.Git.Run("merge-base", "HEAD", Commit(other)!);
        return answer.IsDone && answer.Line.Length > 0
            ? answer.Line
            : throw new UserErrorException(BaselineErrors.NoMergeBase, $"git finds no commit from which both HEAD and {other} come; is the history cut off?");
    }

    /// <summary>Copies a file of a commit.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="path">Where the file lies in the working tree.</param>
    /// <param name="target">Where the copy goes.</param>
    /// <returns>Whether that commit has it.</returns>
    public bool Copy(string commit, string path, string target)
    {
        if (repository.RelativeName(Path.GetFullPath(path)) is not { } name || !repository.Git.Run("cat-file", "-e", $"{commit}:{name}").IsDone)
        {
            return false;
        }

        using FileStream output = File.Create(target);
        return repository.Git.Write(output, "cat-file", "blob", $"{commit}:{name}");
    }

    /// <summary>The baseline and the lock of a commit, copied into a folder.</summary>
    /// <param name="commit">The commit.</param>
    /// <param name="baseline">Path of the baseline, or null when the spec names none.</param>
    /// <param name="lockPath">Path of the lock.</param>
    /// <param name="folder">Where the copies go.</param>
    public MergeBaseline Baseline(string commit, string? baseline, string lockPath, string folder)
    {
        string lockCopy = Path.Combine(folder, Path.GetFileName(lockPath));
        Copy(commit, lockPath, lockCopy);
        string? copy = baseline is null ? null : Path.Combine(folder, Path.GetFileName(baseline));
        return new MergeBaseline(commit, lockCopy, copy is not null && Copy(commit, baseline!, copy) ? copy : null);
    }
}
