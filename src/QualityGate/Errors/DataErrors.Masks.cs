namespace QualityGate.Errors;

/// <summary>Codes about data: masks, QG48xx.</summary>
public static partial class DataErrors
{
    /// <summary>Images without a mask.</summary>
    public static readonly ErrorCode MaskMissing = new(
        "QG4801", "images without a mask", "Add the masks, or set `missing: full` (all of such an image is the object) or `missing: skip` (it is left out and listed).");

    /// <summary>Two masks of one image.</summary>
    public static readonly ErrorCode MaskAmbiguous = new("QG4802", "two masks of one image", "Keep one: masks are found by the image's relative path without its ending.");

    /// <summary>Masks are asked for, and a set has no source of them, or another than the other set.</summary>
    public static readonly ErrorCode MaskSource = new(
        "QG4803", "masks of one set only", "Name masks of the same kind for both sets: a place of images, `alpha`, or one model. Masked and unmasked features cannot be compared.");

    /// <summary>A model gives no map that could be a mask.</summary>
    public static readonly ErrorCode MaskModel = new(
        "QG4804", "model gives no mask", "Its output must be [batch, channels, height, width] of the input's height and width, and its recipe must not crop.");

    /// <summary>What was written for masks is not allowed.</summary>
    public static readonly ErrorCode MaskSetting = new("QG4805", "mask setting is wrong", "See docs/background.md for what may be written.");
}
