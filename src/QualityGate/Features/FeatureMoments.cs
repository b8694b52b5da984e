namespace QualityGate.Features;

/// <summary>First two moments of features: all that FID needs.</summary>
/// <param name="Mean"><c>[D]</c>.</param>
/// <param name="Covariance"><c>[D, D]</c>, row-major, divided by N - 1 (ddof 1).</param>
/// <param name="Count">N, or 0 when the file does not say.</param>
public sealed record FeatureMoments(double[] Mean, double[] Covariance, int Count)
{
    /// <summary>D, the number of features.</summary>
    public int Width => Mean.Length;
}
