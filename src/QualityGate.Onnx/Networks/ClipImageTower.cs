using QualityGate.Onnx.Weights;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// The image half of CLIP (Radford et al., 2021), a vision transformer whose class token is projected into the space it shares with text. Depth, width,
/// patch and image size are taken from the weights. State dicts with OpenAI's names or those of Hugging Face's transformers are read; the
/// activation is OpenAI's x sigmoid(1.702 x).
/// </summary>
public static class ClipImageTower
{
    /// <summary>Name of the input, <c>[batch, 3, size, size]</c>, in CLIP's own scale.</summary>
    public const string InputName = "image";

    /// <summary>Name of the image embedding, <c>[batch, width]</c>, not normalised: 512 for B/32 and 768 for L/14.</summary>
    public const string FeaturesName = "features";

    private const double Epsilon = 1e-5;

    private static readonly ClipNames OpenAi = new("visual.class_embedding", "visual.conv1.weight", "visual.positional_embedding", "visual.ln_pre", "visual.ln_post", "visual.proj", ProjectionFirst: true, new TransformerNames
    {
        Block = "visual.transformer.resblocks.{0}.",
        FirstNorm = "ln_1",
        SecondNorm = "ln_2",
        QueryKeyValue = [("attn.in_proj_weight", "attn.in_proj_bias")],
        Projection = "attn.out_proj",
        Expand = "mlp.c_fc",
        Contract = "mlp.c_proj",
    });

    private static readonly ClipNames Transformers = new(
        "vision_model.embeddings.class_embedding",
        "vision_model.embeddings.patch_embedding.weight",
        "vision_model.embeddings.position_embedding.weight",
        "vision_model.pre_layrnorm",
        "vision_model.post_layernorm",
        "visual_projection.weight",
        ProjectionFirst: false,
        new TransformerNames
        {
            Block = "vision_model.encoder.layers.{0}.",
            FirstNorm = "layer_norm1",
            SecondNorm = "layer_norm2",
            QueryKeyValue =
            [
                ("self_attn.q_proj.weight", "self_attn.q_proj.bias"),
                ("self_attn.k_proj.weight", "self_attn.k_proj.bias"),
                ("self_attn.v_proj.weight", "self_attn.v_proj.bias"),
            ],
            Projection = "self_attn.out_proj",
            Expand = "mlp.fc1",
            Contract = "mlp.fc2",
        });

    /// <summary>Builds the network.</summary>
    /// <param name="source">A state dict of CLIP, or of its image half.</param>
    /// <returns>The bytes of an .onnx file.</returns>
    /// <exception cref="WeightFormatException">A tensor is missing or has another shape.</exception>
    public static byte[] Build(IWeightSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var weights = new NamedWeights(source, "CLIP's vision transformer");
        ClipNames names = weights.Has(Transformers.ClassToken) ? Transformers : OpenAi;
        int width = weights.Length(names.ClassToken, 0);
        int patch = weights.Length(names.Patches, 3);
        int count = weights.Length(names.Positions, 0);
        int side = (int)Math.Round(Math.Sqrt(count - 1));
        int blocks = weights.CountLayers(names.Block.Block + names.Block.FirstNorm + ".weight");
        int size = checked(side * patch);
        if ((side * side) + 1 != count || width % TransformerLayers.HeadWidth != 0 || blocks == 0 || size is < 1 or > 4096)
            throw new WeightFormatException($"These are not weights of CLIP's vision transformer: {blocks} blocks of width {width} on {count} positions.");
        var graph = new GraphBuilder("clip-image");
        string image = graph.Input(InputName, OnnxElementType.Float, "batch", 3, size, size);
        float[] positions = weights.Read(names.Positions, count, width);
        float[] token = weights.Read(names.ClassToken, width);
        for (int i = 0; i < width; i++) positions[i] += token[i];
        string tokens = PatchTokens.Add(graph, image, weights.Read(names.Patches, width, 3, patch, patch), null, positions, width, patch);
        var layers = new TransformerLayers(graph, weights, names.Block, width, count, Epsilon, quickGelu: true);
        tokens = layers.Normalise(tokens, names.FirstNorm);
        string last = graph.Flatten(layers.Normalise(layers.ClassToken(tokens, blocks), names.LastNorm));
        int features = weights.Length(names.Projection, names.ProjectionFirst ? 1 : 0);
        long[] shape = names.ProjectionFirst ? [width, features] : [features, width];
        string projection = graph.Initializer("projection", weights.Read(names.Projection, shape), shape);
        string embedding = graph.Identity(graph.Gemm(last, projection, transposeRight: !names.ProjectionFirst), FeaturesName);
        return graph.Output(embedding, OnnxElementType.Float, "batch", features).ToModelBytes();
    }

    // ProjectionFirst: the projection is [width, features] rather than [features, width].
    private sealed record ClipNames(string ClassToken, string Patches, string Positions, string FirstNorm, string LastNorm, string Projection, bool ProjectionFirst, TransformerNames Block);
}
