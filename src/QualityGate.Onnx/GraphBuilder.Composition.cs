using System.Globalization;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <content>Building on models that exist already.</content>
public sealed partial class GraphBuilder
{
    private GraphBuilder(ModelProto model)
    {
        _model = model;
        _graph = model.Graph;
        foreach (string name in GraphNames.All(_graph)) _names.Add(name);
    }

    /// <summary>The version of ONNX' operators that nodes are written in: 17, or that of the newest model taken in.</summary>
    public int OperatorSet => (int)_model.OpsetImport.First(set => OperatorSetUpgrade.IsStandard(set.Domain)).Version;

    internal GraphProto Graph => _graph;

    /// <summary>
    /// Starts from a copy of a model, whose tensors keep their names. Nodes of operator sets before 17 are rewritten for 17.
    /// </summary>
    /// <param name="model">The model, which is left as it is.</param>
    /// <returns>A builder that holds the model's graph with its outputs.</returns>
    /// <exception cref="NotSupportedException">The operator set is older than 7, or a node has no form in a newer one.</exception>
    public static GraphBuilder From(OnnxModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        ModelProto copy = model.CloneProto();
        OperatorSetUpgrade.Raise(copy, BaseOperatorSet);
        copy.IrVersion = Math.Max(copy.IrVersion, IrVersion);
        return new GraphBuilder(copy);
    }

    /// <summary>The graph as a model.</summary>
    /// <exception cref="InvalidOperationException">The graph has no output.</exception>
    public OnnxModel ToModel() => OnnxModel.Load(ToModelBytes());

    /// <summary>Whether the graph has a tensor of this name.</summary>
    public bool Has(string name) => _names.Contains(name);

    /// <summary>
    /// Copies a model's nodes and constants into this graph. Every name gets the prefix, except inputs that are connected to
    /// tensors of this graph; inputs that are not become inputs of this graph. The model's outputs do not become outputs.
    /// </summary>
    /// <param name="model">The model, which is left as it is.</param>
    /// <param name="prefix">Put before every name, such as <c>D1/</c>.</param>
    /// <param name="inputs">Which tensor of this graph stands for which input, or constant, of the model.</param>
    /// <param name="shareWeightsWith">An earlier import of the same model, whose constants are used again; null for own ones.</param>
    /// <returns>What the model's tensors are called in this graph.</returns>
    /// <exception cref="ArgumentException">A name is not known, or the prefix makes a name that is taken.</exception>
    public ImportedGraph Import(OnnxModel model, string prefix, IReadOnlyDictionary<string, string> inputs, ImportedGraph? shareWeightsWith = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(prefix);
        ArgumentNullException.ThrowIfNull(inputs);
        return new GraphImport(this, model, prefix, inputs, shareWeightsWith).Run();
    }

    /// <summary>
    /// Makes a constant an input that a caller must give, so that the weights of a network can be trained.
    /// </summary>
    /// <param name="name">A constant of this graph.</param>
    /// <returns>The values it had; read them with <see cref="OnnxConstant.ToFloats"/>.</returns>
    /// <exception cref="ArgumentException">The graph has no such constant.</exception>
    public OnnxConstant ConstantToInput(string name)
    {
        TensorProto tensor = _graph.Initializer.FirstOrDefault(item => item.Name == name)
            ?? throw new ArgumentException($"The graph has no constant '{name}'.", nameof(name));
        _graph.Initializer.Remove(tensor);
        if (_graph.Input.All(input => input.Name != name))
        {
            OnnxDimension[] shape = tensor.Dims.Select(OnnxDimension.FromInt64).ToArray();
            _graph.Input.Add(ProtoConversion.ToValueInfo(new OnnxTensorInfo(name, (OnnxElementType)tensor.DataType, shape)));
        }

        return new OnnxConstant(tensor);
    }

    /// <summary>Makes an existing tensor, a constant too, an output; its type and shape are left for the runtime to infer.</summary>
    /// <returns>This builder.</returns>
    public GraphBuilder Output(string name)
    {
        RequireKnown(name);
        if (_graph.Output.Any(output => output.Name == name)) return this;

        // A runtime infers what nodes compute, but takes the declared type of a constant or an input that is also an output.
        ValueInfoProto? known = _graph.Input.Concat(_graph.ValueInfo).FirstOrDefault(info => info.Name == name);
        TensorProto? constant = _graph.Initializer.FirstOrDefault(item => item.Name == name);
        if (constant is not null)
        {
            known = ProtoConversion.ToValueInfo(
                new OnnxTensorInfo(name, (OnnxElementType)constant.DataType, constant.Dims.Select(OnnxDimension.FromInt64).ToArray()));
        }

        _graph.Output.Add(known?.Clone() ?? new ValueInfoProto { Name = name });
        return this;
    }

    /// <summary>Takes a tensor off the outputs; it stays in the graph.</summary>
    /// <returns>This builder.</returns>
    public GraphBuilder RemoveOutput(string name)
    {
        ValueInfoProto output = _graph.Output.FirstOrDefault(item => item.Name == name)
            ?? throw new ArgumentException($"The graph has no output '{name}'.", nameof(name));
        _graph.Output.Remove(output);
        return this;
    }

    /// <summary>A constant of integers, under a name of the builder's choice.</summary>
    internal string Integers(ReadOnlySpan<long> values) =>
        Initializer(UnusedName("integers"), values, values.Length);

    /// <summary>The wanted name, or the first of <c>wanted_2</c>, <c>wanted_3</c>, ... that is not taken.</summary>
    internal string UnusedName(string wanted)
    {
        string name = wanted;
        for (int i = 2; _names.Contains(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
        return name;
    }

    internal void RaiseOperatorSet(int version) => OperatorSetUpgrade.Raise(_model, version, UnusedName, Claim);

    internal void ImportDomains(IEnumerable<OperatorSetIdProto> sets)
    {
        foreach (OperatorSetIdProto set in sets)
        {
            if (OperatorSetUpgrade.IsStandard(set.Domain)) continue;
            OperatorSetIdProto? known = _model.OpsetImport.FirstOrDefault(item => item.Domain == set.Domain);
            if (known is null) _model.OpsetImport.Add(set.Clone());
            else if (known.Version != set.Version) throw new NotSupportedException($"The models use versions {known.Version} and {set.Version} of the operators of '{set.Domain}'.");
        }
    }

    internal void Append(NodeProto node)
    {
        foreach (string output in node.Output.Where(output => output.Length > 0)) Claim(output);
        _graph.Node.Add(node);
    }

    internal void Append(TensorProto constant)
    {
        Claim(constant.Name);
        _graph.Initializer.Add(constant);
    }

    internal void Append(ValueInfoProto input)
    {
        Claim(input.Name);
        _graph.Input.Add(input);
    }
}
