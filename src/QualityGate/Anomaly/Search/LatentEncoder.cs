using Microsoft.ML.OnnxRuntime;
using QualityGate.Onnx;

namespace QualityGate.Anomaly.Search;

/// <summary>A network that guesses the latent vector of an image.</summary>
internal sealed class LatentEncoder : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string _input;
    private readonly string _output;
    private readonly long[] _imageShape;
    private readonly int _latentLength;

    /// <summary>Takes a loaded network.</summary>
    /// <param name="model">The network, for its names and shapes.</param>
    /// <param name="session">The same, loaded; disposed with this.</param>
    /// <param name="imageLength">Values of an image.</param>
    /// <param name="latentLength">Values of a latent vector.</param>
    /// <exception cref="ArgumentException">It does not take such images or give such vectors.</exception>
    public LatentEncoder(OnnxModel model, InferenceSession session, int imageLength, int latentLength)
    {
        (_session, _latentLength) = (session, latentLength);
        OnnxTensorInfo input = model.Inputs is [{ } only] ? only : throw new ArgumentException($"The encoder has {model.Inputs.Count} inputs; it must have one.", nameof(model));
        if (input.Shape is not { Count: > 1 } shape || shape.Skip(1).Any(axis => axis.Length is null) || shape.Skip(1).Aggregate(1L, (a, axis) => a * axis.Length!.Value) != imageLength)
            throw new ArgumentException($"Input '{input.Name}' of the encoder is {input.ShapeText}; it must take images of {imageLength} values.", nameof(model));
        if (input.Shape[0].Length is not null || input.ElementType != OnnxElementType.Float)
            throw new ArgumentException($"Input '{input.Name}' of the encoder is {input.ShapeText} of {input.ElementType}; it must be float32 with a free batch axis.", nameof(model));
        _imageShape = [.. shape.Skip(1).Select(axis => axis.Length!.Value)];
        _input = input.Name;
        _output = model.Outputs[0].Name;
        try
        {
            Run(new float[2 * imageLength], new float[2 * latentLength], 2);
        }
        catch (OnnxRuntimeException error)
        {
            throw new NotSupportedException($"The encoder cannot be run: {error.Message}", error);
        }
    }

    /// <summary>Latent vectors of a batch.</summary>
    public void Run(float[] images, float[] latents, int batch)
    {
        using OrtValue image = LatentSessions.Wrap(images, batch, _imageShape);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = _session.Run(options, [_input], [image], [_output]);
        ReadOnlySpan<float> found = results[0].GetTensorDataAsSpan<float>();
        if (found.Length != batch * _latentLength) throw new ArgumentException($"The encoder gives {found.Length / batch} values of an image, but the generator takes {_latentLength}.", nameof(latents));
        found.CopyTo(latents);
    }

    public void Dispose() => _session.Dispose();
}
