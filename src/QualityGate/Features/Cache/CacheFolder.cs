using System.Security.Cryptography;
using System.Text;
using QualityGate.Errors;
using QualityGate.Features.Files;

namespace QualityGate.Features.Cache;

/// <summary>The folder that all caches lie in: <c>features/</c> with one folder for each extractor fingerprint.</summary>
public static class CacheFolder
{
    private const string Product = "qualitygate";
    private const string Features = "features";

    /// <summary>
    /// The user's cache folder: <c>$XDG_CACHE_HOME/qualitygate</c> or <c>~/.cache/qualitygate</c>, <c>~/Library/Caches/qualitygate</c>
    /// on macOS, <c>%LOCALAPPDATA%\qualitygate\cache</c> on Windows.
    /// </summary>
    public static string Default()
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        if (OperatingSystem.IsWindows())
        {
            return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData), Product, "cache");
        }

        // A container may have no home at all; the temporary folder then keeps the run going.
        string root = home.Length > 0 ? home : Path.GetTempPath();
        if (OperatingSystem.IsMacOS())
        {
            return Path.Combine(root, "Library", "Caches", Product);
        }

        // The specification says that relative values are to be ignored.
        string? configured = Environment.GetEnvironmentVariable("XDG_CACHE_HOME");
        return Path.IsPathFullyQualified(configured ?? "") ? Path.Combine(configured!, Product) : Path.Combine(root, ".cache", Product);
    }

    /// <summary>What the caches of all extractors hold together.</summary>
    /// <exception cref="UserErrorException">QG4120: the folder cannot be read.</exception>
    public static FeatureCacheInfo Info(string folder) => Using(folder, () =>
    {
        long entries = 0;
        long bytes = 0;
        int segments = 0;
        foreach (string path in OwnFiles(folder))
        {
            bytes += TryLength(path);
            if (path.EndsWith(CacheSegment.Ending, StringComparison.Ordinal) && TryCount(path) is long count)
            {
                entries += count;
                segments++;
            }
        }

        return new FeatureCacheInfo(entries, bytes, segments);
    });

    /// <summary>Deletes the caches of all extractors; journals of running processes and files that are not ours stay.</summary>
    /// <exception cref="UserErrorException">QG4120: the folder cannot be read.</exception>
    public static void Clear(string folder) => Using(folder, () =>
    {
        foreach (string path in OwnFiles(folder))
        {
            if (path.EndsWith(CacheJournal.Ending, StringComparison.Ordinal))
            {
                CacheJournal.TryRecover(path)?.Delete();
            }
            else if (!path.EndsWith(AtomicFile.TemporaryEnding, StringComparison.Ordinal))
            {
                TryDelete(path);
            }
        }

        return true;
    });

    /// <summary>The folder of one extractor. Its name is a hash, since a fingerprint may be any text.</summary>
    internal static string Of(string folder, string extractorFingerprint)
    {
        string name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(extractorFingerprint)))[..32];
        return Path.Combine(Path.GetFullPath(folder), Features, name);
    }

    /// <summary>Files of a kind in one extractor's folder, in ordinal order.</summary>
    internal static string[] List(string extractorFolder, string prefix, string ending)
    {
        if (!Directory.Exists(extractorFolder))
        {
            return [];
        }

        string[] paths = Directory.GetFiles(extractorFolder, $"{prefix}*{ending}");
        Array.Sort(paths, StringComparer.Ordinal);
        return paths;
    }

    /// <summary>Deletes a file if that can be done.</summary>
    internal static void TryDelete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // In use on Windows, or gone: the next run tries again.
        }
    }

    /// <summary>Runs something on the cache; what the machine says about the folder becomes an error that names it.</summary>
    internal static T Using<T>(string folder, Func<T> action)
    {
        try
        {
            return action();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new UserErrorException(
                DataErrors.CacheUnusable, $"The feature cache in {folder} cannot be used: {exception.Message}", innerException: exception);
        }
    }

    private static IEnumerable<string> OwnFiles(string folder)
    {
        string root = Path.Combine(Path.GetFullPath(folder), Features);
        return Directory.Exists(root)
            ? Directory.GetDirectories(root).SelectMany(extractor => (string[])
                [
                    .. List(extractor, CacheSegment.Prefix, CacheSegment.Ending),
                    .. List(extractor, CacheJournal.Prefix, CacheJournal.Ending),
                    .. List(extractor, CacheSegment.Prefix, AtomicFile.TemporaryEnding),
                ])
            : [];
    }

    private static long TryLength(string path)
    {
        FileInfo file = new(path);
        return file.Exists ? file.Length : 0;
    }

    private static long? TryCount(string path)
    {
        try
        {
            using SafetensorsFile file = SafetensorsFile.Open(path);
            return file.Find("hashes")?.Shape[0];
        }
        catch (UserErrorException)
        {
            return null;
        }
    }
}
