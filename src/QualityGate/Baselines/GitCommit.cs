namespace QualityGate.Baselines;

/// <summary>Reads the checked-out commit from the files of a git repository, without starting git.</summary>
public static class GitCommit
{
    private const int MaximumDepth = 5;
    private const long MaximumFileBytes = 64L << 20;
    private const string RefPrefix = "ref: ";

    /// <summary>The commit of the repository that a folder lies in.</summary>
    /// <returns>40 or 64 hexadecimal digits; null outside a repository, before its first commit, or when its files are not understood.</returns>
    public static string? TryRead(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        try
        {
            return FindGitFolder(Path.GetFullPath(folder)) is string git ? Resolve(git, CommonFolder(git), "HEAD", MaximumDepth) : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    /// <summary>The branch that is checked out in the repository that a folder lies in.</summary>
    /// <returns>Such as <c>main</c> or <c>feature/x</c>; null outside a repository or on a detached head.</returns>
    public static string? TryReadBranch(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        const string heads = RefPrefix + "refs/heads/";
        try
        {
            string? head = FindGitFolder(Path.GetFullPath(folder)) is string git ? ReadFirstLine(Path.Combine(git, "HEAD")) : null;
            return head?.StartsWith(heads, StringComparison.Ordinal) == true ? head[heads.Length..] : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return null;
        }
    }

    private static string? FindGitFolder(string start)
    {
        for (string? folder = start; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, ".git");
            if (Directory.Exists(path))
            {
                return path;
            }

            // Worktrees and submodules have a file that points to the folder.
            const string Pointer = "gitdir: ";
            if (ReadFirstLine(path) is string line && line.StartsWith(Pointer, StringComparison.Ordinal))
            {
                return Path.GetFullPath(Path.Combine(folder, line[Pointer.Length..]));
            }
        }

        return null;
    }

    // Worktrees share their branches with the main one.
    private static string CommonFolder(string git) =>
        ReadFirstLine(Path.Combine(git, "commondir")) is string common ? Path.GetFullPath(Path.Combine(git, common)) : git;

    private static string? Resolve(string git, string common, string name, int depth)
    {
        if (depth == 0 || !IsSafe(name))
        {
            return null;
        }

        string? text = ReadFirstLine(Path.Combine(git, name)) ?? ReadFirstLine(Path.Combine(common, name)) ?? FindPacked(common, name);
        if (text is not null && text.StartsWith(RefPrefix, StringComparison.Ordinal))
        {
            return Resolve(git, common, text[RefPrefix.Length..].Trim(), depth - 1);
        }

        return text is not null && IsCommit(text) ? text : null;
    }

    private static string? FindPacked(string common, string name)
    {
        string path = Path.Combine(common, "packed-refs");
        if (!IsSmallFile(path))
        {
            return null;
        }

        // Lines are "commit name"; others begin with # or ^.
        return File.ReadLines(path)
            .Where(line => line.EndsWith(name, StringComparison.Ordinal))
            .Select(line => line.Split(' '))
            .FirstOrDefault(parts => parts.Length == 2 && parts[1] == name)?[0];
    }

    private static string? ReadFirstLine(string path) => IsSmallFile(path) ? File.ReadLines(path).FirstOrDefault()?.TrimEnd() : null;

    private static bool IsSmallFile(string path)
    {
        FileInfo file = new(path);
        return file.Exists && file.Length <= MaximumFileBytes;
    }

    private static bool IsSafe(string name) =>
        name.Length is > 0 and < 1024 && !name.Contains("..", StringComparison.Ordinal) && !name.Contains('\0') && !Path.IsPathRooted(name);

    private static bool IsCommit(string text) => text.Length is 40 or 64 && text.All(char.IsAsciiHexDigit);
}
