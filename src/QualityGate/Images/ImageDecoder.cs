using QualityGate.Errors;
using QualityGate.Images.Vips;

namespace QualityGate.Images;

/// <summary>
/// Turns the bytes of a PNG, JPEG, WebP, TIFF, GIF or BMP file into 8-bit grey or RGB pixels, equal bit for bit to what
/// Pillow gives after <c>convert("RGB")</c> or <c>convert("L")</c>. Safe to call from many threads.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Grey images have 1 channel; all others have 3 (a palette is expanded).</item>
/// <item>Alpha is dropped; the colours under it stay as stored, nothing is composited.</item>
/// <item>16-bit samples become 8-bit ones by <c>value &gt;&gt; 8</c>. Floating point and signed samples are refused.</item>
/// <item>CMYK becomes RGB as Pillow does, without colour management.</item>
/// <item>ICC profiles are ignored: pixels as stored.</item>
/// <item>Of an animation or a multi-page file the first frame is taken.</item>
/// <item>EXIF orientation is left alone unless <see cref="DecodeOptions.ApplyOrientation"/> is set.</item>
/// <item>Damaged data (cut short, wrong checksum, corrupt blocks) is an error, never a half grey image.</item>
/// </list>
/// </remarks>
public static class ImageDecoder
{
    /// <summary>Decodes one image.</summary>
    /// <param name="bytes">The whole file.</param>
    /// <param name="id">What to call the image in messages.</param>
    /// <param name="options">Choices and limits; <see cref="DecodeOptions.Default"/> when null.</param>
    /// <returns>The pixels; dispose them.</returns>
    /// <exception cref="UserErrorException">QG4005 damaged, QG4006 unsupported, QG4007 too large, QG4009 no image library.</exception>
    public static DecodedImage Decode(ReadOnlySpan<byte> bytes, string id, DecodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        options ??= DecodeOptions.Default;
        if (bytes.Length > options.MaxBytes)
            throw TooLarge(id, $"the file has {bytes.Length:N0} bytes, the limit is {options.MaxBytes:N0}");
        return ImageFormats.Recognise(bytes) switch
        {
            ImageFormat.Unknown => throw Unknown(bytes, id),
            ImageFormat.Bmp => BmpDecoder.Decode(bytes, id, options),
            ImageFormat.Png => PngDecoder.TryDecode(bytes, id, options) ?? VipsDecoder.Decode(ImageFormat.Png, bytes, id, options),
            var format => VipsDecoder.Decode(format, bytes, id, options),
        };
    }

    /// <summary>The alpha channel of an image as a grey image, upright if the options say so; null when it has none.</summary>
    /// <inheritdoc cref="Decode"/>
    public static DecodedImage? DecodeAlpha(ReadOnlySpan<byte> bytes, string id, DecodeOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(id);
        options ??= DecodeOptions.Default;
        if (bytes.Length > options.MaxBytes)
            throw TooLarge(id, $"the file has {bytes.Length:N0} bytes, the limit is {options.MaxBytes:N0}");
        return ImageFormats.Recognise(bytes) switch
        {
            ImageFormat.Unknown => throw Unknown(bytes, id),
            ImageFormat.Bmp or ImageFormat.Jpeg => null,
            var format => VipsDecoder.DecodeAlpha(format, bytes, id, options),
        };
    }

    /// <summary>Refuses sizes beyond the limits.</summary>
    internal static void CheckSize(string id, long height, long width, DecodeOptions options)
    {
        if (height < 1 || width < 1)
            throw Unreadable(id, $"its size is {width} x {height}");
        if (height > options.MaxSide || width > options.MaxSide || height * width > Math.Min(options.MaxPixels, Array.MaxLength / 5))
            throw TooLarge(id, $"it has {width} x {height} pixels, the limit is {options.MaxPixels:N0} in all and {options.MaxSide:N0} a side");
    }

    internal static UserErrorException Unreadable(string id, string reason, Exception? inner = null) =>
        new(DataErrors.ImageUnreadable, $"Image '{id}' cannot be decoded: {reason}.", innerException: inner);

    internal static UserErrorException Unsupported(string id, string reason) =>
        new(DataErrors.ImageFormatNotSupported, $"Image '{id}' is not supported: {reason}.");

    private static UserErrorException TooLarge(string id, string reason) =>
        new(DataErrors.ImageTooLarge, $"Image '{id}' is refused: {reason}.");

    private static UserErrorException Unknown(ReadOnlySpan<byte> bytes, string id) => Unsupported(
        id, $"{ImageFormats.Guess(bytes) ?? "its first bytes are of no known image format"} (known: PNG, JPEG, WebP, TIFF, GIF, BMP)");
}
