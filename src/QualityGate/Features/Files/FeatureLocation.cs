namespace QualityGate.Features.Files;

/// <summary>The formats that features are read from.</summary>
internal enum FeatureFormat
{
    Safetensors,
    Npy,
    Npz,
}

/// <summary>A feature file as a user names it: a path, and for files of many arrays a name after <c>#</c>.</summary>
/// <param name="Path">The file.</param>
/// <param name="Key">The array's name, or null for the usual one.</param>
/// <param name="Format">By the path's ending.</param>
internal sealed record FeatureLocation(string Path, string? Key, FeatureFormat Format)
{
    /// <summary>Reads a location.</summary>
    /// <returns>Null when the path has none of the known endings.</returns>
    public static FeatureLocation? TryParse(string location)
    {
        if (FormatOf(location) is FeatureFormat whole)
        {
            return new FeatureLocation(location, null, whole);
        }

        int mark = location.LastIndexOf('#');
        return mark > 0 && FormatOf(location[..mark]) is FeatureFormat format
            ? new FeatureLocation(location[..mark], location[(mark + 1)..], format)
            : null;
    }

    private static FeatureFormat? FormatOf(string path) => System.IO.Path.GetExtension(path).ToUpperInvariant() switch
    {
        ".SAFETENSORS" => FeatureFormat.Safetensors,
        ".NPY" => FeatureFormat.Npy,
        ".NPZ" => FeatureFormat.Npz,
        _ => null,
    };
}
