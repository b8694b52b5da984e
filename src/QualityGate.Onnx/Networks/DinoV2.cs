using QualityGate.Onnx.Weights;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// The vision transformers of DINOv2 (Oquab et al., 2024) with patches of 14 pixels: the class token after the last normalisation. Depth and width
/// are taken from the weights. State dicts with the names of the authors (and of timm) or of Hugging Face's transformers are read.
/// </summary>
public static class DinoV2
{
    /// <summary>Name of the input, <c>[batch, 3, 224, 224]</c>, with ImageNet's mean 0 and deviation 1.</summary>
    public const string InputName = "image";

    /// <summary>Name of the output, <c>[batch, width]</c>: 384, 768 or 1024 for the small, base and large network.</summary>
    public const string FeaturesName = "features";

    private const int Size = 224;
    private const int Patch = 14;
    private const double Epsilon = 1e-6;

    /// <summary>Added to the wanted grid's side when positions are resized, as the authors' code does.</summary>
    private const double PositionOffset = 0.1;

    private static readonly DinoNames Original = new("cls_token", "pos_embed", "patch_embed.proj", "norm", new TransformerNames
    {
        Block = "blocks.{0}.",
        FirstNorm = "norm1",
        SecondNorm = "norm2",
        QueryKeyValue = [("attn.qkv.weight", "attn.qkv.bias")],
        Projection = "attn.proj",
        Expand = "mlp.fc1",
        Contract = "mlp.fc2",
        Scales = ("ls1.gamma", "ls2.gamma"),
    });

    private static readonly DinoNames Transformers = new("embeddings.cls_token", "embeddings.position_embeddings", "embeddings.patch_embeddings.projection", "layernorm", new TransformerNames
    {
        Block = "encoder.layer.{0}.",
        FirstNorm = "norm1",
        SecondNorm = "norm2",
        QueryKeyValue =
        [
            ("attention.attention.query.weight", "attention.attention.query.bias"),
            ("attention.attention.key.weight", "attention.attention.key.bias"),
            ("attention.attention.value.weight", "attention.attention.value.bias"),
        ],
        Projection = "attention.output.dense",
        Expand = "mlp.fc1",
        Contract = "mlp.fc2",
        Scales = ("layer_scale1.lambda1", "layer_scale2.lambda1"),
    });

    /// <summary>Builds the network.</summary>
    /// <param name="source">A state dict of DINOv2.</param>
    /// <returns>The bytes of an .onnx file.</returns>
    /// <exception cref="WeightFormatException">A tensor is missing or has another shape, or the network has register tokens.</exception>
    public static byte[] Build(IWeightSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var weights = new NamedWeights(source, "DINOv2 with patches of 14 pixels");
        DinoNames names = weights.Has(Transformers.ClassToken) ? Transformers : Original;
        if (weights.Has("register_tokens") || weights.Has("embeddings.register_tokens"))
            throw new WeightFormatException("These weights are DINOv2's variant with register tokens; take the one without.");
        int width = weights.Length(names.ClassToken, 2);
        int blocks = weights.CountLayers(names.Block.Block + names.Block.FirstNorm + ".weight");
        if (width % TransformerLayers.HeadWidth != 0 || blocks == 0) throw new WeightFormatException($"These are not weights of DINOv2: {blocks} blocks of width {width}.");
        float[] positions = Positions(weights, names, width);
        var graph = new GraphBuilder("dinov2");
        string image = graph.Input(InputName, OnnxElementType.Float, "batch", 3, Size, Size);
        float[] kernel = weights.Read(names.Patches + ".weight", width, 3, Patch, Patch);
        string tokens = PatchTokens.Add(graph, image, kernel, weights.Read(names.Patches + ".bias", width), positions, width, Patch);
        var layers = new TransformerLayers(graph, weights, names.Block, width, positions.Length / width, Epsilon, quickGelu: false);
        string token = layers.Normalise(layers.ClassToken(tokens, blocks), names.Norm);
        string features = graph.Identity(graph.Flatten(token), FeaturesName);
        return graph.Output(features, OnnxElementType.Float, "batch", width).ToModelBytes();
    }

    private static float[] Positions(NamedWeights weights, DinoNames names, int width)
    {
        int count = weights.Length(names.Positions, 1);
        int side = (int)Math.Round(Math.Sqrt(count - 1));
        if ((side * side) + 1 != count || side > 1024) throw new WeightFormatException($"These are not weights of DINOv2: its {count} positions are no square and one.");
        float[] given = weights.Read(names.Positions, count, width);
        float[] token = weights.Read(names.ClassToken, width);
        const int Side = Size / Patch;
        float[] grid = given[width..];
        if (side != Side) grid = CubicPositions.Resize(grid, side, Side, (Side + PositionOffset) / side, width);
        float[] positions = [.. given[..width], .. grid];
        for (int i = 0; i < width; i++) positions[i] += token[i];
        return positions;
    }

    private sealed record DinoNames(string ClassToken, string Positions, string Patches, string Norm, TransformerNames Block);
}
