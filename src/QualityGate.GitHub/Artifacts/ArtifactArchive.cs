using System.IO.Compression;
using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.GitHub;

/// <summary>
/// Unzips what somebody else zipped. Everything is checked before and while it is written, sizes by the bytes that really come out; the
/// folder appears whole at the end or not at all.
/// </summary>
internal sealed class ArtifactArchive
{
    private const int BlockSize = 1 << 16;
    private const int TypeMask = 0xF000;
    private const int RegularFile = 0x8000;
    private const int FolderType = 0x4000;

    private readonly ArchiveLimits _limits;
    private readonly string _folder;
    private long _total;

    private ArtifactArchive(string folder, ArchiveLimits limits)
    {
        _folder = folder;
        _limits = limits;
    }

    /// <summary>Extracts a zip file.</summary>
    /// <inheritdoc cref="Extract(Stream, string, ArchiveLimits?)" />
    public static IReadOnlyList<string> Extract(string zipPath, string destination, ArchiveLimits? limits = null)
    {
        using FileStream zip = File.OpenRead(zipPath);
        return Extract(zip, destination, limits);
    }

    /// <summary>Extracts a zip.</summary>
    /// <param name="zip">Seekable.</param>
    /// <param name="destination">A folder that is not there yet, or is empty.</param>
    /// <param name="limits">How much it may hold.</param>
    /// <returns>Names of the files, with <c>/</c> between their parts.</returns>
    /// <exception cref="UserErrorException">QG5030: it is damaged or hostile. QG5033: the folder is not empty or cannot be written.</exception>
    public static IReadOnlyList<string> Extract(Stream zip, string destination, ArchiveLimits? limits = null)
    {
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(destination));
        if (File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any()))
        {
            throw new UserErrorException(PublishErrors.FolderNotUsable, $"{destination} is not empty.");
        }

        string temporary = $"{target}.{Guid.NewGuid():N}{AtomicFile.TemporaryEnding}";
        try
        {
            Directory.CreateDirectory(temporary);
            IReadOnlyList<string> names = new ArtifactArchive(temporary, limits ?? new ArchiveLimits()).Write(zip);
            if (Directory.Exists(target))
            {
                Directory.Delete(target);
            }

            Directory.Move(temporary, target);
            return names;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                PublishErrors.FolderNotUsable, $"{destination} cannot be written: {exception.Message.TrimEnd('.')}.", innerException: exception);
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    private List<string> Write(Stream zip)
    {
        if (zip.Length > _limits.MaximumArchiveBytes)
        {
            throw Refused($"it has {zip.Length:N0} bytes, more than {_limits.MaximumArchiveBytes:N0}");
        }

        try
        {
            using ZipArchive archive = new(zip, ZipArchiveMode.Read, leaveOpen: true);
            return Write(archive);
        }
        catch (Exception exception) when (exception is InvalidDataException or EndOfStreamException or NotSupportedException or ArgumentException)
        {
            throw Refused("it is no whole zip archive", exception);
        }
    }

    private List<string> Write(ZipArchive archive)
    {
        if (archive.Entries.Count > _limits.MaximumEntries)
        {
            throw Refused($"it has {archive.Entries.Count:N0} entries, more than {_limits.MaximumEntries:N0}");
        }

        CheckNames(archive);
        List<string> names = [];
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string path = Path.Combine(_folder, entry.FullName);
            if (entry.FullName.EndsWith('/'))
            {
                Directory.CreateDirectory(path);
                continue;
            }

            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            Inflate(entry, path);
            names.Add(entry.FullName);
        }

        return names;
    }

    // All names first, so that a bad last one leaves no work done.
    private void CheckNames(ZipArchive archive)
    {
        HashSet<string> files = new(StringComparer.OrdinalIgnoreCase);
        HashSet<string> folders = new(StringComparer.OrdinalIgnoreCase);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            string name = entry.FullName;
            if (EntryName.Fault(name, _limits.MaximumDepth) is string fault)
            {
                throw Refused($"the name {Shown(name)} {fault}");
            }

            CheckKind(entry);
            bool isFolder = name.EndsWith('/');
            if (!isFolder && !files.Add(name))
            {
                throw Refused($"it has two entries named {Shown(name)}");
            }

            for (int slash = name.IndexOf('/', StringComparison.Ordinal); slash > 0; slash = name.IndexOf('/', slash + 1))
            {
                folders.Add(name[..slash]);
            }
        }

        if (files.FirstOrDefault(folders.Contains) is string both)
        {
            throw Refused($"{Shown(both)} is a file and a folder");
        }
    }

    private static void CheckKind(ZipArchiveEntry entry)
    {
        // The upper half holds the Unix mode when a Unix wrote the archive. Links could lead the next entry anywhere.
        int type = (entry.ExternalAttributes >> 16) & TypeMask;
        if (type is not (0 or RegularFile or FolderType))
        {
            throw Refused($"{Shown(entry.FullName)} is a link or a device");
        }

        if (entry.IsEncrypted)
        {
            throw Refused($"{Shown(entry.FullName)} is encrypted");
        }
    }

    private void Inflate(ZipArchiveEntry entry, string path)
    {
        if (entry.Length > _limits.MaximumEntryBytes)
        {
            throw Refused($"{Shown(entry.FullName)} is larger than {_limits.MaximumEntryBytes:N0} bytes");
        }

        using CheckedStream source = new(entry.Open());
        using FileStream file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.None);
        byte[] block = new byte[BlockSize];
        long bytes = 0;
        while (source.Read(block) is > 0 and int read)
        {
            bytes += read;
            _total += read;
            CheckSize(entry, bytes);
            file.Write(block, 0, read);
        }

        if (bytes != entry.Length || source.Checksum != entry.Crc32)
        {
            throw Refused($"{Shown(entry.FullName)} is damaged");
        }
    }

    // What the archive says of sizes may be a lie, so what comes out is counted.
    private void CheckSize(ZipArchiveEntry entry, long bytes)
    {
        if (bytes > _limits.MaximumEntryBytes || _total > _limits.MaximumTotalBytes)
        {
            throw Refused("its files are too large");
        }

        if (bytes > _limits.RatioFreeBytes && bytes / _limits.MaximumRatio > entry.CompressedLength)
        {
            throw Refused($"{Shown(entry.FullName)} grows more than {_limits.MaximumRatio} times");
        }
    }

    private static string Shown(string name) =>
        $"'{string.Concat(name.Take(100).Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '?' : c))}{(name.Length > 100 ? "..." : "")}'";

    private static UserErrorException Refused(string reason, Exception? inner = null) =>
        new(PublishErrors.ArchiveRefused, $"The artifact's archive is refused: {reason}.", innerException: inner);
}
