using System.Globalization;
using Google.Protobuf;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx;

/// <summary>
/// An ONNX model as data: what goes in, what comes out, and which tensors lie between. It can be cut down to chosen tensors
/// and written back; it is never run, and parts of it that are not understood are kept as they are.
/// </summary>
public sealed partial class OnnxModel
{
    /// <summary>Protobuf messages cannot be longer.</summary>
    private const long MostBytes = int.MaxValue;

    private readonly ModelProto _model;

    private OnnxModel(ModelProto model) => _model = model;

    /// <summary>Inputs that a caller must give, in order; constants that old models also list as inputs are left out.</summary>
    public IReadOnlyList<OnnxTensorInfo> Inputs
    {
        get
        {
            HashSet<string> constants = new(Graph.Initializer.Select(tensor => tensor.Name), StringComparer.Ordinal);
            return Graph.Input.Where(input => !constants.Contains(input.Name)).Select(ProtoConversion.ToTensorInfo).ToArray();
        }
    }

    /// <summary>Outputs, in order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Outputs => Graph.Output.Select(ProtoConversion.ToTensorInfo).ToArray();

    /// <summary>Every tensor that a node computes, in the order of the graph. Each can become an output.</summary>
    public IReadOnlyList<string> TensorNames =>
        Graph.Node.SelectMany(node => node.Output).Where(name => name.Length > 0).ToArray();

    /// <summary>Files, relative to the model's folder, that hold the model's large constants; empty for most models.</summary>
    public IReadOnlyList<string> ExternalDataLocations => ExternalData.Locations(Graph);

    internal GraphProto Graph => _model.Graph;

    /// <summary>Reads a model file.</summary>
    /// <exception cref="OnnxFormatException">It is not an ONNX model, is cut short, or is larger than 2 GiB.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static OnnxModel Load(string path)
    {
        using FileStream stream = File.OpenRead(path);
        if (stream.Length > MostBytes)
        {
            throw new OnnxFormatException("The file is larger than 2 GiB; such models must keep their constants as external data.");
        }

        return Parse(() => ModelProto.Parser.ParseFrom(stream));
    }

    /// <summary>Reads a model from memory.</summary>
    /// <exception cref="OnnxFormatException">The bytes are not an ONNX model, or are cut short.</exception>
    public static OnnxModel Load(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        return Parse(() => ModelProto.Parser.ParseFrom(bytes));
    }

    /// <summary>What the model says about a tensor's type and shape, or null when it says nothing.</summary>
    public OnnxTensorInfo? Find(string name)
    {
        ValueInfoProto? info = Graph.Output.Concat(Graph.Input).Concat(Graph.ValueInfo).FirstOrDefault(value => value.Name == name);
        return info is null ? null : ProtoConversion.ToTensorInfo(info);
    }

    /// <summary>Whether a node computes a tensor of this name.</summary>
    public bool HasTensor(string name) =>
        name.Length > 0 && Graph.Node.Any(node => node.Output.Contains(name));

    /// <summary>The tensor name that a person who wrote <paramref name="name"/> probably meant, or null.</summary>
    public string? NearestTensorName(string name) => NearestName.Find(name, TensorNames.Reverse());

    /// <summary>The input name that a person who wrote <paramref name="name"/> probably meant, or null.</summary>
    public string? NearestInputName(string name) => NearestName.Find(name, Inputs.Select(input => input.Name));

    /// <summary>Makes a tensor that a node computes an output, if it is not one already.</summary>
    /// <exception cref="ArgumentException">No node computes it.</exception>
    public void ExposeOutput(string name)
    {
        RequireTensor(name);
        if (Graph.Output.Any(output => output.Name == name)) return;
        ValueInfoProto? known = Graph.ValueInfo.FirstOrDefault(info => info.Name == name);

        // Without a type the runtime infers it.
        Graph.Output.Add(known?.Clone() ?? new ValueInfoProto { Name = name });
    }

    /// <summary>Makes exactly these tensors the outputs, in this order, and removes every node, constant and input they do not need.</summary>
    /// <exception cref="ArgumentException">No name is given, or one that no node computes.</exception>
    public void KeepOnlyOutputs(params ReadOnlySpan<string> names)
    {
        if (names.IsEmpty) throw new ArgumentException("At least one output must be kept.", nameof(names));
        foreach (string name in names) ExposeOutput(name);
        ValueInfoProto[] kept = new ValueInfoProto[names.Length];
        for (int i = 0; i < names.Length; i++)
        {
            string name = names[i];
            kept[i] = Graph.Output.First(output => output.Name == name);
        }

        Graph.Output.Clear();
        Graph.Output.AddRange(kept.Distinct());
        GraphPruning.Prune(Graph);
    }

    /// <summary>
    /// Adds the mean of a tensor <c>[N, C, spatial...]</c> over its spatial axes as a new tensor <c>[N, C]</c>. GlobalAveragePool and
    /// Flatten say so in every operator set and for any number of axes, while ReduceMean's axes changed places in set 18.
    /// </summary>
    /// <returns>The new tensor's name; it is not yet an output.</returns>
    /// <exception cref="ArgumentException">No node computes the tensor.</exception>
    public string MeanPool(string name)
    {
        RequireTensor(name);
        string pooled = UnusedName(name + "_mean");
        string flat = UnusedName(name + "_mean_flat");
        var pool = new NodeProto { OpType = "GlobalAveragePool", Name = pooled, Input = { name }, Output = { pooled } };
        var flatten = new NodeProto { OpType = "Flatten", Name = flat, Input = { pooled }, Output = { flat } };
        flatten.Attribute.Add(NodeParameter.Of("axis", 1).ToProto());
        Graph.Node.Add(pool);
        Graph.Node.Add(flatten);
        return flat;
    }

    /// <summary>The model as the bytes of an .onnx file.</summary>
    public byte[] ToBytes() => _model.ToByteArray();

    private static OnnxModel Parse(Func<ModelProto> parse)
    {
        ModelProto model;
        try
        {
            model = parse();
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new OnnxFormatException("It is not an ONNX model, or it is cut short.", error);
        }

        // Many byte strings happen to be a protobuf message; a model has a version, a graph and an operator set.
        if (model.IrVersion <= 0 || model.Graph is null || model.OpsetImport.Count == 0)
        {
            throw new OnnxFormatException("It is not an ONNX model: it has no graph.");
        }

        if (model.Graph.Node.Count == 0 || model.Graph.Output.Count == 0)
        {
            throw new OnnxFormatException("The model computes nothing: its graph has no nodes or no outputs.");
        }

        return new OnnxModel(model);
    }

    private void RequireTensor(string name)
    {
        if (HasTensor(name)) return;
        string hint = NearestTensorName(name) is { } nearest ? $" Did you mean '{nearest}'?" : "";
        throw new ArgumentException($"The model computes no tensor '{name}'.{hint}", nameof(name));
    }

    private string UnusedName(string wanted)
    {
        string name = wanted;
        for (int i = 2; HasTensor(name); i++) name = string.Create(CultureInfo.InvariantCulture, $"{wanted}_{i}");
        return name;
    }
}
