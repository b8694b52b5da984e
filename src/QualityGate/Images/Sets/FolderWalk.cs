using QualityGate.Errors;

namespace QualityGate.Images;

/// <summary>
/// Finds files below a folder. Hidden entries are left out. Every folder is read once, whatever links lead to it: true
/// folders first, under their own paths, then linked ones in ordinal order of the links, so that no loop of links is endless.
/// </summary>
internal sealed class FolderWalk
{
    private const int MostLinksInAPath = 40;

    private readonly ImageSetLimits _limits;
    private readonly Func<string, bool> _isWanted;
    private readonly string _root;
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);
    private readonly List<string> _found = [];
    private List<(string Path, string Target)> _links = [];

    private FolderWalk(string root, ImageSetLimits limits, Func<string, bool> isWanted)
    {
        _root = root;
        _limits = limits;
        _isWanted = isWanted;
    }

    /// <summary>Relative paths, <c>/</c> between parts, ordinal order, of the files that are wanted.</summary>
    /// <param name="root">Where to begin.</param>
    /// <param name="limits">How deep and how many.</param>
    /// <param name="isWanted">Says yes or no to a relative path.</param>
    /// <exception cref="UserErrorException">QG4011: more files than the limit.</exception>
    public static List<string> Find(string root, ImageSetLimits limits, Func<string, bool> isWanted)
    {
        var walk = new FolderWalk(root, limits, isWanted);
        walk.Visit(RealPath(root, 0), string.Empty, 0);
        walk.FollowLinks();
        walk._found.Sort(StringComparer.Ordinal);
        return walk._found;
    }

    private void FollowLinks()
    {
        while (_links.Count > 0)
        {
            List<(string Path, string Target)> links = _links;
            _links = [];
            links.Sort((a, b) => StringComparer.Ordinal.Compare(a.Path, b.Path));
            foreach ((string path, string target) in links)
                Visit(target, path + "/", path.Count(c => c == '/') + 1);
        }
    }

    private void Visit(string folder, string prefix, int depth)
    {
        if (depth > _limits.MaxDepth || !Directory.Exists(folder) || !_visited.Add(folder))
            return;
        var all = new EnumerationOptions { AttributesToSkip = FileAttributes.None, IgnoreInaccessible = true };
        foreach (FileSystemInfo entry in new DirectoryInfo(folder).EnumerateFileSystemInfos("*", all))
        {
            if (ImageFileNames.IsHidden(entry.Name))
                continue;
            string path = prefix + entry.Name;
            if (entry is not DirectoryInfo)
                Take(path);
            else if (entry.LinkTarget is null)
                Visit(entry.FullName, path + "/", depth + 1);
            else
                _links.Add((path, RealPath(entry.FullName, 0)));
        }
    }

    private void Take(string path)
    {
        if (!_isWanted(path))
            return;
        if (_found.Count >= _limits.MaxImages)
            throw new UserErrorException(DataErrors.TooManyImages, $"'{_root}' holds more than {_limits.MaxImages:N0} images.");
        _found.Add(path);
    }

    /// <summary>The path without links in any of its parts; the path itself where a link leads nowhere or round in a circle.</summary>
    private static string RealPath(string path, int depth)
    {
        string full = Path.GetFullPath(path);
        string real = Path.GetPathRoot(full)!;
        foreach (string part in full[real.Length..].Split(Path.DirectorySeparatorChar, StringSplitOptions.RemoveEmptyEntries))
        {
            real = Path.Combine(real, part);
            if (TargetOf(real) is { } target && depth < MostLinksInAPath)
                real = RealPath(target, depth + 1);
        }

        return real;
    }

    private static string? TargetOf(string path)
    {
        try
        {
            return new DirectoryInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
