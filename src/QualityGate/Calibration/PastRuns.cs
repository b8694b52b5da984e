using System.Globalization;
using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Images;
using QualityGate.Reports;

namespace QualityGate.Calibration;

/// <summary>Past runs, gathered.</summary>
/// <param name="Runs">In order: as named, files of a folder by their path with numbers as numbers.</param>
/// <param name="Skipped">Files of folders that hold no result, and why.</param>
internal sealed record PastRuns(IReadOnlyList<PastRun> Runs, IReadOnlyList<string> Skipped)
{
    private const int MostFiles = 2000;
    private const int DeepestFolder = 8;
    private const long MostBytes = 1L << 30;
    private const int MostSkipped = 20;

    /// <summary>Reads results. A file that is named must be one; in folders and patterns, what is none is skipped.</summary>
    /// <param name="places">Files, folders and patterns.</param>
    /// <exception cref="UserErrorException">QG2020: a file is no result, there are too many of them, or there is none.</exception>
    public static PastRuns Read(IReadOnlyList<string> places)
    {
        List<PastRun> runs = [];
        List<string> skipped = [];
        long bytes = 0;
        foreach ((string file, bool isNamed) in places.SelectMany(FilesOf))
        {
            bytes += LengthOf(file);
            Require(runs.Count + skipped.Count < MostFiles, $"there are more than {MostFiles} files");
            Require(bytes <= MostBytes, $"the files are together larger than {MostBytes >> 20} MiB");
            try
            {
                runs.Add(PastRun.Of(NameOf(file), ResultReader.Read(file)));
            }
            catch (UserErrorException error) when (!isNamed && error.Code == GateErrors.UnreadableResult)
            {
                skipped.Add(PlainText.OneLine(error.Message));
            }
        }

        Require(runs.Count > 0, $"there is no result in {string.Join(", ", places.Take(5).Select(PlainText.OneLine))}{(skipped.Count == 0 ? "" : $": {skipped[0]}")}");
        return new PastRuns(runs, skipped.Count <= MostSkipped ? skipped : [.. skipped.Take(MostSkipped), string.Create(CultureInfo.InvariantCulture, $"and {skipped.Count - MostSkipped} more")]);
    }

    /// <summary>The acceptances of a baseline, in the order of time.</summary>
    public static PastRuns Of(IReadOnlyList<BaselineHistoryEntry> history) => new(PastRun.Of(history), []);

    private static IEnumerable<(string File, bool IsNamed)> FilesOf(string place)
    {
        if (Directory.Exists(place))
        {
            return FilesIn(place, path => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase));
        }

        if (File.Exists(place) || !PathPattern.IsPattern(place))
        {
            return [(place, true)];
        }

        PathPattern pattern = PathPattern.Parse(place);
        return Directory.Exists(pattern.Root) ? FilesIn(pattern.Root, pattern.IsMatch) : [];
    }

    // Links are not followed: a folder that came from elsewhere may point anywhere.
    private static IEnumerable<(string File, bool IsNamed)> FilesIn(string folder, Func<string, bool> isWanted) => Directory
        .EnumerateFiles(folder, "*", new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = DeepestFolder, AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = true })
        .Where(file => isWanted(Path.GetRelativePath(folder, file).Replace('\\', '/')))
        .Take(MostFiles + 1)
        .OrderBy(NumbersPadded, StringComparer.Ordinal)
        .ThenBy(file => file, StringComparer.Ordinal)
        .Select(file => (file, false));

    // run-9 stands before run-10.
    private static string NumbersPadded(string path)
    {
        System.Text.StringBuilder key = new();
        for (int i = 0; i < path.Length;)
        {
            int start = i;
            while (i < path.Length && char.IsAsciiDigit(path[i]))
            {
                i++;
            }

            key.Append(i > start ? path[start..i].PadLeft(20, '0') : path[i++].ToString());
        }

        return key.ToString();
    }

    private static long LengthOf(string file)
    {
        FileInfo info = new(file);
        return info.Exists ? info.Length : 0;
    }

    private static string NameOf(string file) => PlainText.OneLine(file.Replace('\\', '/'));

    private static void Require(bool isSo, string otherwise)
    {
        if (!isSo)
        {
            throw new UserErrorException(GateErrors.UnreadableResult, otherwise);
        }
    }
}
