using System.Text;
using System.Text.Json;
using QualityGate.Errors;

namespace QualityGate.Baselines;

/// <summary>
/// Looks for a baseline: given path, this branch, base branch, and last the numbers alone in the lock. With a lock only the file that it names
/// counts, wherever it lies; others are passed over.
/// </summary>
public static class BaselineLookup
{
    /// <summary>The name of the last resort.</summary>
    public const string FromLock = "lock file";

    /// <summary>The name of the place that the merge base is.</summary>
    public const string FromMergeBase = "merge base";

    /// <summary>Looks at each place until one has it.</summary>
    /// <param name="path">The baseline that the spec names.</param>
    /// <param name="lockPath">The lock, whether it is there or not.</param>
    /// <param name="places">The other places.</param>
    /// <returns>What was found; <see cref="BaselineFinding.Loaded"/> is null when there is neither a baseline nor a lock.</returns>
    /// <exception cref="UserErrorException">QG3002, QG3003, QG3013, QG3014: something is there and cannot be trusted.</exception>
    public static BaselineFinding Find(string path, string lockPath, BaselinePlaces places)
    {
        ArgumentNullException.ThrowIfNull(places);
        if (places.MergeBase is { } mergeBase)
        {
            return FindAt(mergeBase, path, lockPath, places);
        }

        return Find(PlacesOf(path, places), path, lockPath, file => Shown(file, lockPath));
    }

    // Whatever lies elsewhere counts only if it is the file that the merge base's lock names.
    private static BaselineFinding FindAt(MergeBaseline mergeBase, string path, string lockPath, BaselinePlaces places)
    {
        string Name(string file) => file == mergeBase.File || file == mergeBase.LockPath ? $"{mergeBase.ShortCommit}:{Path.GetFileName(file)}" : Shown(file, lockPath);
        IEnumerable<(string, string)> own = mergeBase.File is { } file ? [(FromMergeBase, file)] : [];
        IEnumerable<(string, string)> others = File.Exists(mergeBase.LockPath) ? PlacesOf(path, places) : [];
        return Find([.. own, .. others], path, mergeBase.LockPath, Name);
    }

    private static BaselineFinding Find(IEnumerable<(string Source, string File)> candidates, string path, string lockPath, Func<string, string> shownAs)
    {
        BaselineLock? locked = LockFile.TryRead(lockPath);
        List<string> looked = [];
        foreach ((string source, string file) in candidates)
        {
            string shown = shownAs(file);
            if (!File.Exists(file))
            {
                looked.Add($"{source} {shown}: not there");
            }
            else if (locked is not null && LockFile.HashOf(file) is string hash && hash != locked.Sha256)
            {
                looked.Add($"{source} {shown}: passed over, its SHA-256 is {Short(hash)} and the lock names {Short(locked.Sha256)}");
            }
            else
            {
                LoadedBaseline loaded = LoadedBaseline.Read(file);
                RequireSame(loaded.Baseline, locked, lockPath, file);
                looked.Add($"{source} {shown}: {(locked is null ? "used" : "used, it is the file that the lock names")}");
                return new BaselineFinding(loaded, shown, source, locked is null ? BaselineFeatures.Unlocked : BaselineFeatures.Verified, looked);
            }
        }

        if (locked is null)
        {
            return new BaselineFinding(null, shownAs(path), string.Empty, BaselineFeatures.Absent, looked);
        }

        looked.Add($"{FromLock} {shownAs(lockPath)}: used, numbers alone");
        return new BaselineFinding(new LoadedBaseline(locked.Baseline, null), shownAs(lockPath), FromLock, BaselineFeatures.Absent, looked);
    }

    private static IEnumerable<(string Source, string File)> PlacesOf(string path, BaselinePlaces places)
    {
        yield return ("given path", places.Given ?? path);
        if (places.Store is { } store)
        {
            if (places.Branch is { } branch)
            {
                yield return ("this branch", BaselinePlaces.InStore(store, branch, path));
            }

            if (places.BaseBranch is { } target && target != places.Branch)
            {
                yield return ("base branch", BaselinePlaces.InStore(store, target, path));
            }
        }
    }

    // Somebody may have edited the numbers in the lock and left the hash: what reviewers see must be what is compared with.
    private static void RequireSame(Baseline baseline, BaselineLock? locked, string lockPath, string file)
    {
        if (locked is not null && Text(baseline) != Text(locked.Baseline))
        {
            throw new UserErrorException(
                BaselineErrors.LockDisagrees, $"The lock {lockPath} names the baseline {file}, but its accepted values are not those in that file.");
        }
    }

    private static string Text(Baseline baseline)
    {
        using MemoryStream stream = new();
        using (Utf8JsonWriter json = new(stream))
        {
            json.WriteStartObject();
            BaselineJson.WriteAccepted(json, baseline);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }

    // Reports travel: they show paths from the spec's folder, where the lock lies, and not where that is on this machine.
    private static string Shown(string file, string lockPath)
    {
        string relative = Path.GetRelativePath(Path.GetDirectoryName(Path.GetFullPath(lockPath))!, file);
        return relative.StartsWith("..", StringComparison.Ordinal) ? file : relative.Replace('\\', '/');
    }

    private static string Short(string hash) => hash[..12];
}
