namespace QualityGate.Anomaly;

/// <summary>What the latent search found for the images of a set: A(x) = (1 - l) R(x) + l D(x) and its two parts.</summary>
/// <param name="Ids">Names of the images.</param>
/// <param name="Score">A(x), higher is more anomalous.</param>
/// <param name="Residual">R(x): how far the nearest image that the generator makes is away.</param>
/// <param name="Discrimination">D(x): how far its discriminator features are away.</param>
public sealed record AnomalyScores(IReadOnlyList<string> Ids, float[] Score, float[] Residual, float[] Discrimination)
{
    /// <summary>Where in each image the residual lies, or null when that was not kept.</summary>
    public ResidualMaps? Maps { get; init; }

    /// <summary>Number of images.</summary>
    public int Count => Ids.Count;

    /// <summary>The scores in double precision.</summary>
    internal double[] Scores => Array.ConvertAll(Score, s => (double)s);
}

/// <summary>Residual maps, read one at a time.</summary>
/// <param name="Height">Height of each.</param>
/// <param name="Width">Width of each.</param>
/// <param name="At">The map of an image, row by row from the top, Height x Width values; asked for again when it is needed again.</param>
public sealed record ResidualMaps(int Height, int Width, Func<int, float[]> At)
{
    /// <summary>Pixels of each map.</summary>
    public int Pixels => checked(Height * Width);
}

/// <summary>Where the anomaly truly is.</summary>
/// <param name="At">
/// The mask of an image, true at anomalous pixels, as large as the residual maps; null for an image without one. A normal image needs none.
/// </param>
public sealed record AnomalyMasks(Func<int, bool[]?> At);
