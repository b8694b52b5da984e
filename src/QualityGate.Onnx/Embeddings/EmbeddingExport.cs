using QualityGate.Onnx.Networks;

namespace QualityGate.Onnx.Embeddings;

/// <summary>Embeddings as models that give them.</summary>
public static class EmbeddingExport
{
    /// <summary>Where features go in.</summary>
    public const string Features = "features";

    /// <summary>Where embeddings come out.</summary>
    public const string Embedding = "embedding";

    /// <summary>The weights come in as this input of <see cref="Evaluation"/>.</summary>
    public const string Weights = "weights";

    /// <summary>The head alone, from features to embeddings.</summary>
    public static byte[] Head(EmbeddingParameters parameters, FeatureProjection start, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        var graph = new GraphBuilder("embedding-head");
        string features = graph.Input(Features, OnnxElementType.Float, "batch", parameters.Shape.Features);
        Finish(graph, parameters, start, weights, features);
        return graph.ToModelBytes();
    }

    /// <summary>A model that gives features, composed with the head.</summary>
    /// <param name="model">The model, with the features as its only output.</param>
    /// <param name="features">The features.</param>
    /// <param name="parameters">The head.</param>
    /// <param name="start">Where the head starts from.</param>
    /// <param name="weights">Trained values, those of the network too when it was trained.</param>
    /// <returns>The model's bytes, and the name of the output that holds embeddings.</returns>
    public static (byte[] Bytes, string Output) Whole(OnnxModel model, string features, EmbeddingParameters parameters, FeatureProjection start, float[] weights)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(parameters);
        OnnxModel copy = OnnxModel.Load(model.ToBytes());
        foreach (OnnxConstant weight in parameters.Network?.Weights ?? [])
        {
            copy.ReplaceConstant(weight.Name, parameters.Weights.Values(weights, EmbeddingParameters.OfNetwork + weight.Name));
        }

        GraphBuilder graph = GraphBuilder.From(copy);
        foreach (OnnxTensorInfo output in copy.Outputs) graph.RemoveOutput(output.Name);
        string name = Finish(graph, parameters, start, weights, features);
        return (graph.ToModelBytes(), name);
    }

    /// <summary>From a batch of fixed size and a vector of weights to embeddings, for looks at a training between its steps.</summary>
    public static byte[] Evaluation(EmbeddingParameters parameters, FeatureProjection start, IReadOnlyList<long> batch)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(batch);
        var graph = new GraphBuilder("embedding");
        string input = graph.Input(EmbeddingStep.Batch, OnnxElementType.Float, [.. batch.Select(OnnxDimension.FromInt64)]);
        graph.Input(Weights, OnnxElementType.Float, parameters.Weights.Length);
        Dictionary<string, string> weights = parameters.Weights.Split(graph, Weights);
        string features = EmbeddingLayers.Features(graph, parameters, input, weights);
        string embedding = EmbeddingLayers.Embedding(graph, parameters, start, features, name => weights[name]);
        graph.Output(graph.Identity(embedding, Embedding), OnnxElementType.Float, OnnxDimension.FromInt64(batch[0]), parameters.Shape.Width);
        return graph.ToModelBytes();
    }

    private static string Finish(GraphBuilder graph, EmbeddingParameters parameters, FeatureProjection start, float[] weights, string features)
    {
        string embedding = EmbeddingLayers.Embedding(graph, parameters, start, features, name =>
        {
            FlatTensor item = parameters.Weights.Items.First(tensor => tensor.Name == name);
            return graph.Initializer(graph.UnusedName("head/" + name), parameters.Weights.Values(weights, name), [.. item.Shape]);
        });
        string output = graph.Identity(embedding, graph.UnusedName(Embedding));
        graph.Output(output, OnnxElementType.Float, "batch", parameters.Shape.Width);
        return output;
    }
}
