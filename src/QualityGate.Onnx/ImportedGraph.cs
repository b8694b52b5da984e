using System.Diagnostics.CodeAnalysis;

namespace QualityGate.Onnx;

/// <summary>Where the tensors of a model are in the graph that it was copied into.</summary>
public sealed class ImportedGraph
{
    private readonly IReadOnlyDictionary<string, string> _names;

    internal ImportedGraph(IReadOnlyDictionary<string, string> names, IReadOnlyList<string> outputs, IReadOnlyList<string> weights)
    {
        _names = names;
        Outputs = outputs;
        Weights = weights;
    }

    /// <summary>The model's outputs, in its order, by their names in the graph.</summary>
    public IReadOnlyList<string> Outputs { get; }

    /// <summary>The model's first output by its name in the graph.</summary>
    public string Output => Outputs[0];

    /// <summary>The model's constants by their names in the graph, in the model's order.</summary>
    public IReadOnlyList<string> Weights { get; }

    /// <summary>The name in the graph of a tensor of the model.</summary>
    /// <exception cref="ArgumentException">The model has no such tensor.</exception>
    public string this[string name] =>
        TryGet(name, out string? renamed) ? renamed : throw new ArgumentException($"The imported model has no tensor '{name}'.", nameof(name));

    internal bool TryGet(string name, [NotNullWhen(true)] out string? renamed) => _names.TryGetValue(name, out renamed);
}
