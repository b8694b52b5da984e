namespace QualityGate.Errors;

/// <summary>Codes about data: extraction and files, QG44xx.</summary>
public static partial class DataErrors
{
    /// <summary>Some images of a set cannot be read.</summary>
    public static readonly ErrorCode UnreadableImages = new(
        "QG4401", "unreadable images", "Mend or remove them, or set `on_unreadable: skip` to leave them out and have them listed.");

    /// <summary>No image of a set can be read.</summary>
    public static readonly ErrorCode NothingReadable = new("QG4402", "no readable image", "Check that the path holds images.");

    /// <summary>Images are given, but no extractor to measure them with.</summary>
    public static readonly ErrorCode NoExtractor = new(
        "QG4403", "no extractor", "Name one: `extractor: random-vgg16` needs no download; any ONNX model with a recipe will do.");

    /// <summary>A feature file was made by another extractor.</summary>
    public static readonly ErrorCode OtherExtractor = new(
        "QG4404", "features of another extractor", "Extract both sets with one extractor and recipe.");

    /// <summary>An extractor gives NaN or infinities.</summary>
    public static readonly ErrorCode NotFinite = new(
        "QG4406", "features that are not finite", "Check the recipe's scale or mean and std; a model in half precision may overflow.");

    /// <summary>A native library could not be loaded.</summary>
    public static readonly ErrorCode NativeLibrary = new(
        "QG4407", "native library missing", "Run `qualitygate doctor`: it says which library is missing. The package is built for one platform.");

    /// <summary>Time was up before anything was measured.</summary>
    public static readonly ErrorCode BudgetTooSmall = new(
        "QG4408", "time budget too small", "Give a larger `--budget`, or none; what was computed is kept, so that each run gets further.");

    /// <summary>A file could not be read or written.</summary>
    public static readonly ErrorCode FileSystem = new("QG4405", "file cannot be read or written", "Check the path, its permissions and the free space.");
}
