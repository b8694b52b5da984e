using QualityGate.Baselines;
using QualityGate.Errors;
using QualityGate.Gates;
using QualityGate.Reports.Html;

namespace QualityGate;

/// <summary>Gathers what the page of a run shows beside its numbers. Nothing here can fail a run: what is not to be had is a note on the page.</summary>
internal static class EvidenceRun
{
    /// <summary>Gathers.</summary>
    /// <param name="request">Where the images are.</param>
    /// <param name="measured">What was measured.</param>
    /// <param name="gates">The judged gates; those that failed choose which images are blamed first.</param>
    /// <param name="history">Acceptances of the baseline, oldest first.</param>
    /// <param name="threads">Most threads, or null for one a core.</param>
    /// <param name="cancellation">Stops between images and steps.</param>
    public static ReportEvidence Of(
        MeasureRequest request, Measurement measured, IReadOnlyList<GateResult> gates, IReadOnlyList<BaselineHistoryEntry> history, int? threads, CancellationToken cancellation)
    {
        List<string> notes = [];
        EvidenceImages images = new(measured);
        EvidenceGallery[] galleries = [.. new EvidenceGalleries(measured, images).All(gates)];
        EvidenceMap? map = Tried("the map", notes, () => EvidenceMaps.Of(measured, images, threads, cancellation));
        using EvidencePictures pictures = new(request, notes);
        return new ReportEvidence
        {
            Images = images.Build(pictures.Of(images.Wanted, cancellation)),
            Galleries = galleries,
            Map = map,
            Histograms = [.. EvidenceHistograms.Of(measured.PerImage)],
            History = history,
            Anomalies = measured.AnomalyPictures,
            Notes = notes,
        };
    }

    private static EvidenceMap? Tried(string what, List<string> notes, Func<EvidenceMap?> make)
    {
        try
        {
            return make();
        }
        catch (UserErrorException error)
        {
            notes.Add($"{what} could not be made: {error.Message}");
            return null;
        }
    }
}
