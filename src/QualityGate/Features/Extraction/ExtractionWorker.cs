using System.Security.Cryptography;
using QualityGate.Errors;
using QualityGate.Features.Cache;
using QualityGate.Features.Extractors;
using QualityGate.Features.Files;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Features.Extraction;

/// <summary>One worker's batch and buffers. Used by one thread.</summary>
internal sealed class ExtractionWorker
{
    private const int HashBytes = 32;

    private readonly IImageModel _extractor;
    private readonly FeatureCache _cache;
    private readonly IExtractionProgress? _progress;
    private readonly ExtractionWork _work;
    private readonly ImagePreprocessor _preprocessor;
    private readonly DecodeOptions _decoding;
    private readonly ImageMasking? _masking;
    private readonly int _batchSize;
    private readonly byte[] _hashes;
    private readonly string[] _ids;
    private float[]? _inputs;
    private float[]? _features;
    private float[]? _logits;
    private int _pending;

    public ExtractionWorker(
        PreprocessingRecipe recipe, IImageModel extractor, FeatureCache cache, ExtractionOptions options, ExtractionWork work, ImageMasking? masking = null)
    {
        _masking = masking;
        _extractor = extractor;
        _cache = cache;
        _progress = options.Progress;
        _work = work;
        _preprocessor = new ImagePreprocessor(recipe);
        _decoding = DecodeOptions.For(recipe);
        _batchSize = options.BatchSize;
        _hashes = new byte[_batchSize * HashBytes];
        _ids = new string[_batchSize];
    }

    /// <summary>Handles one image: known already, or decoded into the batch, which runs when it is full; or given up when time is up.</summary>
    public void Take(ImageSet images, int place)
    {
        int index = _work.IndexAt(place);
        try
        {
            using ImageBytes bytes = images.Read(index);
            SHA256.HashData(bytes.Span, _work.Hash(index));
            using MaskedImage? masked = _masking?.Open(images, index, bytes.Span, _work.Hash(index));
            if (_masking is not null && masked is null)
            {
                _work.Fail(index, UnreadableImages.NoMask);
                _progress?.Advance(1, 0);
                return;
            }

            if (IsTooLate(index))
            {
                _work.EndAt(place);
                return;
            }

            if (_cache.TryGet(_work.Hash(index), out _) || !_work.Claim(index))
            {
                _progress?.Advance(1, 0);
                return;
            }

            Decode(bytes.Span, images.Ids[index], index, masked);
        }
        catch (UserErrorException unreadable) when (unreadable.Code.Id.StartsWith("QG40", StringComparison.Ordinal))
        {
            _work.Fail(index, unreadable.Message);
            _progress?.Advance(1, 0);
        }

        if (_pending == _batchSize)
        {
            Flush();
        }
    }

    /// <summary>Runs what is in the batch and hands it to the cache.</summary>
    public void Flush()
    {
        if (_pending == 0)
        {
            return;
        }

        int features = _extractor.FeatureWidth, logits = _extractor.LogitWidth ?? 0;
        _features ??= new float[_batchSize * features];
        _logits ??= new float[_batchSize * logits];
        Span<float> featureRows = _features.AsSpan(0, _pending * features), logitRows = _logits.AsSpan(0, _pending * logits);
        _extractor.Run(_inputs.AsMemory(0, _pending * _preprocessor.Length), _pending, featureRows, logitRows);
        RequireFinite(featureRows, features, "features");
        RequireFinite(logitRows, logits, "logits");
        _cache.Append(_hashes.AsSpan(0, _pending * HashBytes), featureRows, logitRows);
        _work.AddComputed(_pending);
        _progress?.Advance(_pending, _pending);
        _pending = 0;
    }

    private bool IsTooLate(int index) =>
        _work.IsTimeUp && !_cache.TryGet(_work.Hash(index), out _) && !_work.IsClaimed(index);

    // NaN compares as false with everything: it would pass through neighbours unseen and lower some metrics by a little.
    private void RequireFinite(ReadOnlySpan<float> rows, int width, string what)
    {
        if (FiniteCheck.AreFinite(rows))
        {
            return;
        }

        int row = 0;
        while (FiniteCheck.AreFinite(rows.Slice(row * width, width)))
        {
            row++;
        }

        throw new UserErrorException(
            DataErrors.NotFinite, $"The extractor gives {what} that are not finite numbers for the image '{_ids[row]}'.");
    }

    private void Decode(ReadOnlySpan<byte> bytes, string id, int index, MaskedImage? masked)
    {
        int width = _preprocessor.Length;
        _inputs ??= new float[_batchSize * width];
        using DecodedImage image = ImageDecoder.Decode(bytes, id, _decoding);
        masked?.Apply(image, _decoding);
        _preprocessor.Apply(image, _inputs.AsSpan(_pending * width, width));
        _ids[_pending] = id;
        _work.Hash(index).CopyTo(_hashes.AsSpan(_pending * HashBytes));
        _pending++;
    }
}
