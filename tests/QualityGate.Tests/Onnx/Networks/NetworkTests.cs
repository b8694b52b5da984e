using QualityGate.Onnx;
using QualityGate.Onnx.Networks;
using QualityGate.Onnx.Weights;

namespace QualityGate.Tests.Onnx.Networks;

public sealed class NetworkTests
{
    private static readonly (string From, string To)[] ClipNames =
    [
        ("visual.class_embedding", "vision_model.embeddings.class_embedding"),
        ("visual.conv1.weight", "vision_model.embeddings.patch_embedding.weight"),
        ("visual.positional_embedding", "vision_model.embeddings.position_embedding.weight"),
        ("visual.ln_pre", "vision_model.pre_layrnorm"),
        ("visual.ln_post", "vision_model.post_layernorm"),
        ("visual.transformer.resblocks", "vision_model.encoder.layers"),
        ("attn.out_proj", "self_attn.out_proj"),
        ("ln_1", "layer_norm1"),
        ("ln_2", "layer_norm2"),
        ("mlp.c_fc", "mlp.fc1"),
        ("mlp.c_proj", "mlp.fc2"),
    ];

    private static readonly (string From, string To)[] DinoNames =
    [
        ("cls_token", "embeddings.cls_token"),
        ("pos_embed", "embeddings.position_embeddings"),
        ("patch_embed.proj", "embeddings.patch_embeddings.projection"),
        ("blocks.", "encoder.layer."),
        ("attn.proj", "attention.output.dense"),
        ("ls1.gamma", "layer_scale1.lambda1"),
        ("ls2.gamma", "layer_scale2.lambda1"),
    ];

    [Fact]
    public void Inception_gives_torchs_features_spatial_features_and_logits() =>
        GoldenNetwork.Read("inception").Compare(InceptionV3Fid.Build, size: 299);

    [Fact]
    public void Vgg16_gives_torchs_features_and_logits() => GoldenNetwork.Read("vgg16").Compare(Vgg16.Build, size: 224);

    [Fact]
    public void DinoV2_gives_torchs_class_token() => GoldenNetwork.Read("dinov2").Compare(DinoV2.Build, size: 224);

    [Fact]
    public void Clip_gives_torchs_image_embedding() => GoldenNetwork.Read("clip").Compare(ClipImageTower.Build, size: 224);

    [Fact]
    public void DinoV2_is_the_same_under_the_names_of_transformers()
    {
        GoldenNetwork golden = GoldenNetwork.Read("dinov2");
        using var weights = new RenamedWeights(new HashWeights(golden.Shapes), DinoNames);
        weights.SplitRows("encoder.layer.{0}.attn.qkv.", "encoder.layer.{0}.attention.attention.", ["query.", "key.", "value."]);
        weights.Rename("norm.", "layernorm.", onlyAtStart: true);
        golden.Compare(DinoV2.Build(weights), size: 224);
    }

    [Fact]
    public void Clip_is_the_same_under_the_names_of_transformers()
    {
        GoldenNetwork golden = GoldenNetwork.Read("clip");
        using var weights = new RenamedWeights(new HashWeights(golden.Shapes), ClipNames);
        weights.SplitRows("vision_model.encoder.layers.{0}.attn.in_proj_", "vision_model.encoder.layers.{0}.self_attn.", ["q_proj.", "k_proj.", "v_proj."]);
        weights.Transpose("visual.proj", "visual_projection.weight");
        golden.Compare(ClipImageTower.Build(weights), size: 224);
    }

    [Fact]
    public void Weights_of_another_network_are_refused_with_the_tensor_that_is_missing()
    {
        using var weights = new HashWeights(GoldenNetwork.Read("vgg16").Shapes);
        var error = Assert.Throws<WeightFormatException>(() => InceptionV3Fid.Build(weights));
        Assert.Contains("not weights of the Inception network of FID: tensor 'Conv2d_1a_3x3.conv.weight' is missing", error.Message, StringComparison.Ordinal);
        Assert.Throws<WeightFormatException>(() => DinoV2.Build(weights));
        Assert.Throws<WeightFormatException>(() => ClipImageTower.Build(weights));
    }

    [Fact]
    public void A_tensor_of_another_shape_is_refused_with_both_shapes()
    {
        Dictionary<string, long[]> shapes = GoldenNetwork.Read("inception").Shapes;
        shapes["fc.weight"] = [1000, 2048];
        using var weights = new HashWeights(shapes);
        var error = Assert.Throws<WeightFormatException>(() => InceptionV3Fid.Build(weights));
        Assert.Contains("'fc.weight' is [1000, 2048] where [1008, 2048] is expected", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_variant_of_DinoV2_with_registers_is_refused()
    {
        Dictionary<string, long[]> shapes = GoldenNetwork.Read("dinov2").Shapes;
        shapes["register_tokens"] = [1, 4, 128];
        using var weights = new HashWeights(shapes);
        Assert.Contains("register", Assert.Throws<WeightFormatException>(() => DinoV2.Build(weights)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("dinov2")]
    [InlineData("clip")]
    public void The_same_weights_give_the_same_bytes(string name)
    {
        using var weights = new HashWeights(GoldenNetwork.Read(name).Shapes);
        Func<IWeightSource, byte[]> build = name == "clip" ? ClipImageTower.Build : DinoV2.Build;
        byte[] bytes = build(weights);
        Assert.Equal(bytes, build(weights));
        Assert.Equal("[batch, 3, 224, 224]", OnnxModel.Load(bytes).Inputs[0].ShapeText);
    }
}
