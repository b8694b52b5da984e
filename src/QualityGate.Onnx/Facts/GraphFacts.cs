using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>
/// A small shape inference: walks the nodes in order and keeps what is known of each tensor's type, shape and, for the shape
/// arithmetic of exporters, values. Where it knows nothing it believes what the model declares. Nodes that are appended later are
/// read on the next question.
/// </summary>
internal sealed class GraphFacts
{
    /// <summary>Longer constants are never the shape, axes or scales of anything.</summary>
    private const int MostValues = 64;

    private readonly GraphProto _graph;
    private readonly Dictionary<string, TensorFacts> _facts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TensorFacts> _declared = new(StringComparer.Ordinal);
    private readonly NodeInference _inference;
    private int _nodesRead;
    private int _constantsRead;

    public GraphFacts(GraphProto graph)
    {
        _graph = graph;
        _inference = new NodeInference(name => _facts.GetValueOrDefault(name, TensorFacts.Unknown));
        foreach (ValueInfoProto info in graph.Output.Concat(graph.ValueInfo)) _declared[info.Name] = Declared(info);
        foreach (ValueInfoProto input in graph.Input) _facts[input.Name] = Declared(input);
    }

    public TensorFacts this[string name]
    {
        get
        {
            ReadNew();
            return _facts.GetValueOrDefault(name, TensorFacts.Unknown);
        }
    }

    public static TensorFacts OfConstant(TensorProto tensor)
    {
        bool isSmall = tensor.Dims.Count <= 1 && tensor.Dims.Aggregate(1L, (product, axis) => product * axis) <= MostValues;
        Quantity[]? values = isSmall ? ConstantValues.Read(tensor)?.Select(value => (Quantity)value).ToArray() : null;
        return new TensorFacts((OnnxElementType)tensor.DataType, tensor.Dims.Select(OnnxDimension.FromInt64).ToArray(), values);
    }

    private void ReadNew()
    {
        for (; _constantsRead < _graph.Initializer.Count; _constantsRead++)
        {
            TensorProto tensor = _graph.Initializer[_constantsRead];
            _facts[tensor.Name] = OfConstant(tensor);
        }

        for (; _nodesRead < _graph.Node.Count; _nodesRead++) Read(_graph.Node[_nodesRead]);
    }

    private void Read(NodeProto node)
    {
        TensorFacts[] known = _inference.Infer(node);
        for (int i = 0; i < node.Output.Count; i++)
        {
            string name = node.Output[i];
            TensorFacts facts = i < known.Length ? known[i] : TensorFacts.Unknown;
            TensorFacts declared = _declared.GetValueOrDefault(name, TensorFacts.Unknown);
            _facts[name] = facts with
            {
                Type = facts.Type == OnnxElementType.Undefined ? declared.Type : facts.Type,
                Shape = facts.Shape ?? declared.Shape,
            };
        }
    }

    private TensorFacts Declared(ValueInfoProto proto)
    {
        OnnxTensorInfo info = ProtoConversion.ToTensorInfo(proto);
        OnnxDimension[]? shape = info.Shape?.Select(axis => axis.Length is null && string.IsNullOrEmpty(axis.Name) ? _inference.Free() : axis).ToArray();
        return new TensorFacts(info.ElementType, shape);
    }
}
