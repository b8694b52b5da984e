using QualityGate.Errors;

namespace QualityGate.Images;

/// <summary>Images that are files on disk: a folder's, a pattern's or a list's.</summary>
internal sealed class FileImageSet : ImageSet
{
    private const int MaxListBytes = 1 << 30;

    private readonly string _root;
    private readonly ImageSetLimits _limits;

    private FileImageSet(string source, string root, IReadOnlyList<string> ids, ImageSetLimits limits)
        : base(source, ids)
    {
        _root = Path.GetFullPath(root);
        _limits = limits;
    }

    /// <summary>All images below a folder.</summary>
    public static FileImageSet OfFolder(string folder, ImageSetLimits limits)
    {
        List<string> ids = FolderWalk.Find(folder, limits, path => ImageFileNames.IsImage(NameOf(path)));
        if (ids.Count == 0)
            throw Empty(folder, "the folder and its sub-folders have no file that ends in .png, .jpg, .webp, .tiff, .gif or .bmp");
        return new FileImageSet(folder, folder, ids, limits);
    }

    /// <summary>All images whose path fits a pattern.</summary>
    public static FileImageSet OfPattern(string pattern, ImageSetLimits limits)
    {
        PathPattern parsed = PathPattern.Parse(pattern);
        if (!Directory.Exists(parsed.Root))
        {
            string? near = NearestSibling.Of(parsed.Root);
            throw new UserErrorException(
                DataErrors.ImageSetNotFound,
                $"The folder '{parsed.Root}' of the pattern '{pattern}' does not exist.{(near is null ? string.Empty : $" Did you mean '{near}'?")}");
        }

        List<string> ids = FolderWalk.Find(parsed.Root, limits, path => ImageFileNames.IsImage(NameOf(path)) && parsed.IsMatch(path));
        if (ids.Count == 0)
            throw Empty(pattern, $"no image file below '{parsed.Root}' fits the pattern");
        return new FileImageSet(pattern, parsed.Root, ids, limits);
    }

    /// <summary>The images that a list file names, in its order, repetitions kept.</summary>
    public static FileImageSet OfList(string list, ImageSetLimits limits)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(list))!;
        var ids = new List<string>();
        int line = 0;
        foreach (string text in ReadLines(list))
        {
            line++;
            string path = text.Trim();
            if (path.Length == 0 || path.StartsWith('#'))
                continue;
            if (path.Contains('\0', StringComparison.Ordinal) || !File.Exists(Path.Combine(folder, path)))
                throw new UserErrorException(
                    DataErrors.ImageListInvalid, $"{list}({line}): '{path}' does not exist.", new SourceLocation(list, line, 1));
            if (ids.Count >= limits.MaxImages)
                throw new UserErrorException(
                    DataErrors.ImageListInvalid, $"{list}({line}): the list names more than {limits.MaxImages:N0} images.", new SourceLocation(list, line, 1));
            ids.Add(path);
        }

        return ids.Count == 0 ? throw Empty(list, "the list names no path") : new FileImageSet(list, folder, ids, limits);
    }

    /// <inheritdoc />
    public override ImageBytes Read(int index)
    {
        string id = Ids[index];
        try
        {
            using var file = File.OpenHandle(Path.Combine(_root, id), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            long length = RandomAccess.GetLength(file);
            if (length > _limits.MaxImageBytes)
                throw new UserErrorException(
                    DataErrors.ImageTooLarge, $"Image '{id}' of '{Source}' has {length:N0} bytes; the limit is {_limits.MaxImageBytes:N0}.");
            ImageBytes bytes = ImageBytes.Rent((int)length);
            if (Fill(file, bytes.Writable))
                return bytes;
            bytes.Dispose();
            throw new UserErrorException(DataErrors.ImageUnreadable, $"Image '{id}' of '{Source}' became shorter while it was read.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw new UserErrorException(
                DataErrors.ImageUnreadable, $"Image '{id}' of '{Source}' cannot be read: {e.Message}", innerException: e);
        }
    }

    private static bool Fill(Microsoft.Win32.SafeHandles.SafeFileHandle file, Span<byte> destination)
    {
        long offset = 0;
        while (!destination.IsEmpty)
        {
            int read = RandomAccess.Read(file, destination, offset);
            if (read == 0)
                return false;
            offset += read;
            destination = destination[read..];
        }

        return true;
    }

    private static string[] ReadLines(string list)
    {
        try
        {
            if (new FileInfo(list).Length > MaxListBytes)
                throw new UserErrorException(DataErrors.ImageListInvalid, $"The list '{list}' is larger than {MaxListBytes:N0} bytes.");
            return File.ReadAllLines(list);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(DataErrors.ImageListInvalid, $"The list '{list}' cannot be read: {e.Message}", innerException: e);
        }
    }

    private static string NameOf(string path) => path[(path.LastIndexOf('/') + 1)..];
}
