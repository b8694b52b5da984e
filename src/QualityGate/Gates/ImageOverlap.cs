using QualityGate.Baselines;
using QualityGate.Features;
using QualityGate.Metrics;

namespace QualityGate.Gates;

/// <summary>Which images of a run were measured when its baseline was accepted.</summary>
/// <param name="Before">The accepted images.</param>
/// <param name="Candidate">For each candidate image its place among the accepted ones, or -1.</param>
/// <param name="Reference">The same of the reference.</param>
public sealed record ImageOverlap(AcceptedImages Before, int[] Candidate, int[] Reference)
{
    /// <summary>Whether both runs measured the same images, no more and no fewer.</summary>
    public bool IsSame =>
        Candidate.Length == Before.CandidateCount && Array.TrueForAll(Candidate, partner => partner >= 0)
        && Before.Reference is { } reference && Reference.Length == reference.Length / AcceptedImages.HashBytes && Array.TrueForAll(Reference, partner => partner >= 0);

    /// <summary>Compares hashes; null when a side's are not known.</summary>
    /// <param name="before">The accepted images, or null.</param>
    /// <param name="reference">This run's reference.</param>
    /// <param name="candidate">This run's candidate.</param>
    public static ImageOverlap? Of(AcceptedImages? before, FeatureSet reference, FeatureSet candidate)
    {
        ArgumentNullException.ThrowIfNull(reference);
        ArgumentNullException.ThrowIfNull(candidate);
        return before is { Reference: { } referenceBefore } && ImageKeys.Of(reference) is { } referenceNow && ImageKeys.Of(candidate) is { } candidateNow
            ? new ImageOverlap(before, SharedImages.Partners(candidateNow, before.Candidate), SharedImages.Partners(referenceNow, referenceBefore))
            : null;
    }

    /// <summary>Whether influences are of this run's images.</summary>
    /// <param name="influence">Influences as measured.</param>
    public bool Fits(MetricInfluence influence)
    {
        ArgumentNullException.ThrowIfNull(influence);
        return (influence.Candidate.Length == 0 || influence.Candidate.Length == Candidate.Length)
            && (influence.Reference.Length == 0 || influence.Reference.Length == Reference.Length);
    }
}
