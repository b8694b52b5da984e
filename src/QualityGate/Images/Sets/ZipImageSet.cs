using System.Collections.Concurrent;
using System.IO.Compression;
using QualityGate.Errors;

namespace QualityGate.Images;

/// <summary>
/// Images inside a zip archive, read where they are and never written to disk. An archive object serves one thread, so each
/// reader takes one from a pool that grows to the number of threads reading at once.
/// </summary>
internal sealed class ZipImageSet : ImageSet
{
    private readonly string _path;
    private readonly int[] _entries;
    private readonly ConcurrentBag<ZipArchive> _archives = [];

    private ZipImageSet(string path, IReadOnlyList<string> ids, int[] entries, ZipArchive archive)
        : base(path, ids)
    {
        _path = path;
        _entries = entries;
        _archives.Add(archive);
    }

    /// <summary>Opens an archive and checks its table of contents.</summary>
    public static ZipImageSet OfArchive(string path, ImageSetLimits limits)
    {
        ZipArchive archive = OpenArchive(path);
        try
        {
            var images = Images(archive, path, limits);
            if (images.Count == 0)
                throw Empty(path, "no entry ends in .png, .jpg, .webp, .tiff, .gif or .bmp");
            images.Sort((a, b) => StringComparer.Ordinal.Compare(a.Name, b.Name));
            RefuseDuplicates(images, path);
            return new ZipImageSet(path, [.. images.Select(i => i.Name)], [.. images.Select(i => i.Index)], archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    /// <inheritdoc />
    public override ImageBytes Read(int index)
    {
        int entry = _entries[index];
        if (!_archives.TryTake(out ZipArchive? archive))
            archive = OpenArchive(_path);
        try
        {
            return Read(archive.Entries[entry], Ids[index]);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or NotSupportedException or ArgumentOutOfRangeException)
        {
            throw Refused(_path, $"entry '{Ids[index]}' cannot be read: {e.Message}", e);
        }
        finally
        {
            _archives.Add(archive);
        }
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        while (_archives.TryTake(out ZipArchive? archive))
            archive.Dispose();
        base.Dispose(disposing);
    }

    private static List<(string Name, int Index)> Images(ZipArchive archive, string path, ImageSetLimits limits)
    {
        if (archive.Entries.Count > limits.MaxImages)
            throw Refused(path, $"it has {archive.Entries.Count:N0} entries, the limit is {limits.MaxImages:N0}");
        var images = new List<(string, int)>();
        long total = 0;
        for (int i = 0; i < archive.Entries.Count; i++)
        {
            ZipArchiveEntry entry = archive.Entries[i];
            string name = SafeName(entry.FullName, path);
            if (!IsImage(name))
                continue;
            CheckSize(entry, name, path, limits);
            total += entry.Length;
            if (total > limits.MaxArchiveBytes)
                throw Refused(path, $"its images exceed {limits.MaxArchiveBytes:N0} bytes when decompressed");
            images.Add((name, i));
        }

        return images;
    }

    private static string SafeName(string name, string path)
    {
        string normal = name.Replace('\\', '/');
        bool absolute = normal.StartsWith('/') || (normal.Length > 1 && normal[1] == ':');
        if (absolute || normal.Contains('\0', StringComparison.Ordinal) || normal.Split('/').Contains(".."))
            throw Refused(path, $"the entry name '{name}' is absolute or leads out of the archive");
        return normal;
    }

    private static bool IsImage(string name)
    {
        string[] parts = name.Split('/');
        return ImageFileNames.IsImage(parts[^1]) && parts[0] != "__MACOSX" && !parts.Any(ImageFileNames.IsHidden);
    }

    private static void CheckSize(ZipArchiveEntry entry, string name, string path, ImageSetLimits limits)
    {
        if (entry.IsEncrypted)
            throw Refused(path, $"entry '{name}' is encrypted");
        if (entry.Length < 0 || entry.Length > limits.MaxImageBytes)
            throw Refused(path, $"entry '{name}' has {entry.Length:N0} bytes, the limit is {limits.MaxImageBytes:N0}");
        if (entry.Length > entry.CompressedLength * limits.MaxCompression)
            throw Refused(path, $"entry '{name}' would grow from {entry.CompressedLength:N0} to {entry.Length:N0} bytes");
    }

    private static void RefuseDuplicates(List<(string Name, int Index)> images, string path)
    {
        for (int i = 1; i < images.Count; i++)
        {
            if (images[i].Name == images[i - 1].Name)
                throw Refused(path, $"it has two entries named '{images[i].Name}'");
        }
    }

    private static ImageBytes Read(ZipArchiveEntry entry, string id)
    {
        ImageBytes bytes = ImageBytes.Rent((int)entry.Length);
        try
        {
            using Stream stream = entry.Open();
            stream.ReadExactly(bytes.Writable);
            if (stream.ReadByte() >= 0)
                throw new InvalidDataException("it is longer than its table of contents says.");
            if (Crc32.Of(bytes.Span) != entry.Crc32)
                throw new InvalidDataException("its checksum is wrong.");
            return bytes;
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static ZipArchive OpenArchive(string path)
    {
        try
        {
            return ZipFile.OpenRead(path);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException or NotSupportedException)
        {
            throw Refused(path, $"it is no readable zip archive: {e.Message}", e);
        }
    }

    private static UserErrorException Refused(string path, string reason, Exception? inner = null) =>
        new(DataErrors.ImageArchiveRefused, $"The archive '{path}' is refused: {reason.TrimEnd('.')}.", innerException: inner);
}
