namespace QualityGate.Errors;

/// <summary>Codes about data: anomaly scores, QG450x.</summary>
public static partial class DataErrors
{
    /// <summary>The search ended at no number.</summary>
    public static readonly ErrorCode AnomalyScoreNotFinite = new(
        "QG4501", "anomaly score is not a finite number", "Lower the step of the search, or look at what the generator makes of the image.");

    /// <summary>A mask whose size is not that of the residual maps.</summary>
    public static readonly ErrorCode AnomalyMaskSize = new(
        "QG4502", "mask does not fit the residual map", "Give masks as large as the images that the generator makes.");

    /// <summary>A generator and a discriminator that cannot be searched.</summary>
    public static readonly ErrorCode LatentSearchImpossible = new(
        "QG4503", "these networks cannot be searched", "Give a generator with one latent input and a discriminator that takes its images, made of operators with derivatives (docs/gradients.md); name `feature_layer` if the last layer is not found.");

    /// <summary>A set of features where images are needed.</summary>
    public static readonly ErrorCode AnomalyNeedsImages = new(
        "QG4504", "anomaly scores need images", "Name the folder, archive or list of images, or take the `anomaly:` section out of the spec.");

    /// <summary>No image that has a mask.</summary>
    public static readonly ErrorCode NoMasks = new(
        "QG4505", "no image has a mask", "Give masks the relative paths of their images; the ending may differ.");
}
