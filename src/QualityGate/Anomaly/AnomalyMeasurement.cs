using QualityGate.Anomaly.Pictures;

namespace QualityGate.Anomaly;

/// <summary>What the search and its evaluation gave, and the pictures of it.</summary>
public sealed record AnomalyMeasurement
{
    /// <summary>Scores, areas, shares.</summary>
    public required AnomalyReport Report { get; init; }

    /// <summary>Residual maps of the candidate: the mean over channels of |x - G(z)| in the generator's range, row by row.</summary>
    public required ResidualMaps Maps { get; init; }

    /// <summary>An image of the candidate, its nearest generated one and their residual, by the report's index.</summary>
    public required Func<int, Triplet> Triplets { get; init; }

    /// <summary>What a reader should know of the search, one sentence each.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];
}
