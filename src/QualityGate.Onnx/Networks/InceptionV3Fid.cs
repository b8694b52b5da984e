using QualityGate.Onnx.Weights;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// The Inception network of 2015 that FID, KID and the Inception Score are defined by (Szegedy et al., "Rethinking the Inception Architecture for
/// Computer Vision", 2016; Heusel et al., 2017), from the state dict that pytorch-fid publishes. It differs from torchvision's Inception v3 where
/// the TensorFlow graph does: average pools leave out the zeros around the image, the last block takes the maximum in its pool branch,
/// normalisation has epsilon 1e-3, and there are 1008 classes. Batch normalisation is folded into the convolutions.
/// </summary>
public static class InceptionV3Fid
{
    /// <summary>Name of the input, <c>[batch, 3, 299, 299]</c>, in -1..1.</summary>
    public const string InputName = "image";

    /// <summary>Name of the output of the last average pool, <c>[batch, 2048]</c>: what FID is computed from.</summary>
    public const string FeaturesName = "features";

    /// <summary>
    /// Name of the first 7 channels of <c>mixed_6/conv</c>, <c>[batch, 2023]</c> in the order height, width, channel: what sFID is computed from
    /// (Nash et al., 2021; as guided-diffusion's evaluator takes them).
    /// </summary>
    public const string SpatialName = "spatial";

    /// <summary>Name of the class scores without the last layer's bias, <c>[batch, 1008]</c>: what the Inception Score is computed from.</summary>
    public const string LogitsName = "logits";

    internal const int Classes = 1008;
    private const int Size = 299;
    private const int Features = 2048;
    private const int SpatialChannels = 7;
    private const int SpatialSide = 17;
    private const double Epsilon = 1e-3;

    /// <summary>Builds the network.</summary>
    /// <param name="source">A state dict with pytorch-fid's names.</param>
    /// <returns>The bytes of an .onnx file.</returns>
    /// <exception cref="WeightFormatException">A tensor is missing or has another shape.</exception>
    public static byte[] Build(IWeightSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var weights = new NamedWeights(source, "the Inception network of FID");
        var graph = new GraphBuilder("inception-v3-fid");
        var layers = new ConvolutionLayers(graph, weights);
        var blocks = new InceptionBlocks(graph, layers, Epsilon);
        string image = graph.Input(InputName, OnnxElementType.Float, "batch", 3, Size, Size);
        (string mixed5, string branch) = Trunk(blocks, Stem(graph, blocks, image));
        AddSpatial(graph, branch);
        string pooled = graph.Identity(graph.Flatten(graph.GlobalAveragePool(Head(blocks, mixed5))), FeaturesName);
        string head = graph.Initializer("fc.weight", weights.Read("fc.weight", Classes, Features), Classes, Features);
        string logits = graph.Identity(graph.Gemm(pooled, head, transposeRight: true), LogitsName);
        return graph
            .Output(pooled, OnnxElementType.Float, "batch", Features)
            .Output(SpatialName, OnnxElementType.Float, "batch", SpatialSide * SpatialSide * SpatialChannels)
            .Output(logits, OnnxElementType.Float, "batch", Classes)
            .ToModelBytes();
    }

    /// <summary>[3, 299, 299] to [192, 35, 35].</summary>
    private static string Stem(GraphBuilder graph, InceptionBlocks blocks, string image)
    {
        string tensor = blocks.Layer(image, "Conv2d_1a_3x3", 3, Convolution.Valid(3, stride: 2));
        tensor = blocks.Layer(tensor, "Conv2d_2a_3x3", 32, Convolution.Valid(3));
        tensor = blocks.Layer(tensor, "Conv2d_2b_3x3", 32, Convolution.Same(3));
        tensor = graph.MaxPool(tensor, kernel: 3, stride: 2);
        tensor = blocks.Layer(tensor, "Conv2d_3b_1x1", 64, Convolution.One);
        tensor = blocks.Layer(tensor, "Conv2d_4a_3x3", 80, Convolution.Valid(3));
        return graph.MaxPool(tensor, kernel: 3, stride: 2);
    }

    /// <summary>[192, 35, 35] to [768, 17, 17], and the first branch of the block that TensorFlow calls mixed_6.</summary>
    private static (string Mixed, string Branch) Trunk(InceptionBlocks blocks, string tensor)
    {
        tensor = blocks.A(tensor, "Mixed_5b", 192);
        tensor = blocks.A(tensor, "Mixed_5c", 256);
        tensor = blocks.A(tensor, "Mixed_5d", 288);
        tensor = blocks.B(tensor, "Mixed_6a", 288);
        tensor = blocks.C(tensor, "Mixed_6b", 128).Output;
        tensor = blocks.C(tensor, "Mixed_6c", 160).Output;
        (tensor, string branch) = blocks.C(tensor, "Mixed_6d", 160);
        return (blocks.C(tensor, "Mixed_6e", 192).Output, branch);
    }

    /// <summary>[768, 17, 17] to [2048, 8, 8].</summary>
    private static string Head(InceptionBlocks blocks, string tensor)
    {
        tensor = blocks.D(tensor, "Mixed_7a", 768);
        tensor = blocks.E(tensor, "Mixed_7b", 1280, maximum: false);
        return blocks.E(tensor, "Mixed_7c", 2048, maximum: true);
    }

    private static void AddSpatial(GraphBuilder graph, string branch)
    {
        string first = graph.Node(
            "Slice",
            [branch, graph.Initializer("spatial.from", [0L], 1), graph.Initializer("spatial.to", [(long)SpatialChannels], 1), graph.Initializer("spatial.axis", [1L], 1)]);
        graph.Identity(graph.Flatten(graph.Node("Transpose", [first], NodeParameter.Of("perm", [0, 2, 3, 1]))), SpatialName);
    }
}
