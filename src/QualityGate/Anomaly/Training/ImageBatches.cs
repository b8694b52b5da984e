using System.Security.Cryptography;
using QualityGate.Errors;
using QualityGate.Features.Extraction;
using QualityGate.Images;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Training;

/// <summary>
/// All images of a set in memory, 8 bits a sample, at the size that is trained at: brought down by the mean over areas, up bilinearly, stretched
/// where their sides have another ratio.
/// </summary>
internal sealed class ImageBatches
{
    private readonly byte[] _samples;

    private ImageBatches(byte[] samples, int count, GanOptions options)
    {
        (_samples, Count, Length) = (samples, count, options.Channels * options.Size * options.Size);
        Fingerprint = $"sha256:{Convert.ToHexStringLower(SHA256.HashData(samples))}";
    }

    /// <summary>How many images there are.</summary>
    public int Count { get; }

    /// <summary>Samples of one image, channels first.</summary>
    public int Length { get; }

    /// <summary>Hash of all samples, in the set's order.</summary>
    public string Fingerprint { get; }

    /// <summary>Samples of one image.</summary>
    public ReadOnlySpan<byte> this[int index] => _samples.AsSpan(index * Length, Length);

    /// <summary>Reads a set.</summary>
    /// <exception cref="UserErrorException">It is missing, too small for a batch or too large for memory, or images cannot be read.</exception>
    public static ImageBatches Load(string location, GanOptions options, CancellationToken cancellation)
    {
        using ImageSet images = ImageSet.Open(location);
        int length = options.Channels * options.Size * options.Size;
        if (images.Count < options.Batch)
        {
            throw new UserErrorException(TrainingErrors.TooFewImages, $"{location} holds {images.Count} images, fewer than one batch of {options.Batch}.");
        }

        if ((long)images.Count * length > Array.MaxLength)
        {
            throw new UserErrorException(
                TrainingErrors.TooManyImages, $"{images.Count} images of {options.Size} x {options.Size} x {options.Channels} do not fit into 2 GB.");
        }

        byte[] samples = new byte[images.Count * length];
        string?[] reasons = new string?[images.Count];
        Resizing resizing = new(options);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = options.ThreadCount, CancellationToken = cancellation };
        Parallel.For(0, images.Count, parallel, i => reasons[i] = Read(images, i, resizing, samples.AsSpan(i * length, length)));
        UnreadableImage[] unreadable = [.. reasons.Select((reason, i) => (reason, i)).Where(r => r.reason is not null).Select(r => new UnreadableImage(images.Ids[r.i], r.reason!))];
        return unreadable.Length == 0 ? new ImageBatches(samples, images.Count, options) : throw UnreadableImages.Error(images.Source, unreadable, images.Count);
    }

    /// <summary>Writes images as a network takes them, in -1..1.</summary>
    public void Fill(ReadOnlySpan<int> indices, Span<float> destination)
    {
        for (int i = 0; i < indices.Length; i++)
        {
            ReadOnlySpan<byte> image = this[indices[i]];
            Span<float> values = destination.Slice(i * Length, Length);
            for (int j = 0; j < values.Length; j++) values[j] = (image[j] / 127.5f) - 1;
        }
    }

    private static string? Read(ImageSet images, int index, Resizing resizing, Span<byte> samples)
    {
        try
        {
            using ImageBytes bytes = images.Read(index);
            using DecodedImage image = ImageDecoder.Decode(bytes.Span, images.Ids[index]);
            resizing.Apply(image, samples);
            return null;
        }
        catch (UserErrorException unreadable) when (unreadable.Code.Id.StartsWith("QG40", StringComparison.Ordinal))
        {
            return unreadable.Message;
        }
    }

    private sealed class Resizing(GanOptions options)
    {
        private readonly ImagePreprocessor _same = Of(options, ResizeMethod.None);
        private readonly ImagePreprocessor _down = Of(options, ResizeMethod.Area);
        private readonly ImagePreprocessor _up = Of(options, ResizeMethod.Bilinear);

        public void Apply(DecodedImage image, Span<byte> samples)
        {
            bool isSame = image.Height == options.Size && image.Width == options.Size;
            bool isSmaller = image.Height <= options.Size && image.Width <= options.Size;
            float[] values = new float[samples.Length];
            (isSame ? _same : isSmaller ? _up : _down).Apply(image, values);
            for (int i = 0; i < values.Length; i++) samples[i] = (byte)Math.Clamp(MathF.Round(values[i]), 0, 255);
        }

        private static ImagePreprocessor Of(GanOptions options, ResizeMethod method) => new(new PreprocessingRecipe
        {
            Color = options.Color,
            Height = options.Size,
            Width = options.Size,
            Resize = method,
            Scale = 1,
            Offset = 0,
        });
    }
}
