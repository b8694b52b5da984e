using Microsoft.ML.OnnxRuntime;
using QualityGate.Errors;
using QualityGate.Numerics.Engine;
using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;
using QualityGate.Onnx.Networks;
using QualityGate.Specs;

namespace QualityGate.Anomaly.Search;

/// <summary>The graphs of a search, loaded. Every call may come from several threads.</summary>
internal sealed class LatentSessions : IDisposable
{
    private readonly LatentEncoder? _encoder;
    private readonly InferenceSession _features;
    private readonly InferenceSession _step;
    private readonly InferenceSession _score;

    private LatentSessions(LatentGraph graph, ComputeDevice device, OnnxModel? encoder)
    {
        LatentShape = graph.LatentShape;
        HasFeatures = graph.HasFeatures;
        HasWeights = graph.HasWeights;
        DiscriminatorShape = graph.DiscriminatorShape;
        using (InferenceSession generator = Load(graph.GeneratorModel(), device)) ImageShape = Measure(generator, LatentGraph.Latent, LatentShape, LatentGraph.Generated);
        _features = Load(graph.FeatureModel(), device);
        FeatureWidth = Measure(_features, LatentGraph.Image, DiscriminatorShape, LatentGraph.Features)[0];
        if (Product(ImageShape) != Product(DiscriminatorShape))
        {
            throw new ArgumentException(
                $"The generator makes images of {string.Join(" x ", ImageShape)} values, and the discriminator takes {string.Join(" x ", DiscriminatorShape)}.", nameof(graph));
        }

        if (encoder is not null) _encoder = new LatentEncoder(encoder, Load(encoder.ToBytes(), device), ImageLength, LatentLength);
        _step = Load(graph.StepModel(ImageShape, FeatureWidth), device);
        _score = Load(graph.ScoreModel(ImageShape, FeatureWidth), device);
    }

    /// <summary>Builds and loads the graphs; the shapes that networks do not state are found by running them once.</summary>
    /// <param name="generator">The generator.</param>
    /// <param name="discriminator">The discriminator.</param>
    /// <param name="options">What is searched for; asked for once the discriminator is known to be one.</param>
    /// <param name="device">Where to run.</param>
    /// <param name="encoder">An image to a latent vector, or null.</param>
    /// <exception cref="UserErrorException">QG4503: the networks cannot be searched: an operator without a derivative, shapes that do not fit, no such layer.</exception>
    public static LatentSessions Open(OnnxModel generator, OnnxModel discriminator, Func<LatentGraphOptions> options, ComputeDevice device, OnnxModel? encoder = null)
    {
        try
        {
            return new LatentSessions(new LatentGraph(generator, discriminator, options()), device, encoder);
        }
        catch (Exception error) when (error is ArgumentException or NotSupportedException or OverflowException or GradientNotSupportedException)
        {
            throw new UserErrorException(DataErrors.LatentSearchImpossible, $"These networks cannot be searched: {error.Message}", innerException: error);
        }
    }

    /// <summary>Whether f of the images is compared.</summary>
    public bool HasFeatures { get; }

    /// <summary>Whether each value of the residual has a weight.</summary>
    public bool HasWeights { get; }

    /// <summary>Whether there is an encoder.</summary>
    public bool HasEncoder => _encoder is not null;

    public IReadOnlyList<long> LatentShape { get; }

    public IReadOnlyList<long> DiscriminatorShape { get; }

    public IReadOnlyList<long> ImageShape { get; }

    public long FeatureWidth { get; }

    public int LatentLength => (int)Product(LatentShape);

    public int ImageLength => (int)Product(ImageShape);

    /// <summary>f of a batch.</summary>
    public void Features(float[] images, float[] features, int batch)
    {
        using OrtValue image = Wrap(images, batch, DiscriminatorShape);
        using OrtValue output = Wrap(features, batch, [FeatureWidth]);
        using var options = new RunOptions();
        _features.Run(options, [LatentGraph.Image], [image], [LatentGraph.Features], [output]);
    }

    /// <summary>The encoder's latent vectors of a batch.</summary>
    public void Encode(float[] images, float[] latents, int batch) => _encoder!.Run(images, latents, batch);

    /// <summary>One step of a batch.</summary>
    public void Step(OrtValue[] inputs, string[] inputNames, OrtValue[] outputs, string[] outputNames)
    {
        using var options = new RunOptions();
        _step.Run(options, inputNames, inputs, outputNames, outputs);
    }

    /// <summary>Scores of a batch.</summary>
    public void Score(OrtValue[] inputs, string[] inputNames, OrtValue[] outputs, string[] outputNames)
    {
        using var options = new RunOptions();
        _score.Run(options, inputNames, inputs, outputNames, outputs);
    }

    /// <summary>Whether a shape of three axes is that of such images; others are flat and can be any.</summary>
    public static bool IsImage(IReadOnlyList<long> shape, int channels, int height, int width) => shape.Count != 3 || (shape[0] == channels && shape[1] == height && shape[2] == width);

    public static OrtValue Wrap(float[] values, int batch, IReadOnlyList<long> shape) =>
        OrtValue.CreateTensorValueFromMemory(OrtMemoryInfo.DefaultInstance, values.AsMemory(0, (int)(batch * Product(shape))), [batch, .. shape]);

    public void Dispose()
    {
        _encoder?.Dispose();
        _features.Dispose();
        _step.Dispose();
        _score.Dispose();
    }

    private static long[] Measure(InferenceSession session, string input, IReadOnlyList<long> shape, string output)
    {
        using OrtValue value = Wrap(new float[checked((int)(2 * Product(shape)))], 2, shape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = RunOnce(session, options, input, value, output);
        long[] found = results[0].GetTensorTypeAndShape().Shape;
        if (found.Length < 2 || found[0] != 2) throw new UserErrorException(DataErrors.ModelOutputUnusable, $"A network of the latent search gives [{string.Join(", ", found)}] for two inputs; its first axis must be the batch.");
        return found[1..];
    }

    private static IDisposableReadOnlyCollection<OrtValue> RunOnce(InferenceSession session, RunOptions options, string input, OrtValue value, string output)
    {
        try
        {
            return session.Run(options, [input], [value], [output]);
        }
        catch (OnnxRuntimeException error)
        {
            throw new NotSupportedException(error.Message, error);
        }
    }

    private static long Product(IReadOnlyList<long> shape) => shape.Aggregate(1L, (product, length) => product * length);

    private static InferenceSession Load(byte[] model, ComputeDevice device)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = 1,
            InterOpNumThreads = 1,
            EnableMemoryPattern = true,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL,
        };
        CudaProvider.Apply(options, device);
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            return new InferenceSession(model, options);
        }
        catch (OnnxRuntimeException error)
        {
            throw new NotSupportedException(error.Message, error);
        }
    }
}
