namespace QualityGate.Images;

/// <summary>Which files of a folder or archive are taken for images.</summary>
internal static class ImageFileNames
{
    private static readonly HashSet<string> Endings =
        new([".png", ".jpg", ".jpeg", ".jpe", ".webp", ".tif", ".tiff", ".gif", ".bmp"], StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the name has an image's ending and is not hidden.</summary>
    public static bool IsImage(string name) => !IsHidden(name) && Endings.Contains(Path.GetExtension(name));

    /// <summary>Whether the name begins with a dot, as do <c>.git</c>, <c>.DS_Store</c> and macOS's <c>._x.png</c> shadows.</summary>
    public static bool IsHidden(string name) => name.StartsWith('.');
}
