using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using QualityGate.Anomaly;
using QualityGate.Anomaly.Search;
using QualityGate.Errors;
using QualityGate.Features.Cache;
using QualityGate.Features.Extraction;
using QualityGate.Features.Extractors;
using QualityGate.Features.Labels;
using QualityGate.Images;
using QualityGate.Numerics;
using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>
/// The anomaly scores of a run: each new image is searched for in the generator's range, by the same pipeline that makes features, so that scores are cached by image,
/// and an interrupted run keeps what it found.
/// </summary>
internal sealed class AnomalyRun : IDisposable
{
    private const string Name = "anomaly";

    private readonly AnomalySpec _spec;
    private readonly GateRunOptions _options;
    private readonly OnUnreadable _onUnreadable;
    private readonly LatentSearch _search;
    private readonly ExtractorIdentity _identity;
    private readonly FeatureCache _cache;

    public AnomalyRun(AnomalySpec spec, GateRunOptions options, OnUnreadable onUnreadable, ComputeDevice device)
    {
        _spec = spec;
        _options = options;
        _onUnreadable = onUnreadable;
        LatentSearchOptions search = Options(spec);
        _search = LatentSearch.Create(Load(spec.Generator), Load(spec.Discriminator), search, device, spec.Encoder is { } encoder ? Load(encoder) : null);
        RequireSize();
        string text = string.Create(
            CultureInfo.InvariantCulture,
            $"{search.Canonical}\ngenerator: {ModelFile.HashFile(spec.Generator.Value)}\ndiscriminator: {ModelFile.HashFile(spec.Discriminator.Value)}\nencoder: {(spec.Encoder is { } named ? ModelFile.HashFile(named.Value) : "~")}\n{PreprocessingText.Canonical(spec.Input)}");
        _identity = new ExtractorIdentity(Name, "sha256:" + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text))));
        _cache = FeatureCache.Open(options.CacheFolder ?? CacheFolder.Default(), _identity.Fingerprint + (device.Kind == ComputeDeviceKind.Cuda ? "+cuda" : ""));
    }

    /// <summary>Scores and evaluates.</summary>
    /// <param name="request">Where the sets are, and the candidate's labels.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="UserErrorException">Images cannot be read, or labels or masks do not fit.</exception>
    public AnomalyMeasurement Measure(MeasureRequest request, CancellationToken cancellation)
    {
        bool hasReference = ImageSet.IsImageLocation(request.Reference) && FeatureSource.Exists(request.Reference);
        if (!ImageSet.IsImageLocation(request.Candidate))
            throw new UserErrorException(DataErrors.AnomalyNeedsImages, $"The candidate {request.Candidate} is a file of features; anomaly scores are of images.", request.CandidateLocation);
        ExtractionResult? reference = hasReference ? Score(request.Reference, "anomaly: reference", cancellation) : null;
        ExtractionResult candidate = Score(request.Candidate, "anomaly: candidate", cancellation);
        AnomalyScores? known = reference is null ? null : ScoresOf(reference);
        AnomalyScores scores = ScoresOf(candidate);
        AnomalyPictures pictures = AnomalyPictures.Of(request.Candidate, _spec.Input, _search, candidate.Set);
        using AnomalyMaskFolder? folder = _spec.Masks is { } named ? new AnomalyMaskFolder(named.Value, _spec.Input) : null;
        AnomalyMasks? masks = folder is null ? null : new AnomalyMasks(i => folder.Of(scores.Ids[i]));
        AnomalyReport report = AnomalyEvaluation.Evaluate(
            known, scores with { Maps = pictures.Maps }, Labels(request, candidate), masks, new AnomalyOptions { ReferenceQuantile = _spec.Quantile });
        return new AnomalyMeasurement { Report = report, Maps = pictures.Maps, Triplets = pictures.Triplet, Notes = [.. Notes(hasReference)] };
    }

    public void Dispose()
    {
        _cache.Dispose();
        _search.Dispose();
    }

    private static LatentSearchOptions Options(AnomalySpec spec) => new()
    {
        Steps = spec.Steps,
        LearningRate = spec.LearningRate,
        Lambda = spec.Lambda,
        UsesMeans = spec.UsesMeans,
        Prior = spec.HasUniformPrior ? LatentPrior.Uniform : LatentPrior.Normal,
        Box = spec.Box,
        Restarts = spec.Restarts,
        Patience = spec.Patience,
        Seed = spec.Seed,
        FeatureLayer = spec.FeatureLayer,
    };

    private static OnnxModel Load(Located<string> path) => LatentModels.Load(path.Value, path.Location);

    private IEnumerable<string> Notes(bool hasReference)
    {
        if (!hasReference) yield return "The reference's images are not here: anomaly_rate was not measured.";
        foreach (string warning in _cache.Warnings) yield return warning;
    }

    private void RequireSize()
    {
        int channels = _spec.Input.Color == ColorMode.Gray ? 1 : 3;
        if (!_search.Fits(channels, _spec.Input.Height, _spec.Input.Width))
        {
            throw new UserErrorException(
                DataErrors.LatentSearchImpossible,
                $"`anomaly.input` makes {channels} x {_spec.Input.Height} x {_spec.Input.Width} values of an image, but the generator makes {string.Join(" x ", _search.ImageShape)}.",
                _spec.Generator.Location);
        }
    }

    private ExtractionResult Score(string location, string stage, CancellationToken cancellation)
    {
        using ImageSet images = ImageSet.Open(location);
        var recipe = new ExtractorRecipe { Name = Name, Preprocessing = _spec.Input, FeaturesOutput = Name };
        return new ExtractionPipeline(recipe, _identity, _search, _cache, new ExtractionOptions
        {
            BatchSize = Options(_spec).BatchSize,
            Workers = _options.Workers ?? Environment.ProcessorCount,
            OnUnreadable = _onUnreadable,
            Progress = _options.Progress,
            Stage = stage,
        }).Run(images, cancellation);
    }

    private static AnomalyScores ScoresOf(ExtractionResult scored)
    {
        FeatureMatrix rows = scored.Set.Features!;
        var scores = new AnomalyScores(scored.Set.Ids!, new float[rows.Count], new float[rows.Count], new float[rows.Count]);
        for (int i = 0; i < rows.Count; i++)
        {
            FoundImage found = LatentSearch.Read(rows.Row(i));
            (scores.Score[i], scores.Residual[i], scores.Discrimination[i]) = (found.Score, found.Residual, found.Discrimination);
        }

        return scores;
    }

    private AnomalyLabels? Labels(MeasureRequest request, ExtractionResult candidate) => request.CandidateLabels is { } source
        ? new AnomalyLabels([.. LabelReader.Read(candidate.Set, source, "candidate").Set.Labels!], new HashSet<string>(_spec.Normal, StringComparer.Ordinal))
        : null;
}
