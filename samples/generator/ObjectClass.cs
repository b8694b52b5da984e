namespace QualityGate.Samples.Generator;

/// <summary>What the objects of one class have in common.</summary>
/// <param name="Name">Name of the class and of its folder.</param>
/// <param name="Inside">Outline.</param>
/// <param name="DrawTexture">Texture family.</param>
/// <param name="Hue">Middle of the class's hues, in turns; neighbouring classes overlap a little.</param>
/// <param name="Saturation">Saturation of the texture's first colour at most; the second is paler.</param>
/// <param name="FirstValue">Brightness of the texture's first colour, the strong one.</param>
/// <param name="SecondValue">Brightness of its second colour, the pale one.</param>
internal sealed record ObjectClass(
    string Name,
    Func<double, double, bool> Inside,
    Func<RandomSource, Texture> DrawTexture,
    double Hue,
    double Saturation,
    double FirstValue,
    double SecondValue)
{
    public static IReadOnlyList<ObjectClass> All { get; } =
    [
        new("cross", Shapes.Cross, Textures.Zigzag, 0.00, 0.95, 0.85, 0.15),
        new("disc", Shapes.Disc, Textures.Stripes, 0.10, 0.55, 1.00, 0.75),
        new("ring", Shapes.Ring, Textures.Clouds, 0.33, 0.95, 0.65, 0.15),
        new("square", Shapes.Square, Textures.Checks, 0.80, 0.95, 0.75, 0.20),
        new("star", Shapes.Star, Textures.Gradient, 0.60, 0.95, 0.90, 0.20),
        new("triangle", Shapes.Triangle, Textures.Dots, 0.47, 0.95, 0.80, 0.15),
    ];
}
