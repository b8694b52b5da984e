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

    /// <summary>
    /// The embedding: the features as they are and the head's numbers side by side, each brought to length 1 and weighed so that the cosine of two embeddings is
    /// the mean of both cosines by their shares. The loss sees the head alone.
    /// </summary>
    public static string Embedding(GraphBuilder graph, EmbeddingParameters parameters, FeatureProjection start, string features, Func<string, string> weight)
    {
        string learned = Head(graph, parameters, start, features, weight);
        double kept = parameters.Shape.Kept;
        if (kept <= 0) return learned;
        GraphMath math = new(graph);
        string asTheyAre = EmbeddingLoss.Normalised(math, graph.Flatten(features));
        return graph.Node("Concat", [math.Scale(asTheyAre, Math.Sqrt(kept)), math.Scale(learned, Math.Sqrt(1 - kept))], NodeParameter.Of("axis", 1L));
    }

    /// <summary>
    /// The head: what it starts from, and what is learned of it added, by one layer or two; brought to length 1. Since the learned part starts at 0 and weight decay
    /// draws it there, training moves away from the features only as far as it pays.
    /// </summary>
    public static string Head(GraphBuilder graph, EmbeddingParameters parameters, FeatureProjection start, string features, Func<string, string> weight)
    {
        EmbeddingShape shape = parameters.Shape;
        string mean = graph.Initializer(graph.UnusedName("head/mean"), start.Mean, shape.Features);
        string matrix = graph.Initializer(graph.UnusedName("head/start"), start.Matrix, shape.Features, shape.Dimensions);

        // Some networks leave axes of length 1 behind their features.
        string x = graph.MatMul(graph.Node("Sub", [graph.Flatten(features), mean]), matrix);
        string inner = shape.Hidden is null ? x : graph.Relu(graph.Gemm(x, weight("hidden.weight"), weight("hidden.bias")));
        string learned = graph.Gemm(inner, weight("embedding.weight"), weight("embedding.bias"));
        return EmbeddingLoss.Normalised(new GraphMath(graph), graph.Add(x, learned));
    }
}
