using QualityGate.Onnx.Gradients;

namespace QualityGate.Onnx.Embeddings;

/// <summary>
/// A loss of metric learning as nodes of a graph, over the embeddings of a batch and their classes. Cosine similarity throughout: embeddings and proxies
/// come in as they are and are brought to length 1 by the loss.
/// </summary>
public abstract record EmbeddingLoss
{
    // Far below any exponent that counts, and far above float32's lowest number.
    private const double Nothing = -1e4;
    private const double NormFloor = 1e-12;

    /// <summary>The loss's name on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>Whether each class has a proxy that is trained with the embedding.</summary>
    public abstract bool HasProxies { get; }

    /// <summary>The loss's own parameters as text.</summary>
    public abstract IReadOnlyList<(string Name, string Value)> Parameters { get; }

    /// <summary>Appends the loss.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="embeddings"><c>[batch, dimensions]</c>.</param>
    /// <param name="classes">One row an image, 1 in the column of its class and 0 elsewhere: <c>[batch, classes]</c>.</param>
    /// <param name="proxies"><c>[classes, dimensions]</c>, or null for a loss without.</param>
    /// <returns>The name of a scalar.</returns>
    public string Append(GraphBuilder graph, string embeddings, string classes, string? proxies)
    {
        ArgumentNullException.ThrowIfNull(graph);
        if (HasProxies != proxies is not null) throw new ArgumentException($"The loss {Name} takes {(HasProxies ? "" : "no ")}proxies.", nameof(proxies));
        GraphMath math = new(graph);
        return Append(math, Normalised(math, embeddings), classes, proxies is null ? null : Normalised(math, proxies));
    }

    /// <summary>Rows brought to length 1.</summary>
    internal static string Normalised(GraphMath math, string rows)
    {
        string square = math.ReduceSum(math.Mul(rows, rows), keepAxes: true, 1);
        return math.Div(rows, math.One("Sqrt", math.Add(square, math.Scalar(NormFloor, rows))));
    }

    private protected abstract string Append(GraphMath math, string embeddings, string classes, string? proxies);

    /// <summary>log(1 + sum of exp(x) where the mask is 1) over one axis; it cannot overflow, and is 0 where the mask is.</summary>
    private protected static string LogOfSum(GraphMath math, string x, string mask, int axis)
    {
        string left = math.Add(math.Mul(x, mask), math.Scale(Complement(math, mask), Nothing));
        string sum = math.Unsqueeze(LogSumExp(math, left, axis), 1);

        // The 1 is exp(0). Softplus would do, had the runtime one in float64, in which the losses are tested.
        return LogSumExp(math, math.Graph.Node("Concat", [sum, math.ZerosLike(sum)], NodeParameter.Of("axis", 1L)), axis: 1);
    }

    private static string LogSumExp(GraphMath math, string x, int axis) => math.Graph.OperatorSet >= OperatorSetUpgrade.ReductionAxesAreInputs
        ? math.Graph.Node("ReduceLogSumExp", [x, math.Integers(axis)], NodeParameter.Of("keepdims", 0L))
        : math.One("ReduceLogSumExp", x, NodeParameter.Of("axes", [axis]), NodeParameter.Of("keepdims", 0L));

    private protected static string Complement(GraphMath math, string mask) => math.Sub(math.Scalar(1, mask), mask);
}
