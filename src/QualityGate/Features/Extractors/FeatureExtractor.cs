using QualityGate.Errors;
using QualityGate.Specs;

namespace QualityGate.Features.Extractors;

/// <summary>
/// Turns prepared images into features by a network. The network is loaded at the first use, so that a run whose features are all known
/// never loads it. Several threads may call <see cref="Run"/> at once. An image's features have the same bits whatever other images
/// are in its batch, however many, and on however many threads.
/// </summary>
public sealed class FeatureExtractor : IImageModel, IDisposable
{
    private readonly ExtractorRecipe _recipe;
    private readonly Lazy<ExtractorSession> _session;
    private bool _disposed;

    private FeatureExtractor(ExtractorRecipe recipe, ExtractorOptions options)
    {
        _recipe = recipe;
        _session = new(() => ExtractorSession.Open(recipe, options));
    }

    /// <summary>Channels of a prepared image, 1 or 3.</summary>
    public int Channels => _recipe.Preprocessing.Color == ColorMode.Gray ? 1 : 3;

    /// <summary>Height of a prepared image in pixels.</summary>
    public int Height => _recipe.Preprocessing.Height;

    /// <summary>Width of a prepared image in pixels.</summary>
    public int Width => _recipe.Preprocessing.Width;

    /// <summary>Values of one image's features, or 0 when the recipe wants only logits. Loads the network.</summary>
    /// <exception cref="UserErrorException">The model cannot be used; see <see cref="Run"/>.</exception>
    public int FeatureWidth => Session.FeatureWidth;

    /// <summary>Values of one image's logits, or null when the recipe names none. Loads the network.</summary>
    /// <exception cref="UserErrorException">The model cannot be used; see <see cref="Run"/>.</exception>
    public int? LogitWidth => Session.LogitWidth;

    private ExtractorSession Session
    {
        get
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            return _session.Value;
        }
    }

    /// <summary>Makes an extractor of a recipe. Nothing is read yet.</summary>
    /// <exception cref="UserErrorException">The device is not available in this build.</exception>
    public static FeatureExtractor Create(ExtractorRecipe recipe, ExtractorOptions options)
    {
        ArgumentNullException.ThrowIfNull(recipe);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.BatchSize, nameof(options));
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(options.ThreadsPerRun, nameof(options));
        return new FeatureExtractor(recipe, options);
    }

    /// <summary>Computes the features and logits of some images.</summary>
    /// <param name="input">Prepared images <c>[count, channels, height, width]</c>; read only until this method returns.</param>
    /// <param name="count">How many images.</param>
    /// <param name="features"><c>[count, FeatureWidth]</c>, overwritten; empty when the recipe wants only logits.</param>
    /// <param name="logits"><c>[count, LogitWidth]</c>, overwritten; empty when the recipe names none.</param>
    /// <exception cref="UserErrorException">The model is missing, is none, does not fit the recipe, or cannot be run.</exception>
    /// <exception cref="ArgumentException">A buffer does not have exactly the length of its shape.</exception>
    public void Run(ReadOnlyMemory<float> input, int count, Span<float> features, Span<float> logits)
    {
        ExtractorSession session = Session;
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        CheckLength(input.Length, count, Channels * Height * Width, nameof(input));
        CheckLength(features.Length, count, session.FeatureWidth, nameof(features));
        CheckLength(logits.Length, count, session.LogitWidth ?? 0, nameof(logits));
        session.Run(input, count, features, logits);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _disposed = true;
        if (_session.IsValueCreated) _session.Value.Dispose();
    }

    private static void CheckLength(int length, int count, int width, string name)
    {
        if (length != (long)count * width) throw new ArgumentException($"{length} values are not {count} rows of {width}.", name);
    }
}
