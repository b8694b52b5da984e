using QualityGate.Baselines;
using QualityGate.Features.Files;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Tool.Hooks;

/// <summary>A place that a spec depends on.</summary>
internal sealed class WatchedPath
{
    private static readonly StringComparison ByCase = OperatingSystem.IsWindows() ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal;
    private static readonly string[] SetFiles = [".zip", ".txt", ".lst"];

    private readonly PathPattern? _pattern;
    private readonly HashSet<string> _listed = [];
    private readonly bool _isFolder;
    private readonly bool _isModel;

    private WatchedPath(string name, string path, bool isSet, bool isModel)
    {
        Name = name;
        IsSet = isSet;
        _isModel = isModel;
        string? file = FeatureLocation.TryParse(path)?.Path;
        if (file is null && isSet && PathPattern.IsPattern(path) && !File.Exists(path) && !Directory.Exists(path))
        {
            _pattern = PathPattern.Parse(path);
        }

        Root = Path.GetFullPath(_pattern?.Root ?? file ?? path);
        _isFolder = isSet && file is null && _pattern is null && (Directory.Exists(Root) || !SetFiles.Contains(Path.GetExtension(Root).ToLowerInvariant()));
        if (isSet && !_isFolder && Path.GetExtension(Root).ToLowerInvariant() is ".txt" or ".lst")
        {
            ReadList();
        }
    }

    /// <summary>What it is to the spec.</summary>
    public string Name { get; }

    /// <summary>Whether it is the reference or the candidate, whose images count and not their name.</summary>
    public bool IsSet { get; }

    /// <summary>The file or folder, absolute; of a pattern, the folder above its wildcards.</summary>
    public string Root { get; }

    /// <summary>Files of the set that lie elsewhere: those that a list names.</summary>
    public IReadOnlyCollection<string> Listed => _listed;

    /// <summary>Every place that a spec depends on.</summary>
    public static IReadOnlyList<WatchedPath> Of(GateSpec spec)
    {
        string file = Path.GetFullPath(spec.File);
        (string Name, string? Path, bool IsSet)[] places =
        [
            ("spec", file, false),
            ("lock", BaselineLock.PathFor(file), false),
            ("baseline", spec.Baseline?.Value, false),
            ("reference", spec.Reference.Value, true),
            ("candidate", spec.Candidate.Value, true),
            ("recipe", spec.Extractor?.RecipePath, false),
            ("model", spec.Extractor?.ModelPath, false),
            ("reference labels", LabelFile(spec.ReferenceLabels), false),
            ("candidate labels", LabelFile(spec.CandidateLabels), false),
            .. Masks("reference masks", spec.Masks?.Reference),
            .. Masks("candidate masks", spec.Masks?.Candidate),
            ("sample sizes", spec.SampleSizes?.Value, false),
        ];
        return [.. places.Where(p => p.Path is not null).Select(p => new WatchedPath(p.Name, p.Path!, p.IsSet, p.Name == "model"))];
    }

    /// <summary>Whether a file belongs to it; also a link or a submodule on the way to it.</summary>
    /// <param name="path">Absolute.</param>
    public bool Covers(string path) =>
        path.Equals(Root, ByCase) || IsBelow(Root, path)
        || (_isFolder && IsBelow(path, Root) && ImageFileNames.IsImage(Path.GetFileName(path)))
        || (_isModel && path.StartsWith(Root, ByCase))
        || (_pattern is not null && IsBelow(path, Root) && _pattern.IsMatch(Path.GetRelativePath(Root, path).Replace(Path.DirectorySeparatorChar, '/')))
        || _listed.Contains(path);

    private static bool IsBelow(string path, string folder) =>
        path.StartsWith(folder.EndsWith(Path.DirectorySeparatorChar) ? folder : folder + Path.DirectorySeparatorChar, ByCase);

    private static IEnumerable<(string Name, string? Path, bool IsSet)> Masks(string name, Located<string>? source) =>
        source?.Value is not { } place || MaskSettings.KindOf(place) == MaskSourceKind.Alpha ? [] : [(name, place, MaskSettings.KindOf(place) == MaskSourceKind.Files)];

    private static string? LabelFile(Located<string>? labels) => labels?.Value is { } source && source != Features.Labels.LabelReader.Folders ? source : null;

    // What is wrong with the list is for the run itself to say.
    private void ReadList()
    {
        const long largest = 1 << 30;
        FileInfo list = new(Root);
        if (!list.Exists || list.Length > largest)
        {
            return;
        }

        foreach (string line in File.ReadLines(Root).Select(l => l.Trim()).Where(l => l.Length > 0 && !l.StartsWith('#') && !l.Contains('\0', StringComparison.Ordinal)))
        {
            _listed.Add(Path.GetFullPath(Path.Combine(list.DirectoryName!, line)));
        }
    }
}
