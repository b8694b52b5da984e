namespace QualityGate.Specs;

/// <summary>Names of the models that <c>qualitygate models add</c> brings, and how each may be fed. The first recipe is the usual one.</summary>
public static class DownloadableModels
{
    private static readonly (string Name, string[] Recipes)[] Known =
    [
        ("inception-v3-fid", ["pytorch-fid", "torch-fidelity", "clean-fid", "sfid"]),
        ("vgg16", ["vgg16"]),
        ("dinov2-vits14", ["dinov2"]),
        ("dinov2-vitb14", ["dinov2"]),
        ("dinov2-vitl14", ["dinov2"]),
        ("clip-vit-b32", ["clip"]),
        ("clip-vit-l14", ["clip"]),
        ("clip-vit-l14-336", ["clip-336"]),
    ];

    /// <summary>All names.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Known.Select(k => k.Name)];

    /// <summary>Names of a model's recipes, see <see cref="NetworkRecipes"/>; empty for a name that is not among <see cref="Names"/>.</summary>
    /// <param name="name">The model's name.</param>
    public static IReadOnlyList<string> RecipesOf(string name) => Array.Find(Known, k => k.Name == name).Recipes ?? [];
}
