namespace QualityGate.Onnx.Networks;

/// <summary>A tensor's place in a vector that holds many.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Shape">Its lengths.</param>
/// <param name="Start">Where its values begin.</param>
public sealed record FlatTensor(string Name, IReadOnlyList<long> Shape, int Start)
{
    /// <summary>How many values it has.</summary>
    public int Length { get; } = checked((int)Shape.Aggregate(1L, (product, axis) => checked(product * axis)));
}

/// <summary>
/// Tensors laid one after the other in one vector: an optimiser's step is then a few operators on one vector instead of as many for each
/// tensor, and a checkpoint is a few vectors.
/// </summary>
public sealed class FlatTensors
{
    private readonly List<FlatTensor> _items = [];

    /// <summary>The tensors, in order.</summary>
    public IReadOnlyList<FlatTensor> Items => _items;

    /// <summary>Values in all.</summary>
    public int Length { get; private set; }

    /// <summary>The values of one tensor.</summary>
    /// <exception cref="ArgumentException">There is no tensor of the name.</exception>
    public ReadOnlySpan<float> Values(ReadOnlySpan<float> all, string name)
    {
        FlatTensor item = _items.Find(tensor => tensor.Name == name) ?? throw new ArgumentException($"There is no tensor '{name}'.", nameof(name));
        return all.Slice(item.Start, item.Length);
    }

    internal void Add(string name, params ReadOnlySpan<long> shape)
    {
        FlatTensor item = new(name, shape.ToArray(), Length);
        _items.Add(item);
        Length = checked(Length + item.Length);
    }

    /// <summary>Adds nodes that take the vector apart; returns each tensor's name in the graph by its own.</summary>
    internal Dictionary<string, string> Split(GraphBuilder graph, string vector)
    {
        string lengths = graph.Integers(_items.Select(item => (long)item.Length).ToArray());
        IReadOnlyList<string> parts = graph.NodeWithOutputs("Split", _items.Count, [vector, lengths], NodeParameter.Of("axis", 0));
        Dictionary<string, string> named = new(StringComparer.Ordinal);
        for (int i = 0; i < _items.Count; i++)
        {
            named[_items[i].Name] = graph.Node("Reshape", [parts[i], graph.Integers(_items[i].Shape.ToArray())]);
        }

        return named;
    }

    /// <summary>Adds nodes that join tensors to the vector.</summary>
    internal string Join(GraphBuilder graph, Func<string, string> tensor)
    {
        string flat = graph.Integers([-1]);
        string[] parts = [.. _items.Select(item => graph.Node("Reshape", [tensor(item.Name), flat]))];
        return graph.Node("Concat", parts, NodeParameter.Of("axis", 0));
    }
}
