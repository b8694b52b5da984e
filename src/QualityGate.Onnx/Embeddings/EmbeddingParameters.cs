using QualityGate.Onnx.Networks;

namespace QualityGate.Onnx.Embeddings;

/// <summary>What is trained: the head, the network before it when there is one, and the classes' proxies when the loss has any. Each of both is one vector.</summary>
public sealed class EmbeddingParameters
{
    internal const string OfNetwork = "network/";

    // Streams of random numbers, one a tensor.
    private const int HiddenLayer = 1, ProxyLayer = 2;

    /// <summary>Lays the tensors out.</summary>
    /// <param name="shape">The sizes.</param>
    /// <param name="loss">The loss that they are trained by.</param>
    /// <param name="network">The network before the head, or null.</param>
    public EmbeddingParameters(EmbeddingShape shape, EmbeddingLoss loss, TrainableNetwork? network)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(loss);
        (Shape, Loss, Network) = (shape, loss, network);
        foreach (OnnxConstant weight in network?.Weights ?? []) Weights.Add(OfNetwork + weight.Name, [.. weight.Shape]);
        int width = shape.Dimensions;
        if (shape.Hidden is { } hidden)
        {
            Weights.Add("hidden.weight", shape.Dimensions, hidden);
            Weights.Add("hidden.bias", hidden);
            width = hidden;
        }

        Weights.Add("embedding.weight", width, shape.Dimensions);
        Weights.Add("embedding.bias", shape.Dimensions);
        if (loss.HasProxies) Proxies.Add("proxies", shape.Classes, shape.Dimensions);
    }

    /// <summary>The sizes.</summary>
    public EmbeddingShape Shape { get; }

    /// <summary>The loss.</summary>
    public EmbeddingLoss Loss { get; }

    /// <summary>The network before the head, or null.</summary>
    public TrainableNetwork? Network { get; }

    /// <summary>Weights of network and head.</summary>
    public FlatTensors Weights { get; } = new();

    /// <summary>The proxies; empty for a loss without.</summary>
    public FlatTensors Proxies { get; } = new();

    /// <summary>
    /// The weights before the first step: the network's own; of a hidden layer drawn so that values keep their scale (He's deviation); all else 0, so that the head
    /// gives what it starts from.
    /// </summary>
    public float[] InitialWeights(long seed)
    {
        float[] values = new float[Weights.Length];
        Dictionary<string, OnnxConstant> known = (Network?.Weights ?? []).ToDictionary(weight => OfNetwork + weight.Name, StringComparer.Ordinal);
        foreach (FlatTensor item in Weights.Items)
        {
            if (known.TryGetValue(item.Name, out OnnxConstant? constant)) constant.ToFloats().CopyTo(values, item.Start);
            else if (item.Name == "hidden.weight") NormalWeights.Draw(seed, HiddenLayer, item.Length, Math.Sqrt(2.0 / item.Shape[0])).CopyTo(values, item.Start);
        }

        return values;
    }

    /// <summary>The proxies before the first step, of lengths about 1.</summary>
    public float[] InitialProxies(long seed) => NormalWeights.Draw(seed, ProxyLayer, Proxies.Length, Math.Sqrt(1.0 / Shape.Dimensions));
}
