using QualityGate.Onnx.Gradients;

namespace QualityGate.Onnx.Embeddings;

/// <summary>From images or features to embeddings of length 1, as nodes.</summary>
internal static class EmbeddingLayers
{
    /// <summary>The features of images, by weights of one's own.</summary>
    public static string Features(GraphBuilder graph, EmbeddingParameters parameters, string input, IReadOnlyDictionary<string, string> weights)
    {
        if (parameters.Network is not { } network) return input;
        Dictionary<string, string> given = network.Weights.ToDictionary(weight => weight.Name, weight => weights[EmbeddingParameters.OfNetwork + weight.Name], StringComparer.Ordinal);
        given[network.Input] = input;
        return graph.Import(network.Model, "net/", given)[network.Features];
    }

    /// <summary>The head: scaled features, a hidden layer if there is one, the embedding, brought to length 1.</summary>
    public static string Head(GraphBuilder graph, EmbeddingParameters parameters, FeatureScaling scaling, string features, Func<string, string> weight)
    {
        int width = parameters.Shape.Features;
        string mean = graph.Initializer(graph.UnusedName("head/mean"), scaling.Mean, width), scale = graph.Initializer(graph.UnusedName("head/scale"), scaling.Scale, width);

        // Some networks leave axes of length 1 behind their features.
        string x = graph.Node("Mul", [graph.Node("Sub", [graph.Flatten(features), mean]), scale]);
        if (parameters.Shape.Hidden is not null) x = graph.Relu(graph.Gemm(x, weight("hidden.weight"), weight("hidden.bias")));
        return EmbeddingLoss.Normalised(new GraphMath(graph), graph.Gemm(x, weight("embedding.weight"), weight("embedding.bias")));
    }
}
