namespace QualityGate.Errors;

/// <summary>Codes about data: feature files and the cache, QG41xx.</summary>
public static partial class DataErrors
{
    /// <summary>The file is missing or may not be opened.</summary>
    public static readonly ErrorCode FeatureFileUnreadable = new(
        "QG4101", "A feature file cannot be opened", "Check the path and that the file may be read.");

    /// <summary>The file's bytes are not what its format says.</summary>
    public static readonly ErrorCode FeatureFileDamaged = new(
        "QG4102", "A feature file is damaged", "Make the file again, or copy it again if it was cut off on its way.");

    /// <summary>The file is sound but holds something that is not read.</summary>
    public static readonly ErrorCode FeatureFileUnsupported = new(
        "QG4103",
        "A feature file holds something that is not supported",
        "Save float32 features as .npy, .npz or .safetensors.");

    /// <summary>No array of the asked name.</summary>
    public static readonly ErrorCode FeatureArrayNotFound = new(
        "QG4104", "A feature file has no array of that name", "Name one of the file's arrays after a '#', as in FILE.npz#key.");

    /// <summary>An array of the wrong shape.</summary>
    public static readonly ErrorCode FeatureShapeInvalid = new(
        "QG4105",
        "An array has the wrong shape",
        "Features and logits are [images, width]; statistics are mu [width] and sigma [width, width].");

    /// <summary>NaN or infinity among features.</summary>
    public static readonly ErrorCode FeaturesNotFinite = new(
        "QG4106", "Features are not finite", "Find out why the extractor gives NaN or infinity for those images, and extract them again.");

    /// <summary>The file cannot be written.</summary>
    public static readonly ErrorCode FeatureFileNotWritable = new(
        "QG4107", "A file cannot be written", "Check that the folder exists, may be written to, and has room.");

    /// <summary>The cache folder cannot be used.</summary>
    public static readonly ErrorCode CacheUnusable = new(
        "QG4120", "The feature cache cannot be used", "Name another folder with --cache DIR, or free some space.");
}
