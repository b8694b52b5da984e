using QualityGate.Errors;
using QualityGate.Features.Cache;
using QualityGate.Features.Extractors;
using QualityGate.Features.Files;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>
/// Images to features. Each worker takes the next image, reads and hashes it, asks the cache, and decodes what is new into its own batch;
/// a full batch goes through the model on the same thread and into the cache's journal. Workers are at different points of this
/// loop, so decoding and inference overlap without a queue, and memory is that of one batch a worker, whatever the set's size.
/// </summary>
public sealed class ExtractionPipeline
{
    private const int HashBytes = 32;

    private readonly IImageModel _extractor;
    private readonly ExtractorRecipe _recipe;
    private readonly ExtractorIdentity _identity;
    private readonly FeatureCache _cache;
    private readonly ExtractionOptions _options;

    /// <summary>Prepares an extraction.</summary>
    /// <param name="recipe">What the extractor was made of.</param>
    /// <param name="identity">Its name and fingerprint.</param>
    /// <param name="extractor">The model; its session is created when the first new image is met.</param>
    /// <param name="cache">Cache of this extractor's fingerprint.</param>
    /// <param name="options">How to run.</param>
    public ExtractionPipeline(
        ExtractorRecipe recipe, ExtractorIdentity identity, IImageModel extractor, FeatureCache cache, ExtractionOptions options)
    {
        _recipe = recipe;
        _identity = identity;
        _extractor = extractor;
        _cache = cache;
        _options = options;
    }

    /// <summary>Masks the images before they are preprocessed; null to take them as they are. The identity and the cache must be of its mode.</summary>
    public ImageMasking? Masking { get; init; }

    /// <summary>Features of every image of <paramref name="images"/>, in its order.</summary>
    /// <exception cref="UserErrorException">Images cannot be read (unless they are to be skipped), or none can.</exception>
    /// <exception cref="OperationCanceledException">Cancelled; finished batches are in the cache.</exception>
    public ExtractionResult Run(ImageSet images, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(images);
        ExtractionWork work = new(images.Count, _options.Budget);
        _options.Progress?.Start(_options.Stage, images.Count);
        try
        {
            RunWorkers(images, work, cancellation);
        }
        finally
        {
            _options.Progress?.Finish();
            _cache.Seal();
        }

        return Collect(images, work);
    }

    private void RunWorkers(ImageSet images, ExtractionWork work, CancellationToken cancellation)
    {
        // Threads of their own: the pool's would hold up whoever else needs it for as long as the extraction lasts.
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] workers = new Task[Math.Max(1, Math.Min(_options.Workers, images.Count))];
        for (int w = 0; w < workers.Length; w++)
        {
            workers[w] = Task.Factory.StartNew(
                () => RunWorker(images, work, stop), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        Task.WhenAll(workers).GetAwaiter().GetResult();
        cancellation.ThrowIfCancellationRequested();
    }

    private void RunWorker(ImageSet images, ExtractionWork work, CancellationTokenSource stop)
    {
        try
        {
            ExtractionWorker worker = new(_recipe.Preprocessing, _extractor, _cache, _options, work, Masking);
            while (!stop.IsCancellationRequested && work.TryNext(out int place))
            {
                worker.Take(images, place);
            }

            if (!stop.IsCancellationRequested)
            {
                worker.Flush();
            }
        }
        catch
        {
            // The others stop at their next image; what they finished stays.
            stop.Cancel();
            throw;
        }
    }

    private ExtractionResult Collect(ImageSet images, ExtractionWork work)
    {
        int[] rows = work.Rows();
        Dictionary<int, string> reasons = ReasonsOf(rows, work);
        UnreadableImage[] unreadable = [.. reasons.OrderBy(r => r.Key).Select(r => new UnreadableImage(images.Ids[r.Key], r.Value))];
        MaskReport? masks = Masking?.Report(images, rows);
        if (masks is { OnMissing: OnMissingMask.Error, Missing.Count: > 0 })
        {
            throw UnreadableImages.WithoutMask(images.Source, masks.Missing, images.Count);
        }

        UnreadableImage[] faults = [.. unreadable.Where(u => !u.LacksMask)];
        if (faults.Length > 0 && _options.OnUnreadable == OnUnreadable.Error)
        {
            throw UnreadableImages.Error(images.Source, faults, images.Count);
        }

        RequireAny(rows, images);
        int[] kept = [.. rows.Where(i => !reasons.ContainsKey(i))];
        if (kept.Length == 0)
        {
            throw new UserErrorException(DataErrors.NothingReadable, $"none of the {rows.Length} images of {images.Source} can be read.");
        }

        byte[] hashes = new byte[kept.Length * HashBytes];
        for (int i = 0; i < kept.Length; i++)
        {
            work.Hash(kept[i]).CopyTo(hashes.AsSpan(i * HashBytes));
        }

        return new ExtractionResult(
            new FeatureSet
            {
                Source = images.Source,
                Count = kept.Length,
                Fingerprint = FeatureFingerprint.OfImages(hashes),
                Features = _recipe.FeaturesOutput is null ? null : _cache.Gather(hashes),
                Logits = _recipe.LogitsOutput is null ? null : _cache.GatherLogits(hashes),
                Hashes = hashes,
                Ids = kept.Length == images.Count ? images.Ids : [.. kept.Select(i => images.Ids[i])],
                ExtractorName = _identity.Name,
                ExtractorFingerprint = _identity.Fingerprint,
            },
            unreadable,
            work.Computed)
        {
            Masks = masks,
            Sample = rows.Length == images.Count ? null : new SetSample(images.Count, _options.Budget!.Seed, kept),
        };
    }

    private void RequireAny(int[] rows, ImageSet images)
    {
        if (rows.Length == 0)
        {
            throw new UserErrorException(
                DataErrors.BudgetTooSmall,
                $"the time budget of {TimeBudgetText.Write(_options.Budget!.Whole)} was over before one of the {images.Count} images of {images.Source} was measured.");
        }
    }

    // Only the first of several equal images was tried; what became of it holds for the others.
    private Dictionary<int, string> ReasonsOf(int[] rows, ExtractionWork work)
    {
        Dictionary<int, string> reasons = work.Unreadable.ToDictionary(u => u.Index, u => u.Reason);
        if (reasons.Count == 0)
        {
            return reasons;
        }

        foreach (int row in rows)
        {
            if (!reasons.ContainsKey(row) && !_cache.TryGet(work.Hash(row), out _))
            {
                reasons[row] = work.Unreadable.First(u => work.Hash(u.Index).SequenceEqual(work.Hash(row))).Reason;
            }
        }

        // Of a sample, those outside of it are not spoken of, unless they are an error.
        return _options.OnUnreadable == OnUnreadable.Error || _options.Budget is null
            ? reasons
            : reasons.Where(r => Array.BinarySearch(rows, r.Key) >= 0).ToDictionary();
    }
}
