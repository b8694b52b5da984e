using QualityGate.Metrics;

namespace QualityGate.Baselines;

/// <summary>
/// Single images of an acceptance: which they were, and what each did to the accepted numbers. With them a later run knows how much of a change is noise,
/// since images that both runs measured do not add to it.
/// </summary>
/// <param name="Candidate">SHA-256 of each candidate image, or of its features where only these are known; 32 bytes an image.</param>
/// <param name="Reference">The same of each reference image; null when not known.</param>
/// <param name="Influences">By metric; the order of images is that of the hashes.</param>
public sealed record AcceptedImages(byte[] Candidate, byte[]? Reference, IReadOnlyDictionary<string, MetricInfluence> Influences)
{
    /// <summary>Bytes of a hash.</summary>
    public const int HashBytes = 32;

    /// <summary>Images in the candidate.</summary>
    public int CandidateCount => Candidate.Length / HashBytes;

    /// <summary>What a measurement says of its images, or null when their hashes are not known or no metric has influences.</summary>
    /// <param name="measured">Metrics as measured.</param>
    /// <param name="reference">Compared against.</param>
    /// <param name="candidate">Measured.</param>
    public static AcceptedImages? Of(IEnumerable<MetricValue> measured, Features.FeatureSet reference, Features.FeatureSet candidate)
    {
        ArgumentNullException.ThrowIfNull(measured);
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        Dictionary<string, MetricInfluence> influences = measured
            .Where(metric => metric.Influence is { } influence && Fits(influence.Candidate, candidate.Count) && Fits(influence.Reference, reference.Count))
            .DistinctBy(metric => metric.Name, StringComparer.Ordinal)
            .ToDictionary(metric => metric.Name, metric => Rounded(metric.Influence!), StringComparer.Ordinal);
        return influences.Count > 0 && ImageKeys.Of(candidate) is { } keys ? new AcceptedImages(keys, ImageKeys.Of(reference), influences) : null;
    }

    /// <summary>Influences as a baseline keeps them, in float32: only equally rounded ones cancel.</summary>
    public static MetricInfluence Rounded(MetricInfluence influence)
    {
        ArgumentNullException.ThrowIfNull(influence);
        return new MetricInfluence(Array.ConvertAll(influence.Reference, v => (double)(float)v), Array.ConvertAll(influence.Candidate, v => (double)(float)v));
    }

    private static bool Fits(double[] influence, int count) => influence.Length == 0 || (influence.Length == count && Array.TrueForAll(influence, double.IsFinite));
}
