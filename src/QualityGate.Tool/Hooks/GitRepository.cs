using QualityGate.Errors;

namespace QualityGate.Tool.Hooks;

/// <summary>The working tree that a folder lies in.</summary>
/// <param name="Root">Its topmost folder, where git runs hooks.</param>
/// <param name="Git">git, there.</param>
internal sealed record GitRepository(string Root, Git Git)
{
    /// <summary>Finds it.</summary>
    /// <exception cref="UserErrorException">QG5201 no git, QG5202 no working tree, QG5203 git does not trust it.</exception>
    public static GitRepository Open(string folder)
    {
        GitAnswer answer = new Git(folder).Run("rev-parse", "--show-toplevel");
        if (answer.IsDone && answer.Line.Length > 0)
        {
            string root = Path.GetFullPath(answer.Line);
            return new GitRepository(root, new Git(root));
        }

        string said = answer.Error.Length > 0 ? answer.Error : "git names no working tree";
        throw said.Contains("dubious ownership", StringComparison.Ordinal)
            ? new UserErrorException(
                HookErrors.UnsafeRepository,
                $"git refuses to work in {folder}, which belongs to another user: {FirstLine(said)}",
                advice: $"If you trust its owner: git config --global --add safe.directory '{folder}' (in containers and CI jobs, the folder as it is called there).")
            : new UserErrorException(HookErrors.NoRepository, $"{folder} is not in the working tree of a git repository: {FirstLine(said)}");
    }

    /// <summary>Where git looks for hooks of this working tree.</summary>
    public string HooksFolder()
    {
        // Asked at the root, since git does not turn a relative core.hooksPath for the folder that it is asked in.
        GitAnswer answer = Git.Run("rev-parse", "--git-path", "hooks");
        return answer.IsDone
            ? Path.GetFullPath(Path.Combine(Root, answer.Line))
            : throw new UserErrorException(HookErrors.GitFailed, $"git does not say where hooks lie: {FirstLine(answer.Error)}");
    }

    /// <summary>Whether the hooks folder is set for all repositories of the user or the machine.</summary>
    public bool SharesHooks()
    {
        GitAnswer answer = Git.Run("config", "--show-scope", "--get", "core.hooksPath");
        return answer.IsDone && (answer.Output.StartsWith("global", StringComparison.Ordinal) || answer.Output.StartsWith("system", StringComparison.Ordinal));
    }

    /// <summary>A path as git names it: relative to the root, with <c>/</c>; null outside of the working tree.</summary>
    public string? RelativeName(string path)
    {
        string relative = Path.GetRelativePath(Root, path);
        bool isInside = !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal);
        return isInside ? relative.Replace(Path.DirectorySeparatorChar, '/') : null;
    }

    /// <summary>The absolute path of a name that git gave.</summary>
    public string PathOf(string name) => Path.GetFullPath(Path.Combine(Root, name));

    private static string FirstLine(string text) => text.Split('\n')[0].TrimEnd();
}
