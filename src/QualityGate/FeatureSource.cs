using QualityGate.Errors;
using QualityGate.Features;
using QualityGate.Features.Cache;
using QualityGate.Features.Extraction;
using QualityGate.Features.Extractors;
using QualityGate.Features.Files;
using QualityGate.Images;
using QualityGate.Numerics.Engine;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Brings the features of a set, whether the user named images or a feature file.</summary>
public sealed class FeatureSource : IDisposable
{
    // A batch of one may take other kernels than a larger one; a lone image is padded instead.
    private const int SmallestModelBatch = 2;

    private readonly ExtractorRecipe? _recipe;
    private readonly Lazy<ComputeDevice> _device;
    private readonly GateRunOptions _options;
    private readonly OnUnreadable _onUnreadable;
    private readonly long _started;
    private ExtractorIdentity? _identity;
    private readonly FeatureSource? _lender;
    private FeatureExtractor? _extractor;
    private FeatureCache? _cache;

    /// <summary>Prepares to load sets; nothing is opened yet.</summary>
    public FeatureSource(ExtractorRecipe? recipe, GateRunOptions options, OnUnreadable onUnreadable, ComputeDevice? device = null)
    {
        _recipe = recipe;
        _device = new Lazy<ComputeDevice>(() => CudaProvider.Resolve(options.Device ?? device ?? ComputeDevice.Auto));
        _options = options;
        _onUnreadable = onUnreadable;
        _started = options.Time.GetTimestamp();
    }

    private FeatureSource(FeatureSource lender)
        : this(lender._recipe, lender._options with { Budget = null }, lender._onUnreadable, lender._device.Value) => _lender = lender;

    /// <summary>Where models and products run.</summary>
    /// <exception cref="UserErrorException">QG4208: a GPU was asked for and cannot be used.</exception>
    public ComputeDevice Device => _device.Value;

    /// <summary>How images are masked, or null for not at all.</summary>
    public MaskSettings? Masks { get; init; }

    /// <summary>Name and fingerprint of the recipe's extractor, of its masks too, or null without one. Does not load the model.</summary>
    /// <exception cref="UserErrorException">QG4803: the two sets' masks are of different kinds, or of different models.</exception>
    public ExtractorIdentity? Identity => _recipe is null ? null : _identity ??= SetMasks.Masked(ExtractorIdentity.Of(_recipe), Masks);

    /// <summary>The same source of images that are masked in another way. It borrows the network, so this must outlive it, and has no time budget.</summary>
    internal FeatureSource InMode(MaskSettings masks) => new(this) { Masks = masks };

    /// <summary>Whether <paramref name="location"/> names something that is there.</summary>
    public static bool Exists(string location) =>
        Directory.Exists(location) || File.Exists(FeatureLocation.TryParse(location)?.Path ?? location) || PathPattern.IsPattern(location);

    /// <summary>Loads one set.</summary>
    /// <param name="location">Images or a feature file.</param>
    /// <param name="role"><c>reference</c> or <c>candidate</c>, for messages.</param>
    /// <param name="named">Where the spec names it.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="UserErrorException">It cannot be loaded, or does not fit the extractor.</exception>
    public ExtractionResult Load(string location, string role, SourceLocation? named, CancellationToken cancellation) => Load(location, role, role, named, cancellation);

    /// <summary>Loads one set under another name of the stage, for who watches the progress.</summary>
    internal ExtractionResult Load(string location, string role, string stage, SourceLocation? named, CancellationToken cancellation)
    {
        if (FeatureFile.IsFeatureLocation(location))
        {
            FeatureSet set = FeatureFile.Read(location);
            RequireSameExtractor(set, named);
            return new ExtractionResult(set, [], 0);
        }

        if (_recipe is null)
        {
            throw new UserErrorException(DataErrors.NoExtractor, $"the {role} {location} holds images, and no extractor is named.", named);
        }

        return Extract(location, role, stage, null, null, cancellation);
    }

    /// <summary>Loads images as the extractor's network gets them: masked, resized and scaled, one row of values an image in place of its features.</summary>
    /// <param name="location">Images.</param>
    /// <param name="role"><c>reference</c> or <c>candidate</c>, for masks and messages.</param>
    /// <param name="cache">Where the rows are kept: a cache that holds nothing else, and must live as long as they are used.</param>
    /// <param name="cancellation">Stops between batches.</param>
    /// <exception cref="UserErrorException">They cannot be loaded.</exception>
    internal ExtractionResult LoadPrepared(string location, string role, FeatureCache cache, CancellationToken cancellation) =>
        Extract(location, role, role, new PreparedImages(_recipe!.Preprocessing), cache, cancellation);

    /// <inheritdoc />
    public void Dispose()
    {
        _cache?.Dispose();
        _extractor?.Dispose();
    }

    private ExtractionResult Extract(string location, string role, string stage, IImageModel? model, FeatureCache? cache, CancellationToken cancellation)
    {
        using ImageSet images = ImageSet.Open(location);
        ExtractorIdentity identity = Identity!;
        using ImageMasking? masking = Masking(role, images, cancellation);
        ExtractionPipeline pipeline = new(model is null ? _recipe! : _recipe! with { LogitsOutput = null }, identity, model ?? Extractor(), cache ?? Cache(), new ExtractionOptions
        {
            BatchSize = BatchSize,
            Workers = _options.Workers ?? Environment.ProcessorCount,
            OnUnreadable = _onUnreadable,
            Progress = _options.Progress,
            Stage = stage,
            Budget = BudgetOf(role),
        })
        {
            Masking = masking,
        };
        return pipeline.Run(images, cancellation);
    }

    /// <summary>What is done to a set's images before they are measured, or null for nothing.</summary>
    internal ImageMasking? Masking(string role, ImageSet images, CancellationToken cancellation) =>
        Masks is { IsOn: true } masks ? MaskingOf(masks, role, images, cancellation) : null;

    private ImageMasking MaskingOf(MaskSettings masks, string role, ImageSet images, CancellationToken cancellation)
    {
        Located<string> source = SetMasks.SourceOf(masks, role, images.Source);
        DecodeOptions decoding = DecodeOptions.For(_recipe!.Preprocessing);
        IMaskSource found = MaskSettings.KindOf(source.Value) switch
        {
            MaskSourceKind.Alpha => new AlphaMasks(masks.Values, decoding),
            MaskSourceKind.Model => Segmented(masks, source, role, images, decoding, cancellation),
            _ => new MaskFiles(source.Value, masks.Values, decoding),
        };
        return new ImageMasking(masks, found, images);
    }

    // The maps go through the same pipeline and cache as features, of all images: a sample is drawn of what is masked, not of the masks.
    private SegmentationMasks Segmented(
        MaskSettings masks, Located<string> source, string role, ImageSet images, DecodeOptions decoding, CancellationToken cancellation)
    {
        using FeatureSource maps = new(SegmentationMasks.RecipeOf(source, decoding), _options with { Budget = null, BatchSize = null }, OnUnreadable.Skip, _device.Value);
        return new SegmentationMasks(maps._recipe!, maps.Maps(images, $"masks of the {role}", cancellation), masks, images);
    }

    private FeatureSet Maps(ImageSet images, string stage, CancellationToken cancellation)
    {
        ExtractionOptions options = new() { BatchSize = BatchSize, Workers = _options.Workers ?? Environment.ProcessorCount, OnUnreadable = _onUnreadable, Progress = _options.Progress, Stage = stage };
        return new ExtractionPipeline(_recipe!, Identity!, Extractor(), Cache(), options).Run(images, cancellation).Set;
    }

    // The reference, which comes first and is mostly cached, gets at most half, so that the candidate has at least that. Two seeds, since
    // with one, sets of equal size and names would be sampled in pairs.
    private ExtractionBudget? BudgetOf(string role)
    {
        if (_options.Budget is not { } whole)
        {
            return null;
        }

        TimeSpan half = whole / 2, left = whole - _options.Time.GetElapsedTime(_started);
        return role == "reference"
            ? new ExtractionBudget(whole, half, _options.Time, 1)
            : new ExtractionBudget(whole, left > half ? left : half, _options.Time, 0);
    }

    private int BatchSize => _options.BatchSize ?? ExtractionOptions.DefaultBatchSize(_recipe!.Preprocessing, _device.Value);

    private FeatureExtractor Extractor() => _lender?.Extractor() ?? (_extractor ??= FeatureExtractor.Create(
        _recipe!, new ExtractorOptions { BatchSize = Math.Max(SmallestModelBatch, BatchSize), Device = _device.Value }));

    private FeatureCache Cache()
    {
        if (_cache is null)
        {
            // A GPU rounds otherwise than the processor: what one computed must not turn up in a run on the other.
            string device = _device.Value.Kind == ComputeDeviceKind.Cuda ? "+cuda" : "";
            _cache = FeatureCache.Open(_options.CacheFolder ?? CacheFolder.Default(), Identity!.Fingerprint + device);
            foreach (string warning in _cache.Warnings)
            {
                _options.Warn?.Invoke(warning);
            }
        }

        return _cache;
    }

    // A foreign file says nothing of its extractor and is taken at the user's word.
    private void RequireSameExtractor(FeatureSet set, SourceLocation? named)
    {
        if (Identity is { } identity && set.ExtractorFingerprint is { } other && other != identity.Fingerprint)
        {
            throw new UserErrorException(
                DataErrors.OtherExtractor,
                $"{set.Source} was made by {set.ExtractorName} ({other}), not by {identity.Name} ({identity.Fingerprint}).",
                named);
        }
    }
}
