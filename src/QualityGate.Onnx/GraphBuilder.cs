using System.Globalization;
using System.Runtime.InteropServices;
using Google.Protobuf;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>
/// Builds an ONNX model in memory. Every method that adds a tensor returns its name, which is what other methods take, so a
/// graph reads as the formula it computes. The same calls give the same bytes on every machine.
/// </summary>
public sealed partial class GraphBuilder
{
    /// <summary>IR version 8 with operator set 17 (ONNX 1.12): read by every ONNX Runtime since 1.12.</summary>
    private const int IrVersion = 8;
    private const int BaseOperatorSet = 17;

    private readonly ModelProto _model;
    private readonly GraphProto _graph;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private int _unnamed;

    /// <summary>Starts an empty graph.</summary>
    /// <param name="name">The graph's name, shown by tools that draw models.</param>
    public GraphBuilder(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        _graph = new GraphProto { Name = name };
        _model = new ModelProto { IrVersion = IrVersion, ProducerName = "QualityGate", Graph = _graph };
        _model.OpsetImport.Add(new OperatorSetIdProto { Domain = "", Version = BaseOperatorSet });
    }

    /// <summary>Adds an input.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="type">What it is made of.</param>
    /// <param name="shape">Its axes; a string makes a free axis.</param>
    /// <returns>The name.</returns>
    public string Input(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        Claim(name);
        _graph.Input.Add(ProtoConversion.ToValueInfo(new OnnxTensorInfo(name, type, shape.ToArray())));
        return name;
    }

    /// <summary>Declares an existing tensor to be an output.</summary>
    /// <param name="name">A tensor of this graph.</param>
    /// <param name="type">What it is made of.</param>
    /// <param name="shape">Its axes; a string makes a free axis.</param>
    /// <returns>This builder.</returns>
    public GraphBuilder Output(string name, OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        RequireKnown(name);
        _graph.Output.Add(ProtoConversion.ToValueInfo(new OnnxTensorInfo(name, type, shape.ToArray())));
        return this;
    }

    /// <summary>Adds a constant float32 tensor.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="values">Its values, row-major.</param>
    /// <param name="shape">Its lengths, whose product is the number of values.</param>
    /// <returns>The name.</returns>
    public string Initializer(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> shape) =>
        AddInitializer(name, OnnxElementType.Float, values, shape);

    /// <inheritdoc cref="Initializer(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public string Initializer(string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> shape) =>
        AddInitializer(name, OnnxElementType.Double, values, shape);

    /// <inheritdoc cref="Initializer(string, ReadOnlySpan{float}, ReadOnlySpan{long})"/>
    public string Initializer(string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> shape) =>
        AddInitializer(name, OnnxElementType.Int64, values, shape);

    /// <summary>Adds a node of any operator with one output.</summary>
    /// <param name="operation">The operator's name in ONNX, such as <c>Softmax</c>.</param>
    /// <param name="inputs">Tensors of this graph; an empty string leaves out an optional input.</param>
    /// <param name="parameters">The node's constants.</param>
    /// <returns>The name of its output.</returns>
    public string Node(string operation, ReadOnlySpan<string> inputs, params ReadOnlySpan<NodeParameter> parameters) =>
        AddNode(operation, NextName(operation), inputs, parameters);

    /// <summary>Adds a node of any operator with several outputs.</summary>
    /// <param name="operation">The operator's name in ONNX, such as <c>Split</c>.</param>
    /// <param name="outputs">How many of its outputs are wanted, from the first on.</param>
    /// <param name="inputs">Tensors of this graph; an empty string leaves out an optional input.</param>
    /// <param name="parameters">The node's constants.</param>
    /// <returns>The names of its outputs.</returns>
    public IReadOnlyList<string> NodeWithOutputs(string operation, int outputs, ReadOnlySpan<string> inputs, params ReadOnlySpan<NodeParameter> parameters)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(outputs, 1);
        string first = AddNode(operation, NextName(operation), inputs, parameters);
        NodeProto node = _graph.Node[^1];
        for (int i = 1; i < outputs; i++)
        {
            string output = UnusedName(string.Create(CultureInfo.InvariantCulture, $"{first}_{i}"));
            Claim(output);
            node.Output.Add(output);
        }

        return node.Output.ToArray();
    }

    /// <summary>The model as the bytes of an .onnx file.</summary>
    /// <exception cref="InvalidOperationException">The graph has no output.</exception>
    public byte[] ToModelBytes()
    {
        if (_graph.Output.Count == 0) throw new InvalidOperationException("A graph needs at least one output.");
        return _model.ToByteArray();
    }

    private string AddNode(string operation, string output, ReadOnlySpan<string> inputs, ReadOnlySpan<NodeParameter> parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        var node = new NodeProto { OpType = operation, Name = output, Output = { output } };
        foreach (string input in inputs)
        {
            RequireKnown(input);
            node.Input.Add(input);
        }

        foreach (NodeParameter parameter in parameters) node.Attribute.Add(parameter.ToProto());
        Claim(output);
        _graph.Node.Add(node);
        return output;
    }

    private string AddInitializer<T>(string name, OnnxElementType type, ReadOnlySpan<T> values, ReadOnlySpan<long> shape)
        where T : unmanaged
    {
        long length = 1;
        foreach (long axis in shape) length = checked(length * axis);
        if (length != values.Length) throw new ArgumentException($"Tensor '{name}' has {values.Length} values where its shape holds {length}.", nameof(values));
        Claim(name);
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = LittleEndianBytes(values) };
        tensor.Dims.AddRange(shape.ToArray());
        _graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>ONNX stores raw values little-endian on every machine.</summary>
    private static ByteString LittleEndianBytes<T>(ReadOnlySpan<T> values)
        where T : unmanaged
    {
        byte[] bytes = MemoryMarshal.AsBytes(values).ToArray();
        if (!BitConverter.IsLittleEndian)
        {
            int width = bytes.Length / Math.Max(1, values.Length);
            for (int i = 0; i < bytes.Length; i += width) bytes.AsSpan(i, width).Reverse();
        }

        return UnsafeByteOperations.UnsafeWrap(bytes);
    }

    private string NextName(string operation)
    {
        string name;
        do
        {
            name = string.Create(CultureInfo.InvariantCulture, $"{operation}_{_unnamed++}");
        }
        while (_names.Contains(name));
        return name;
    }

    private void Claim(string name)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        if (!_names.Add(name)) throw new ArgumentException($"The graph already has a tensor '{name}'.", nameof(name));
    }

    private void RequireKnown(string name)
    {
        if (name.Length > 0 && !_names.Contains(name)) throw new ArgumentException($"The graph has no tensor '{name}'.", nameof(name));
    }
}
