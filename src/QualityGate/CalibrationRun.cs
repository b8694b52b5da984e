using QualityGate.Baselines;
using QualityGate.Calibration;
using QualityGate.Features;
using QualityGate.Features.Extraction;
using QualityGate.Features.Labels;
using QualityGate.Metrics;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Loads what a spec names and calibrates its gates on it.</summary>
/// <param name="run">How sets are loaded.</param>
/// <param name="options">How it is calibrated.</param>
public sealed class CalibrationRun(GateRunOptions run, CalibrationOptions options)
{
    /// <summary>Calibrates. The reference must be there, or the baseline's features of it; the candidate and the baseline need not be.</summary>
    /// <exception cref="Errors.UserErrorException">The sets cannot be loaded, or are too small.</exception>
    public CalibrationResult Calibrate(GateSpec spec, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(spec);
        LoadedBaseline? baseline = Find(spec);
        MeasureRequest request = MeasureRequest.From(spec);
        (FeatureSet reference, FeatureSet? candidate) = Load(request with { Families = [], Anomaly = null, SampleSizes = null }, baseline, cancellation);
        IMetricFamily[] families = [.. request.Families.Where(f => f.Name != AnomalyFamily.FamilyName)];
        string? made = (candidate ?? reference).ExtractorFingerprint;
        bool isOther = baseline?.Baseline.Provenance.ExtractorFingerprint is { } accepted && made is not null && accepted != made;
        using MatrixEngine engine = new(device: CudaProvider.Resolve(run.Device ?? spec.Device));
        CalibrationResult result = new CalibrationStudy(spec, families, options).Run(reference, candidate, isOther ? null : baseline?.Baseline, engine, cancellation);
        return isOther ? result with { Notes = [.. result.Notes, "The baseline was made with another extractor; its history was left out."] } : result;
    }

    private LoadedBaseline? Find(GateSpec spec) => (run.Baselines.Given ?? spec.Baseline?.Value) is { } path
        ? BaselineLookup.Find(path, BaselineLock.PathFor(spec.File), run.Baselines).Loaded
        : null;

    private (FeatureSet Reference, FeatureSet? Candidate) Load(MeasureRequest request, LoadedBaseline? baseline, CancellationToken cancellation)
    {
        if (FeatureSource.Exists(request.Candidate))
        {
            Measurement measured = new GateRun(run).Measure(request, baseline, cancellation);
            return (measured.Reference.Set, measured.Candidate.Set);
        }

        if (!FeatureSource.Exists(request.Reference) && baseline?.Reference is { } kept)
        {
            return (kept with { Source = request.ReferenceName ?? request.Reference }, null);
        }

        using FeatureSource source = new(request.Extractor, run, request.OnUnreadable, request.Device) { Masks = request.Masks };
        ExtractionResult loaded = source.Load(request.Reference, "reference", request.ReferenceLocation, cancellation);
        FeatureSet set = request.ReferenceLabels is { } labels ? LabelReader.Read(loaded.Set, labels, "reference", loaded.Sample).Set : loaded.Set;
        return (request.ReferenceName is { } name ? set with { Source = name } : set, null);
    }
}
