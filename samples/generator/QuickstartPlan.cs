using System.Globalization;

namespace QualityGate.Samples.Generator;

/// <summary>One image file of a sample.</summary>
/// <param name="File">Path below the sample's folder, with forward slashes.</param>
/// <param name="Scene">What it shows.</param>
/// <param name="MaskFile">Path of the object's mask, or null when the set has no masks.</param>
internal sealed record PlannedImage(string File, Scene Scene, string? MaskFile);

/// <summary>Every image of samples/quickstart: a reference set, a good candidate, and three bad ones.</summary>
internal static class QuickstartPlan
{
    private const int ImagesPerSet = 240;
    private const int BlurPasses = 32;

    /// <summary>The class that the candidate class-missing lacks.</summary>
    private const string MissingClass = "disc";

    /// <summary>The class of the one image that the candidate repeated consists of.</summary>
    private const string RepeatedClass = "star";

    public static IReadOnlyList<PlannedImage> Draw() =>
    [
        .. Set("reference", ObjectClass.All, withMasks: true),
        .. Set("good", ObjectClass.All, withMasks: true),
        .. Set("class-missing", [.. ObjectClass.All.Where(one => one.Name != MissingClass)]),
        .. Set("blurred", ObjectClass.All, blurPasses: BlurPasses),
        .. Repeated(ObjectClass.All.Single(one => one.Name == RepeatedClass)),
    ];

    /// <summary>As many images of each class, and within each class as many on each kind of background: neither tells of the other.</summary>
    private static IEnumerable<PlannedImage> Set(
        string name, IReadOnlyList<ObjectClass> classes, bool withMasks = false, int blurPasses = 0)
    {
        BackgroundKind[] backgrounds = Enum.GetValues<BackgroundKind>();
        return
            from one in classes
            from index in Enumerable.Range(0, ImagesPerSet / classes.Count)
            let file = FileName(name, one, index)
            let scene = new Scene(one, backgrounds[index % backgrounds.Length], RandomSource.SeedOf(file), blurPasses)
            select new PlannedImage(file, scene, withMasks ? $"masks/{file}" : null);
    }

    private static IEnumerable<PlannedImage> Repeated(ObjectClass one)
    {
        var scene = new Scene(one, BackgroundKind.Gradient, RandomSource.SeedOf("repeated"));
        return Enumerable.Range(0, ImagesPerSet).Select(index => new PlannedImage(FileName("repeated", one, index), scene, null));
    }

    private static string FileName(string set, ObjectClass one, int index) =>
        string.Create(CultureInfo.InvariantCulture, $"{set}/{one.Name}/{index:000}.png");
}
