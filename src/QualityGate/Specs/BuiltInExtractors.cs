namespace QualityGate.Specs;

/// <summary>The extractors that need no model file. All their numbers stand here.</summary>
public static class BuiltInExtractors
{
    /// <summary>VGG16 with seeded random weights: no download, and known to rank sets much as trained features do.</summary>
    public const string RandomVgg16Name = "random-vgg16";

    /// <summary>Tensor that a built-in's graph gives its features in.</summary>
    public const string FeaturesOutput = "features";

    private const double DefaultWidth = 0.5;
    private const int DefaultSize = 64;
    private const int DefaultFeatures = 64;
    private const long DefaultSeed = 0;

    // Means and deviations of ImageNet's training images, the customary input scale of VGG16.
    private static readonly double[] ImageNetMean = [0.485, 0.456, 0.406];
    private static readonly double[] ImageNetStd = [0.229, 0.224, 0.225];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [RandomVgg16Name];

    /// <summary>What holds for a parameter that nobody sets.</summary>
    public static BuiltInParameters DefaultParameters { get; } = new(DefaultWidth, DefaultSize, DefaultFeatures, DefaultSeed);

    /// <summary>The recipe of <c>random-vgg16</c>.</summary>
    /// <param name="parameters">Its parameters, or null for <see cref="DefaultParameters"/>.</param>
    public static ExtractorRecipe RandomVgg16(BuiltInParameters? parameters = null)
    {
        BuiltInParameters set = parameters ?? DefaultParameters;
        return new ExtractorRecipe
        {
            Name = RandomVgg16Name,
            BuiltIn = set,
            FeaturesOutput = FeaturesOutput,
            Preprocessing = new PreprocessingRecipe
            {
                Color = ColorMode.Rgb,
                Height = set.InputSize,
                Width = set.InputSize,
                Resize = ResizeMethod.BilinearAntialias,
                Mean = ImageNetMean,
                Std = ImageNetStd,
            },
        };
    }
}
