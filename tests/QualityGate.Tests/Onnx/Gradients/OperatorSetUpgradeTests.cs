using QualityGate.Onnx;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>Nodes of old operator sets compute the same after they were rewritten.</summary>
public sealed class OperatorSetUpgradeTests
{
    public static TheoryData<string, int, NodeParameter[]> Nodes() => new()
    {
        { "Squeeze", 9, [NodeParameter.Of("axes", [0])] },
        { "Unsqueeze", 11, [NodeParameter.Of("axes", [1])] },
        { "ReduceSum", 11, [NodeParameter.Of("axes", [1, 3]), NodeParameter.Of("keepdims", 0L)] },
        { "ReduceMean", 9, [NodeParameter.Of("axes", [-1])] },
        { "Softmax", 11, [] },
        { "Softmax", 9, [NodeParameter.Of("axis", 2L)] },
        { "LogSoftmax", 12, [NodeParameter.Of("axis", 3L)] },
        { "Softmax", 12, [NodeParameter.Of("axis", -1L)] },
        { "Pad", 9, [NodeParameter.Of("pads", [0, 0, 1, 0, 0, 0, 0, 2]), NodeParameter.Of("value", 0.5f)] },
        { "Clip", 9, [NodeParameter.Of("min", -0.5f), NodeParameter.Of("max", 0.5f)] },
        { "Slice", 9, [NodeParameter.Of("starts", [1]), NodeParameter.Of("ends", [3]), NodeParameter.Of("axes", [2])] },
        { "Dropout", 9, [NodeParameter.Of("ratio", 0.3f)] },
        { "Split", 11, [NodeParameter.Of("axis", 2L), NodeParameter.Of("split", [1, 3])] },
    };

    [Theory]
    [MemberData(nameof(Nodes))]
    public void Old_nodes_keep_their_meaning(string operation, int operatorSet, NodeParameter[] parameters)
    {
        OnnxModel old = Old(operatorSet, operation, ["x"], operation == "Split" ? 2 : 1, parameters);
        Tensor x = Tensor.Normal("x", new Random(1), OnnxElementType.Float, 1, 3, 4, 2);
        foreach (int raised in new[] { 17, 18, 21 })
        {
            GraphBuilder graph = GraphBuilder.From(old);
            graph.RaiseOperatorSet(raised);
            Assert.Equal(raised, graph.OperatorSet);
            Assert.Equal(GraphRun.Once(old, x), GraphRun.Once(graph.ToModel(), x));
        }
    }

    [Theory]
    [InlineData("Upsample", 9, "nearest", 2)]
    [InlineData("Upsample", 9, "linear", 3)]
    [InlineData("Resize", 10, "nearest", 2)]
    [InlineData("Resize", 10, "nearest", 0.5)]
    public void Old_resizing_keeps_its_meaning(string operation, int operatorSet, string mode, float scale)
    {
        OnnxModel old = Old(operatorSet, operation, ["x", "scales"], 1, [NodeParameter.Of("mode", mode)], new TensorProto
        {
            Name = "scales",
            DataType = (int)OnnxElementType.Float,
            Dims = { 4 },
            FloatData = { 1, 1, scale, scale },
        });
        Tensor x = Tensor.Normal("x", new Random(1), OnnxElementType.Float, 1, 3, 4, 2);
        OnnxModel raised = GraphBuilder.From(old).ToModel();
        Assert.Equal(GraphRun.Once(old, x)["y0"], GraphRun.Once(raised, x)["y0"]);
    }

    [Fact]
    public void Operator_sets_before_7_are_refused()
    {
        OnnxModel old = Old(6, "Relu", ["x"], 1, []);
        Assert.Contains("operator set 6; 7 or later", Assert.Throws<NotSupportedException>(() => GraphBuilder.From(old)).Message, StringComparison.Ordinal);
    }

    private static OnnxModel Old(int operatorSet, string operation, string[] inputs, int outputs, NodeParameter[] parameters, params TensorProto[] constants)
    {
        var graph = new GraphBuilder("old");
        graph.Input("x", OnnxElementType.Float, 1, 3, 4, 2);
        graph.Output(graph.Identity("x", "unused"));
        ModelProto model = graph.ToModel().CloneProto();
        var node = new NodeProto { OpType = operation, Name = "node", Input = { inputs } };
        node.Attribute.AddRange(parameters.Select(parameter => parameter.ToProto()));
        model.Graph.Node.Clear();
        model.Graph.Output.Clear();
        for (int i = 0; i < outputs; i++)
        {
            node.Output.Add($"y{i}");
            model.Graph.Output.Add(ProtoConversion.ToValueInfo(new OnnxTensorInfo($"y{i}", OnnxElementType.Float, null)));
        }

        model.Graph.Node.Add(node);
        model.Graph.Initializer.AddRange(constants);
        model.OpsetImport[0].Version = operatorSet;
        model.IrVersion = 4;
        return OnnxModel.Load(Google.Protobuf.MessageExtensions.ToByteArray(model));
    }
}
