namespace QualityGate.Errors;

/// <summary>Codes about data: audits of backgrounds, QG485x.</summary>
public static partial class DataErrors
{
    /// <summary>A set of features where images are needed.</summary>
    public static readonly ErrorCode BackgroundNeedsImages = new(
        "QG4851", "the audit of backgrounds needs images", "Name the folder, archive or list of images: features of other modes cannot be made of a file of features.");

    /// <summary>The audit lacks something that it cannot do without.</summary>
    public static readonly ErrorCode BackgroundIncomplete = new(
        "QG4852", "the audit of backgrounds lacks something", "It needs images, their classes (`labels`), their masks (`masks`) and an extractor; see docs/background.md.");

    /// <summary>The set does not allow retrieval.</summary>
    public static readonly ErrorCode BackgroundImpossible = new(
        "QG4853", "backgrounds cannot be audited in this set", "Give a set with at least two images of some class, and an extractor that gives features.");
}
