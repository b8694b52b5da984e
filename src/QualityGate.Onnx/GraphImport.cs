using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>Copies one model into a graph under other names.</summary>
internal sealed class GraphImport(
    GraphBuilder graph, OnnxModel model, string prefix, IReadOnlyDictionary<string, string> inputs, ImportedGraph? shared)
{
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    public ImportedGraph Run()
    {
        ModelProto copy = model.CloneProto();
        Check(copy.Graph);
        Align(copy);
        AddConstants(copy.Graph);
        AddInputs(copy.Graph);
        foreach (NodeProto node in copy.Graph.Node)
        {
            GraphNames.Rename(node, Rename);
            graph.Append(node);
        }

        string[] outputs = copy.Graph.Output.Select(output => Rename(output.Name)).ToArray();
        string[] weights = copy.Graph.Initializer.Select(tensor => _names[tensor.Name]).ToArray();
        return new ImportedGraph(_names, outputs, weights);
    }

    private void Check(GraphProto other)
    {
        HashSet<string> known = new(other.Input.Select(input => input.Name).Concat(other.Initializer.Select(tensor => tensor.Name)), StringComparer.Ordinal);
        foreach ((string input, string tensor) in inputs)
        {
            if (!known.Contains(input)) throw new ArgumentException($"The model has no input or constant '{input}'.");
            if (!graph.Has(tensor)) throw new ArgumentException($"The graph has no tensor '{tensor}'.");
            _names[input] = tensor;
        }
    }

    /// <summary>Nodes of one graph are written in one operator set: the newer of the two.</summary>
    private void Align(ModelProto copy)
    {
        graph.ImportDomains(copy.OpsetImport);
        OperatorSetUpgrade.Raise(copy, graph.OperatorSet);
        int version = OperatorSetUpgrade.Version(copy);
        if (version > graph.OperatorSet) graph.RaiseOperatorSet(version);
    }

    private void AddConstants(GraphProto other)
    {
        foreach (TensorProto tensor in other.Initializer)
        {
            if (_names.ContainsKey(tensor.Name)) continue;
            if (shared is not null && shared.TryGet(tensor.Name, out string? known))
            {
                _names[tensor.Name] = known;
                continue;
            }

            TensorProto copy = tensor.Clone();
            copy.Name = Rename(tensor.Name);
            graph.Append(copy);
        }
    }

    private void AddInputs(GraphProto other)
    {
        foreach (ValueInfoProto input in other.Input)
        {
            if (_names.ContainsKey(input.Name)) continue;
            ValueInfoProto copy = input.Clone();
            copy.Name = Rename(input.Name);
            graph.Append(copy);
        }
    }

    private string Rename(string name)
    {
        if (_names.TryGetValue(name, out string? known)) return known;
        string renamed = prefix + name;
        _names[name] = renamed;
        return renamed;
    }
}
