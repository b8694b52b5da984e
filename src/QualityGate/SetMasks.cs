using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Features.Extractors;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Masks of the two sets of a run must be of one kind, since their features are compared.</summary>
internal static class SetMasks
{
    /// <summary>The extractor of masked images; as it is when nothing is masked.</summary>
    public static ExtractorIdentity Masked(ExtractorIdentity identity, MaskSettings? masks)
    {
        if (masks is not { IsOn: true })
        {
            return identity;
        }

        (string Kind, Located<string> Source)[] sources =
            [.. new[] { masks.Reference, masks.Candidate }.OfType<Located<string>>().Select(source => (Canonical(masks, source), source))];
        if (sources.Length == 0)
        {
            throw new UserErrorException(DataErrors.MaskSource, $"the mode {masks.Mode} needs masks, and none are named.");
        }

        return sources[0].Kind == sources[^1].Kind ? identity.Masked(masks.Mode, sources[0].Kind) : throw new UserErrorException(
            DataErrors.MaskSource, $"the reference's masks ({sources[0].Source.Value}) and the candidate's ({sources[1].Source.Value}) are of different kinds.", sources[1].Source.Location);
    }

    /// <summary>Whether both sets have masks of one kind, so that their masked features can be compared.</summary>
    public static bool AreAlike(MaskSettings masks) =>
        masks is { Reference: { } reference, Candidate: { } candidate } && Canonical(masks, reference) == Canonical(masks, candidate);

    /// <summary>Where the masks of a set are.</summary>
    public static Located<string> SourceOf(MaskSettings masks, string role, string images) =>
        (role == "reference" ? masks.Reference : masks.Candidate) ?? throw new UserErrorException(
            DataErrors.MaskSource, $"the {role} {images} holds images, and no masks of it are named.");

    private static string Canonical(MaskSettings masks, Located<string> source)
    {
        MaskSourceKind kind = MaskSettings.KindOf(source.Value);
        string? model = kind == MaskSourceKind.Model ? ExtractorIdentity.Of(SegmentationMasks.RecipeOf(source, Images.DecodeOptions.Default)).Fingerprint : null;
        return masks.Canonical(kind, model);
    }
}
