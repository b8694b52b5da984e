using QualityGate.Backgrounds;
using QualityGate.Errors;
using QualityGate.Features.Labels;
using QualityGate.Images;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>
/// Audits backgrounds: features of one set in every mode, by the pipeline and the cache of all other features, then retrieval in each. Only images that every mode
/// could measure count, so that each query is compared with itself.
/// </summary>
/// <param name="options">The cache, the device, who watches. A time budget does not hold here.</param>
public sealed class BackgroundRun(GateRunOptions options)
{
    /// <summary>Audits one set by every extractor of the request.</summary>
    /// <param name="request">What to audit.</param>
    /// <param name="cancellation">Stops between batches and tiles; features that were finished stay in the cache.</param>
    /// <exception cref="UserErrorException">Images, masks or labels are missing or do not fit, or the set does not allow retrieval.</exception>
    public BackgroundFindings Audit(BackgroundRequest request, CancellationToken cancellation)
    {
        try
        {
            return TryAudit(request, cancellation);
        }
        catch (MetricUnavailableException reason)
        {
            throw new UserErrorException(DataErrors.BackgroundImpossible, $"{request.Name ?? request.Images}: {reason.Message}.", request.Location, innerException: reason);
        }
    }

    /// <summary>The same, for runs in which a metric may have a reason instead of a value.</summary>
    /// <exception cref="MetricUnavailableException">The set does not allow retrieval.</exception>
    internal BackgroundFindings TryAudit(BackgroundRequest request, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (!ImageSet.IsImageLocation(request.Images))
        {
            throw new UserErrorException(
                DataErrors.BackgroundNeedsImages, $"The {request.Settings.Role} {request.Images} is a file of features; backgrounds are audited in images.", request.Location);
        }

        LabelReader.RequireThere(request.Labels);
        List<ExtractorBackgrounds> extractors = [];
        List<string> notes = [];
        AuditedImages? images = null;
        foreach (ExtractorRecipe recipe in request.Extractors)
        {
            using FeatureSource source = new(recipe, options with { Budget = null }, request.OnUnreadable, request.Device);
            using ModeFeatures modes = ModeFeatures.Load(source, request, extractors.Count == 0 ? notes : [], cancellation);
            using MatrixEngine engine = new(device: source.Device);
            images ??= modes.Images;
            BackgroundReport report = BackgroundAudit.Evaluate(modes.Rows, modes.Images.Labels, Options(request.Settings), engine, cancellation);
            (MetricTable? fidelity, IReadOnlyList<string> reasons) = BackgroundFidelity.Compute(modes, request, engine, cancellation);
            extractors.Add(new ExtractorBackgrounds(source.Identity!.Name, source.Identity.Fingerprint, report) { Fidelity = fidelity, Notes = [.. report.Notes, .. reasons] });
        }

        return new BackgroundFindings(images!, request.Settings, extractors)
        {
            Notes = notes,
            Pictures = () => BackgroundPictures.Open(request, images!, options, cancellation),
        };
    }

    private static BackgroundAuditOptions Options(BackgroundSpec settings) => new()
    {
        Retrieval = new RetrievalOptions { Ks = settings.Ks, LeavesOutAlone = settings.LeavesOutAlone },
        Plain = MaskMode.None.ToString(),
        Masked = settings.Against.ToString(),
        Others = [.. settings.AllModes.Where(mode => mode.Kind is MaskModeKind.Soft or MaskModeKind.Hard && mode != settings.Against).Select(mode => mode.ToString())],
        Level = settings.Level,
        Correction = settings.Correction,
        ExamplesPerClass = settings.Examples,
    };
}
