using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx;

public sealed class GraphBuilderTests
{
    [Fact]
    public void The_same_calls_give_the_same_bytes() => Assert.Equal(TinyNetwork.Build(), TinyNetwork.Build());

    [Fact]
    public void What_was_built_can_be_read_back()
    {
        OnnxModel model = OnnxModel.Load(TinyNetwork.Build());
        OnnxTensorInfo input = Assert.Single(model.Inputs);
        Assert.Equal("[batch, 3, 8, 8]", input.ShapeText);
        Assert.Equal(OnnxElementType.Float, input.ElementType);
        Assert.Equal("[batch, 5]", Assert.Single(model.Outputs).ShapeText);
        Assert.Equal(["Conv_0", "Relu_1", "MaxPool_2", "Flatten_3", "Gemm_4", "features"], model.TensorNames);
    }

    [Fact]
    public void Initializers_must_fill_their_shape()
    {
        var graph = new GraphBuilder("g");
        ArgumentException error = Assert.Throws<ArgumentException>(() => graph.Initializer("w", new double[5], 2, 3));
        Assert.Contains("'w' has 5 values where its shape holds 6", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_name_can_be_used_once()
    {
        var graph = new GraphBuilder("g");
        graph.Initializer("w", new long[] { 1 }, 1);
        Assert.Throws<ArgumentException>(() => graph.Input("w", OnnxElementType.Int64, 1));
    }

    [Fact]
    public void A_node_reads_only_tensors_that_exist()
    {
        var graph = new GraphBuilder("g");
        ArgumentException error = Assert.Throws<ArgumentException>(() => graph.Relu("nowhere"));
        Assert.Contains("no tensor 'nowhere'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_graph_without_outputs_is_not_a_model() =>
        Assert.Throws<InvalidOperationException>(() => new GraphBuilder("g").ToModelBytes());
}
