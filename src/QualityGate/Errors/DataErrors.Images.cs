namespace QualityGate.Errors;

/// <summary>Codes about data: images and image sets, QG40xx.</summary>
public static partial class DataErrors
{
    /// <summary>The named folder, pattern, archive or list file is not there.</summary>
    public static readonly ErrorCode ImageSetNotFound = new(
        "QG4001", "Image set not found", "Check the path; relative paths in a spec start at the spec's own folder.");

    /// <summary>There is a set, but no image in it.</summary>
    public static readonly ErrorCode ImageSetEmpty = new(
        "QG4002", "No images in the set", "Check that the generator wrote its images (.png, .jpg, .webp, .tiff, .gif, .bmp) there.");

    /// <summary>A line of a list file names no readable image.</summary>
    public static readonly ErrorCode ImageListInvalid = new(
        "QG4003", "A list file names an image that is not there", "Correct the line; paths are relative to the list file's folder.");

    /// <summary>A zip archive is damaged, encrypted, too large or has unsafe entry names.</summary>
    public static readonly ErrorCode ImageArchiveRefused = new(
        "QG4004", "The archive cannot be used", "Write the archive again without encryption and with plain relative entry names, or give the folder instead.");

    /// <summary>The bytes of an image cannot be decoded.</summary>
    public static readonly ErrorCode ImageUnreadable = new(
        "QG4005", "An image is damaged or unreadable", "Replace the image, or set on_unreadable: skip to leave such images out and count them.");

    /// <summary>The file is no image, or of a kind that is not decoded.</summary>
    public static readonly ErrorCode ImageFormatNotSupported = new(
        "QG4006", "An image has an unsupported format", "Save the image as 8-bit PNG, JPEG, WebP, TIFF, GIF or BMP.");

    /// <summary>The image or its file exceeds a limit.</summary>
    public static readonly ErrorCode ImageTooLarge = new(
        "QG4007", "An image is larger than the limit", "Make the image smaller; the limits keep a hostile file from using up the memory.");

    /// <summary>The image has not the size that a recipe without resize needs.</summary>
    public static readonly ErrorCode ImageSizeMismatch = new(
        "QG4008", "An image has not the model's size", "Write images of that size, or choose a resize method in the extractor's recipe.");

    /// <summary>The native image library cannot be loaded.</summary>
    public static readonly ErrorCode ImageLibraryMissing = new(
        "QG4009", "The native image library cannot be loaded", "Run `qualitygate doctor`: it says which native files this machine lacks.");

    /// <summary>A preprocessing recipe contradicts itself.</summary>
    public static readonly ErrorCode PreprocessingInvalid = new(
        "QG4010", "The preprocessing recipe is contradictory", "Correct the `input` part of the extractor's recipe.");

    /// <summary>The place holds more images than the limit.</summary>
    public static readonly ErrorCode TooManyImages = new(
        "QG4011", "Too many images", "Name a smaller folder or a narrower pattern.");
}
