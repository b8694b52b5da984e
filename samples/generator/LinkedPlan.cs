using System.Globalization;

namespace QualityGate.Samples.Generator;

/// <summary>Every image of samples/background: twelve classes, four of which stand before backgrounds of their own.</summary>
internal static class LinkedPlan
{
    /// <summary>Images of a class in the reference.</summary>
    public const int ReferenceImages = 32;

    /// <summary>Images of a class in the candidate.</summary>
    public const int CandidateImages = 12;

    private static readonly string[] Shapes = ["cross", "disc", "ring", "square", "star", "triangle"];

    /// <summary>The classes whose backgrounds are planted, two in each half of the names.</summary>
    public static IReadOnlyList<string> Planted { get; } = ["cross-striped", "ring-dotted", "square-dotted", "triangle-striped"];

    /// <summary>All classes, in ordinal order.</summary>
    public static IReadOnlyList<string> Classes { get; } = [.. Shapes.SelectMany(shape => new[] { $"{shape}-dotted", $"{shape}-striped" })];

    public static IReadOnlyList<LinkedImage> Draw() =>
    [
        .. Set("reference", ReferenceImages, isLinked: true),
        .. Set("candidate", CandidateImages, isLinked: false),
    ];

    private static IEnumerable<LinkedImage> Set(string name, int count, bool isLinked) =>
        from one in Classes
        from index in Enumerable.Range(0, count)
        let file = string.Create(CultureInfo.InvariantCulture, $"{name}/{one}/{index:00}.png")
        let own = isLinked ? Planted.ToList().IndexOf(one) : -1
        select new LinkedImage(file, $"masks/{file}", new LinkedScene(one.Split('-')[0], one.EndsWith("-dotted", StringComparison.Ordinal), own < 0 ? null : own, RandomSource.SeedOf(file)));
}

/// <summary>One image of the sample.</summary>
/// <param name="File">Path below the sample's folder.</param>
/// <param name="MaskFile">Path of its mask.</param>
/// <param name="Scene">What it shows.</param>
internal sealed record LinkedImage(string File, string MaskFile, LinkedScene Scene);
