namespace QualityGate.Specs;

/// <summary>Paths as people write them in a spec.</summary>
internal static class SpecPath
{
    /// <summary>
    /// The absolute form of a path that was written relative to a folder. Globs and <c>FILE.npz#key</c> keep their endings, and
    /// dots in the key are no folders.
    /// </summary>
    /// <param name="folder">Folder of the file that the path stands in.</param>
    /// <param name="text">Path as written, without control characters.</param>
    public static string Resolve(string folder, string text)
    {
        int key = text.IndexOf(".npz#", StringComparison.OrdinalIgnoreCase);
        int end = key < 0 ? text.Length : key + ".npz".Length;
        return Path.GetFullPath(Path.Combine(Path.GetFullPath(folder), text[..end])) + text[end..];
    }

    /// <summary>The folder that a file lies in; the current one for a bare name.</summary>
    /// <param name="file">Path of the file.</param>
    public static string FolderOf(string file) => Path.GetDirectoryName(Path.GetFullPath(file)) ?? Path.GetFullPath(".");
}
