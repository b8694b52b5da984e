namespace QualityGate.Metrics;

/// <summary>What the rows that own balls add to the variance of a mean of scores over points.</summary>
/// <param name="Added">Beyond what the points' own variance holds already.</param>
/// <param name="GivenPoints">With the points taken as they stand.</param>
internal readonly record struct BallNoise(double Added, double GivenPoints)
{
    /// <summary>Both times a factor.</summary>
    public BallNoise Times(double factor) => new(Added * factor, GivenPoints * factor);
}
