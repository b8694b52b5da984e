using QualityGate.Images.Vips;

namespace QualityGate.Images;

/// <summary>Which image library is loaded.</summary>
public static class ImageLibraryInfo
{
    /// <summary>Version of libvips, such as <c>8.18.7</c>.</summary>
    /// <exception cref="Errors.UserErrorException">It cannot be loaded (QG4009).</exception>
    public static string Version
    {
        get
        {
            VipsLibrary.EnsureStarted();
            return $"{VipsNative.Version(0)}.{VipsNative.Version(1)}.{VipsNative.Version(2)}";
        }
    }
}
