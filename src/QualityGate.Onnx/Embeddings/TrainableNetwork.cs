using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Embeddings;

/// <summary>
/// A network whose weights are to be trained: those constants that its layers multiply by and add, of float32. Statistics of batch normalisation stay as they are,
/// and so does every constant that belongs to no layer.
/// </summary>
public sealed class TrainableNetwork
{
    private static readonly Dictionary<string, int[]> Places = new(StringComparer.Ordinal)
    {
        ["Conv"] = [1, 2],
        ["ConvTranspose"] = [1, 2],
        ["Gemm"] = [1, 2],
        ["MatMul"] = [0, 1],
        ["PRelu"] = [1],
        ["BatchNormalization"] = [1, 2],
        ["InstanceNormalization"] = [1, 2],
        ["LayerNormalization"] = [1, 2],
    };

    /// <summary>Takes a model that has the features among its outputs and images as its only input.</summary>
    /// <param name="model">The model, cut down to its features.</param>
    /// <param name="input">Where images go in.</param>
    /// <param name="features">Where features come out.</param>
    public TrainableNetwork(OnnxModel model, string input, string features)
    {
        ArgumentNullException.ThrowIfNull(model);
        (Model, Input, Features) = (model, input, features);
        HashSet<string> named = new(StringComparer.Ordinal);
        foreach (NodeProto node in model.Graph.Node.Where(node => Places.ContainsKey(node.OpType)))
        {
            foreach (int place in Places[node.OpType].Where(place => place < node.Input.Count)) named.Add(node.Input[place]);
        }

        Weights = [.. model.Constants.Where(constant => constant.ElementType == OnnxElementType.Float && named.Contains(constant.Name))];
    }

    /// <summary>The model.</summary>
    public OnnxModel Model { get; }

    /// <summary>Where images go in.</summary>
    public string Input { get; }

    /// <summary>Where features come out.</summary>
    public string Features { get; }

    /// <summary>What is trained, in the model's order.</summary>
    public IReadOnlyList<OnnxConstant> Weights { get; }

    /// <summary>Whether statistics of batches would be taken, which training does not support: their values are off where a tensor serves several inputs.</summary>
    public bool NormalisesBatches => Model.Graph.Node.Any(node => node.OpType == "BatchNormalization"
        && node.Attribute.Any(attribute => attribute.Name == "training_mode" && attribute.I != 0));
}
