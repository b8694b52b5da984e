namespace QualityGate.Onnx.Gradients;

/// <summary>
/// Differentiates ONNX graphs: appends the nodes that compute, backwards from a loss, its derivatives with respect to inputs,
/// constants or any tensor between. See docs/gradients.md for the operators that have a rule.
/// </summary>
public static class GraphGradient
{
    /// <summary>Adds the gradients of a scalar loss to a copy of a model, as outputs named <c>grad/TENSOR</c>.</summary>
    /// <param name="model">The model, which is left as it is.</param>
    /// <param name="loss">A tensor of one element.</param>
    /// <param name="withRespectTo">Inputs, constants or computed tensors.</param>
    /// <returns>The model and the gradients' names.</returns>
    /// <exception cref="GradientNotSupportedException">A node on the way has no known derivative.</exception>
    /// <exception cref="ArgumentException">A name is not known, the loss is no scalar, or does not depend on a tensor.</exception>
    public static GradientResult Add(OnnxModel model, string loss, IReadOnlyList<string> withRespectTo)
    {
        GraphBuilder graph = GraphBuilder.From(model);
        return Finish(graph, Add(graph, loss, withRespectTo));
    }

    /// <summary>
    /// Adds a vector-Jacobian product to a copy of a model: the gradients of the sum over all seeds of
    /// <c>sum(tensor * seed)</c>. Each tensor gets an input <c>seed/TENSOR</c> of its shape.
    /// </summary>
    /// <param name="model">The model, which is left as it is.</param>
    /// <param name="seeded">Tensors whose own gradients the caller gives when the model runs.</param>
    /// <param name="withRespectTo">Inputs, constants or computed tensors.</param>
    /// <returns>The model and the gradients' names.</returns>
    /// <exception cref="GradientNotSupportedException">A node on the way has no known derivative.</exception>
    /// <exception cref="ArgumentException">A name is not known, or no seeded tensor depends on a tensor.</exception>
    public static GradientResult AddSeeded(OnnxModel model, IReadOnlyList<string> seeded, IReadOnlyList<string> withRespectTo)
    {
        ArgumentNullException.ThrowIfNull(seeded);
        GraphBuilder graph = GraphBuilder.From(model);
        var math = new GraphMath(graph);
        Dictionary<string, string> seeds = new(StringComparer.Ordinal);
        foreach (string tensor in seeded)
        {
            Facts.TensorFacts facts = math.Facts[tensor];
            if (facts.Shape is not { } shape) throw new ArgumentException($"The shape of '{tensor}' is not known.", nameof(seeded));
            seeds[tensor] = graph.Input(graph.UnusedName("seed/" + tensor), facts.Type, shape.Select(WithoutInventedName).ToArray());
        }

        return Finish(graph, AddSeeded(graph, seeds, withRespectTo));
    }

    /// <summary>Appends the gradients of a scalar loss to a graph that is being built. They do not become outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="loss">A tensor of one element.</param>
    /// <param name="withRespectTo">Inputs, constants or computed tensors.</param>
    /// <returns>The gradient's name by the tensor's.</returns>
    /// <exception cref="GradientNotSupportedException">A node on the way has no known derivative.</exception>
    /// <exception cref="ArgumentException">A name is not known, the loss is no scalar, or does not depend on a tensor.</exception>
    public static IReadOnlyDictionary<string, string> Add(GraphBuilder graph, string loss, IReadOnlyList<string> withRespectTo)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(withRespectTo);
        if (!graph.Has(loss)) throw new ArgumentException($"The graph has no tensor '{loss}'.", nameof(loss));
        var math = new GraphMath(graph);
        if (math.Facts[loss].Shape is { } shape && shape.Any(axis => axis.Length is not 1))
        {
            throw new ArgumentException($"The loss '{loss}' is not a scalar but [{string.Join(", ", shape)}].", nameof(loss));
        }

        return new Backpropagation(math).Run(new Dictionary<string, string> { [loss] = math.OnesLike(loss) }, withRespectTo);
    }

    /// <summary>Appends a vector-Jacobian product to a graph that is being built. The gradients do not become outputs.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="seeds">By tensor, the tensor of its shape that holds its gradient.</param>
    /// <param name="withRespectTo">Inputs, constants or computed tensors.</param>
    /// <returns>The gradient's name by the tensor's.</returns>
    /// <exception cref="GradientNotSupportedException">A node on the way has no known derivative.</exception>
    /// <exception cref="ArgumentException">A name is not known, or no seeded tensor depends on a tensor.</exception>
    public static IReadOnlyDictionary<string, string> AddSeeded(
        GraphBuilder graph, IReadOnlyDictionary<string, string> seeds, IReadOnlyList<string> withRespectTo)
    {
        ArgumentNullException.ThrowIfNull(graph);
        ArgumentNullException.ThrowIfNull(seeds);
        ArgumentNullException.ThrowIfNull(withRespectTo);
        foreach (string name in seeds.Keys.Concat(seeds.Values))
        {
            if (!graph.Has(name)) throw new ArgumentException($"The graph has no tensor '{name}'.", nameof(seeds));
        }

        return new Backpropagation(new GraphMath(graph)).Run(seeds, withRespectTo);
    }

    private static GradientResult Finish(GraphBuilder graph, IReadOnlyDictionary<string, string> gradients)
    {
        Dictionary<string, string> named = new(StringComparer.Ordinal);
        foreach ((string tensor, string gradient) in gradients)
        {
            named[tensor] = graph.Identity(gradient, graph.UnusedName("grad/" + tensor));
            graph.Output(named[tensor]);
        }

        return new GradientResult(graph.ToModel(), named);
    }

    private static OnnxDimension WithoutInventedName(OnnxDimension axis) =>
        axis.Name is { } name && name.StartsWith('?') ? new OnnxDimension(null, null) : axis;
}
