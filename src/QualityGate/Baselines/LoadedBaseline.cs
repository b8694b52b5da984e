using QualityGate.Features;

namespace QualityGate.Baselines;

/// <summary>A baseline with the reference that it was measured against.</summary>
/// <param name="Baseline">What was accepted.</param>
/// <param name="Reference">The reference's features or moments; null when only the numbers are there.</param>
public sealed record LoadedBaseline(Baseline Baseline, FeatureSet? Reference)
{
    /// <summary>The single images of the acceptance; null when only the numbers are there, or an earlier version wrote it.</summary>
    public AcceptedImages? Images { get; init; }

    /// <summary>Reads a baseline file and checks that it is whole.</summary>
    /// <exception cref="Errors.UserErrorException">QG3001 missing, QG3002 damaged, QG3003 of a newer version.</exception>
    public static LoadedBaseline Read(string path)
    {
        (Baseline baseline, FeatureSet reference, AcceptedImages? images) = BaselineFile.ReadAll(path);
        return new LoadedBaseline(baseline, reference) { Images = images };
    }
}
