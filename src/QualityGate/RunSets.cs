using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Features.Labels;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>The two sets of a run as they are loaded: where from, under which name, with which labels, and what could not be read.</summary>
internal static class RunSets
{
    public static ExtractionResult LoadReference(
        FeatureSource source, MeasureRequest request, LoadedBaseline? baseline, List<string> notes, CancellationToken cancellation)
    {
        if (baseline is null || FeatureSource.Exists(request.Reference))
        {
            return source.Load(request.Reference, "reference", request.ReferenceLocation, cancellation);
        }

        if (baseline.Reference is not { } features)
        {
            throw new UserErrorException(
                BaselineErrors.FeaturesGone, $"The reference {request.Reference} is not here, and of the baseline only the numbers are.", request.ReferenceLocation);
        }

        notes.Add($"The reference {request.Reference} is not here; its features come from the baseline.");
        return new ExtractionResult(features with { Source = request.Reference }, [], 0);
    }

    // Reports show what the user wrote, not where it lies on this machine.
    public static ExtractionResult Named(ExtractionResult loaded, string? name) =>
        name is null ? loaded : loaded with { Set = loaded.Set with { Source = name } };

    public static ExtractionResult Labelled(ExtractionResult loaded, Located<string>? labels, string role, List<string> notes)
    {
        if (labels is not { } source)
        {
            return loaded;
        }

        LabelledSet labelled = LabelReader.Read(loaded.Set, source, role, loaded.Sample);
        if (labelled.Unknown > 0)
        {
            notes.Add(labelled.Unknown == 1
                ? $"1 label names an image that is not in the {role}; it was ignored."
                : $"{labelled.Unknown} labels name images that are not in the {role}; they were ignored.");
        }

        return loaded with { Set = labelled.Set };
    }

    public static void RequireOneExtractor(FeatureSet reference, FeatureSet candidate, MeasureRequest request)
    {
        if (reference.ExtractorFingerprint is { } first && candidate.ExtractorFingerprint is { } second && first != second)
        {
            throw new UserErrorException(
                DataErrors.OtherExtractor,
                $"the reference was made by {reference.ExtractorName} ({first}) and the candidate by {candidate.ExtractorName} ({second}).",
                request.CandidateLocation);
        }
    }

    public static void NoteUnreadable(string role, ExtractionResult loaded, List<string> notes)
    {
        const int mostListed = 10;
        UnreadableImage[] faults = [.. loaded.Unreadable.Where(u => !u.LacksMask)];
        if (faults.Length == 0)
        {
            return;
        }

        string listed = string.Join("; ", faults.Take(mostListed).Select(u => $"{u.Id}: {u.Reason}"));
        string more = faults.Length > mostListed ? "; ..." : string.Empty;
        notes.Add($"{faults.Length} unreadable images of the {role} were skipped: {listed}{more}");
    }
}
