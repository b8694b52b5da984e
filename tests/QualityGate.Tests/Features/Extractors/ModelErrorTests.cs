using Google.Protobuf;
using QualityGate.Errors;
using QualityGate.Onnx;
using QualityGate.Onnx.Protobuf;
using QualityGate.Specs;
using QualityGate.Tests.Onnx;

namespace QualityGate.Tests.Features.Extractors;

/// <summary>Models that do not fit their recipes.</summary>
public sealed class ModelErrorTests : IDisposable
{
    private readonly ExtractorFixture _fixture = new();

    [Fact]
    public void A_missing_model_file_is_named() =>
        AssertError(_fixture.Recipe([]) with { ModelPath = "/nowhere/model.onnx" }, DataErrors.ModelNotFound, "'/nowhere/model.onnx'", "does not exist");

    [Fact]
    public void A_folder_is_not_a_model_file() =>
        AssertError(_fixture.Recipe([]) with { ModelPath = _fixture.Folder }, DataErrors.ModelNotFound);

    [Fact]
    public void A_file_that_is_no_model_is_an_error() =>
        AssertError(_fixture.Recipe("not a model"u8.ToArray()), DataErrors.NotAnOnnxModel, "tiny.onnx", "not an ONNX model");

    [Fact]
    public void A_truncated_model_is_an_error() =>
        AssertError(_fixture.Recipe(TinyNetwork.Build()[..500]), DataErrors.NotAnOnnxModel, "cut short");

    [Fact]
    public void An_unknown_output_is_answered_with_the_nearest() =>
        AssertError(_fixture.Recipe(TinyNetwork.Build(), "feautres"), DataErrors.UnknownTensor, "no tensor 'feautres'", "Did you mean 'features'?");

    [Fact]
    public void An_unknown_input_is_answered_with_the_nearest() =>
        AssertError(_fixture.Recipe(TinyNetwork.Build()) with { InputName = "imge" }, DataErrors.UnknownTensor, "no input 'imge'", "Did you mean 'image'?");

    [Fact]
    public void A_recipe_without_outputs_is_an_error() =>
        AssertError(_fixture.Recipe(TinyNetwork.Build(), features: null), DataErrors.UnusableExtractor, "neither a features nor a logits output");

    [Fact]
    public void Images_of_another_size_are_an_error()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        AssertError(
            recipe with { Preprocessing = recipe.Preprocessing with { Height = 9 } }, DataErrors.ModelInputMismatch, "[batch, 3, 8, 8]", "9 x 8 pixels");
    }

    [Fact]
    public void Gray_images_do_not_fit_a_colour_network()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        AssertError(recipe with { Preprocessing = recipe.Preprocessing with { Color = ColorMode.Gray } }, DataErrors.ModelInputMismatch, "1 channel.");
    }

    [Fact]
    public void Channels_last_is_recognised() =>
        AssertError(_fixture.Recipe(OneNode(OnnxElementType.Float, "batch", 8, 8, 3), "Relu_0"), DataErrors.ModelInputMismatch, "channels last");

    [Fact]
    public void An_input_of_bytes_is_an_error() =>
        AssertError(_fixture.Recipe(OneNode(OnnxElementType.UInt8, "batch", 3, 8, 8), "Relu_0"), DataErrors.ModelInputMismatch, "UInt8");

    [Fact]
    public void An_input_of_another_rank_is_an_error() =>
        AssertError(_fixture.Recipe(OneNode(OnnxElementType.Float, "batch", 192), "Relu_0"), DataErrors.ModelInputMismatch, "is not [batch, channels, height, width]");

    [Fact]
    public void A_spatial_output_needs_pooling()
    {
        UserErrorException error = AssertError(
            _fixture.Recipe(TinyNetwork.Build(), TinyNetwork.Spatial), DataErrors.ModelOutputUnusable, "'MaxPool_2'", "[2, 4, 4, 4]");
        Assert.Contains("`pool: mean`", error.Advice, StringComparison.Ordinal);
    }

    [Fact]
    public void A_model_that_the_runtime_refuses_is_an_error()
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        proto.Graph.Node[1].OpType = "NoSuchOperator";
        AssertError(_fixture.Recipe(proto.ToByteArray()), DataErrors.ModelCannotRun, "'tiny'", "NoSuchOperator");
    }

    [Fact]
    public void A_second_input_that_the_output_needs_is_an_error()
    {
        var graph = new GraphBuilder("two");
        string image = graph.Input("image", OnnxElementType.Float, "batch", 3, 8, 8);
        string sum = graph.Add(image, graph.Input("noise", OnnxElementType.Float, "batch", 3, 8, 8));
        byte[] model = graph.Output(sum, OnnxElementType.Float, "batch", 3, 8, 8).ToModelBytes();
        AssertError(_fixture.Recipe(model, sum), DataErrors.UnknownTensor, "2 inputs");
        AssertError(_fixture.Recipe(model, sum) with { InputName = "image" }, DataErrors.ModelInputMismatch, "'noise'");
    }

    [Fact]
    public void External_data_must_be_there_and_inside_the_folder()
    {
        AssertError(_fixture.Recipe(WithExternalWeights("weights.bin")), DataErrors.ExternalDataUnusable, "'weights.bin'", "not there");
        AssertError(_fixture.Recipe(WithExternalWeights("../weights.bin")), DataErrors.ExternalDataUnusable, "does not lie inside");
        AssertError(_fixture.Recipe(WithExternalWeights("/etc/passwd")), DataErrors.ExternalDataUnusable, "does not lie inside");
    }

    [Fact]
    public void External_data_beside_the_model_is_used()
    {
        ExtractorRecipe recipe = _fixture.Recipe(TinyNetwork.Build());
        float[] expected = ExtractorFixture.Run(recipe, TinyNetwork.Images(2), 2).Features;
        ModelProto whole = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        File.WriteAllBytes(Path.Combine(_fixture.Folder, "weights.bin"), whole.Graph.Initializer[0].RawData.ToByteArray());
        recipe = _fixture.Recipe(WithExternalWeights("weights.bin"));
        Assert.Equal(expected, ExtractorFixture.Run(recipe, TinyNetwork.Images(2), 2).Features);
    }

    [Fact]
    public void Built_in_parameters_out_of_range_are_an_error()
    {
        ExtractorRecipe recipe = _fixture.Recipe([]) with { ModelPath = null, BuiltIn = new BuiltInParameters(2, 64, 64, 0) };
        PreprocessingRecipe images = recipe.Preprocessing with { Height = 64, Width = 64 };
        AssertError(recipe with { Preprocessing = images }, DataErrors.UnusableExtractor, "width multiplier");
        AssertError(recipe with { BuiltIn = new BuiltInParameters(0.1, 64, 64, 0) }, DataErrors.UnusableExtractor, "64 x 64");
    }

    public void Dispose() => _fixture.Dispose();

    private static byte[] OneNode(OnnxElementType type, params ReadOnlySpan<OnnxDimension> shape)
    {
        var graph = new GraphBuilder("one");
        return graph.Output(graph.Relu(graph.Input("image", type, shape)), type, shape).ToModelBytes();
    }

    private static byte[] WithExternalWeights(string location)
    {
        ModelProto proto = ModelProto.Parser.ParseFrom(TinyNetwork.Build());
        TensorProto weights = proto.Graph.Initializer[0];
        weights.ClearRawData();
        weights.DataLocation = 1;
        weights.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = location });
        return proto.ToByteArray();
    }

    private static UserErrorException AssertError(ExtractorRecipe recipe, ErrorCode code, params string[] parts)
    {
        UserErrorException error = Assert.Throws<UserErrorException>(() => ExtractorFixture.Run(recipe, [], 0));
        Assert.Equal(code, error.Code);
        foreach (string part in parts) Assert.Contains(part, error.Message, StringComparison.Ordinal);
        return error;
    }
}
