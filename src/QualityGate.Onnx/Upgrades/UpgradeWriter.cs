using System.Runtime.InteropServices;
using Google.Protobuf;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>The graph that an upgrade writes: its nodes in order, and new constants.</summary>
internal sealed class UpgradeWriter(GraphProto graph, Func<string, string> unused, Action<string> claim)
{
    private readonly List<NodeProto> _followers = [];
    private Dictionary<string, int>? _uses;

    public List<NodeProto> Nodes { get; } = [];

    public string NewName(string wanted)
    {
        string name = unused(wanted);
        claim(name);
        return name;
    }

    public string Constant(string wanted, ReadOnlySpan<long> values) =>
        Constant(wanted, OnnxElementType.Int64, MemoryMarshal.AsBytes(values), values.Length);

    public string Constant(string wanted, ReadOnlySpan<float> values) =>
        Constant(wanted, OnnxElementType.Float, MemoryMarshal.AsBytes(values), values.Length);

    public string Scalar(string wanted, float value) =>
        Constant(wanted, OnnxElementType.Float, MemoryMarshal.AsBytes(new ReadOnlySpan<float>(in value)), length: null);

    /// <summary>Sets an input, filling the places before it with inputs left out.</summary>
    public static void SetInput(NodeProto node, int index, string name)
    {
        while (node.Input.Count <= index) node.Input.Add("");
        node.Input[index] = name;
    }

    /// <summary>Turns an attribute of integers, if the node has it, into the input at a place.</summary>
    public void AttributeToInput(NodeProto node, string attribute, int index)
    {
        if (node.Take(attribute) is not { } found) return;
        SetInput(node, index, Constant(node.Output[0] + "_" + attribute, found.Ints.ToArray()));
    }

    /// <summary>Adds a node that comes after the one being upgraded.</summary>
    public void Follow(NodeProto node) => _followers.Add(node);

    public void AddFollowers()
    {
        Nodes.AddRange(_followers);
        _followers.Clear();
    }

    public bool IsUsed(string name)
    {
        _uses ??= graph.Node.SelectMany(GraphNames.Reads).Concat(graph.Output.Select(output => output.Name))
            .GroupBy(item => item, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Count(), StringComparer.Ordinal);
        return _uses.ContainsKey(name);
    }

    /// <summary>The values of a constant, or null when the tensor is computed.</summary>
    public double[]? Values(string name) =>
        graph.Initializer.FirstOrDefault(tensor => tensor.Name == name) is { } constant ? Facts.ConstantValues.Read(constant)
        : Nodes.FirstOrDefault(node => node.OpType == "Constant" && node.Output[0] == name)?.Find("value")?.T is { } value ? Facts.ConstantValues.Read(value)
        : null;

    private string Constant(string wanted, OnnxElementType type, ReadOnlySpan<byte> bytes, int? length)
    {
        // Raw values are little-endian; every platform that .NET and ONNX Runtime share is too.
        var tensor = new TensorProto { Name = NewName(wanted), DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        if (length is { } axis) tensor.Dims.Add(axis);
        graph.Initializer.Add(tensor);
        return tensor.Name;
    }
}
