namespace QualityGate.Onnx.Networks;

/// <summary>What batch normalisations of a DCGAN have in common, in training and after it.</summary>
internal static class BatchStatistics
{
    /// <summary>Added to variances.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>How much of a running statistic each batch keeps.</summary>
    private const float Momentum = 0.9f;

    /// <summary>A running statistic after the statistics <c>[groups, 1, channels]</c> of so many batches.</summary>
    public static string Running(GraphBuilder graph, string before, string batches, int groups)
    {
        string kept = Scalar(graph, "momentum", Momentum), added = Scalar(graph, "momentum-rest", 1 - Momentum);
        string after = before;
        for (int group = 0; group < groups; group++)
        {
            string one = graph.Node("Slice", [batches, graph.Integers([group]), graph.Integers([group + 1]), graph.Integers([0])]);
            one = graph.Node("Reshape", [one, graph.Integers([-1])]);
            after = graph.Add(graph.Node("Mul", [after, kept]), graph.Node("Mul", [one, added]));
        }

        return after;
    }

    /// <summary>The constant that is added to variances.</summary>
    public static string EpsilonOf(GraphBuilder graph) => Scalar(graph, "variance-epsilon", (float)Epsilon);

    /// <summary>A layer's normalisation by running statistics.</summary>
    public static string Normalise(GraphBuilder graph, string layer, string input, Func<string, string> tensor) => graph.Node(
        "BatchNormalization",
        [input, tensor(layer + ".gain"), tensor(layer + ".bias"), tensor(layer + ".mean"), tensor(layer + ".variance")],
        NodeParameter.Of("epsilon", (float)Epsilon));

    private static string Scalar(GraphBuilder graph, string name, float value) => graph.Has(name) ? name : graph.Initializer(name, [value]);
}
