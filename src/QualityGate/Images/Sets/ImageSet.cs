using QualityGate.Errors;

namespace QualityGate.Images;

/// <summary>
/// The images at one place, in an order that does not depend on the disk: ordinal order of their relative paths, written with
/// <c>/</c>; a list file keeps its own order. A place is a folder (searched through, hidden entries left out), a pattern with
/// <c>*</c>, <c>?</c>, <c>**</c> or <c>{a,b}</c>, a <c>.zip</c> archive, or a list file (<c>.txt</c>, <c>.lst</c>: one path a
/// line relative to the list's folder, <c>#</c> begins a comment line).
/// </summary>
/// <remarks>In folders, patterns and archives, images are the files that end in png, jpg, jpeg, jpe, webp, tif, tiff, gif or
/// bmp, in either case. A list may name files of any ending.</remarks>
public abstract class ImageSet : IDisposable
{
    private static readonly string[] FeatureEndings = [".safetensors", ".npy", ".npz"];

    private protected ImageSet(string source, IReadOnlyList<string> ids)
    {
        Source = source;
        Ids = ids;
    }

    /// <summary>The place as it was named.</summary>
    public string Source { get; }

    /// <summary>Relative path of each image, <c>/</c> between its parts.</summary>
    public IReadOnlyList<string> Ids { get; }

    /// <summary>How many images there are, at least 1.</summary>
    public int Count => Ids.Count;

    /// <summary>Opens the images at a place.</summary>
    /// <param name="location">A folder, pattern, archive or list file.</param>
    /// <param name="limits">Bounds on what is read; <see cref="ImageSetLimits.Default"/> when null.</param>
    /// <exception cref="UserErrorException">QG4001 nothing there, QG4002 no image there, QG4003 a list's line, QG4004 an archive.</exception>
    public static ImageSet Open(string location, ImageSetLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(location);
        limits ??= ImageSetLimits.Default;
        if (Directory.Exists(location))
            return FileImageSet.OfFolder(location, limits);
        if (File.Exists(location))
            return OpenFile(location, limits);
        if (PathPattern.IsPattern(location))
            return FileImageSet.OfPattern(location, limits);
        throw NotFound(location);
    }

    /// <summary>Whether a place means images rather than features already made (<c>.safetensors</c>, <c>.npy</c>, <c>.npz</c>, <c>.npz#key</c>).</summary>
    /// <param name="location">What the user named; it need not exist.</param>
    public static bool IsImageLocation(string location)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (Directory.Exists(location))
            return true;
        int key = location.LastIndexOf('#');
        string path = key > 0 && HasFeatureEnding(location[..key]) ? location[..key] : location;
        return !HasFeatureEnding(path);
    }

    /// <summary>Reads the bytes of one image. Any number of threads may read at once.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    /// <returns>The bytes; dispose them.</returns>
    /// <exception cref="UserErrorException">QG4005 the file cannot be read, QG4007 it is too large, QG4004 the archive is damaged.</exception>
    public abstract ImageBytes Read(int index);

    /// <inheritdoc />
    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Gives back what the set holds open.</summary>
    /// <param name="disposing">Whether <see cref="Dispose()"/> was called.</param>
    protected virtual void Dispose(bool disposing)
    {
    }

    internal static UserErrorException Empty(string location, string looked) =>
        new(DataErrors.ImageSetEmpty, $"'{location}' holds no image: {looked}.");

    private static ImageSet OpenFile(string location, ImageSetLimits limits) => Path.GetExtension(location).ToUpperInvariant() switch
    {
        ".ZIP" => ZipImageSet.OfArchive(location, limits),
        ".TXT" or ".LST" => FileImageSet.OfList(location, limits),
        _ => throw new UserErrorException(
            DataErrors.ImageSetNotFound,
            $"'{location}' is a file, but no set of images.",
            advice: "Name a folder, a pattern such as out/**/*.png, a .zip archive or a list file (.txt, .lst)."),
    };

    private static bool HasFeatureEnding(string path) =>
        FeatureEndings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    private static UserErrorException NotFound(string location)
    {
        string? near = NearestSibling.Of(location);
        return new UserErrorException(
            DataErrors.ImageSetNotFound,
            $"'{location}' does not exist.{(near is null ? string.Empty : $" Did you mean '{near}'?")}");
    }
}
