using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class ReductionRuleTests
{
    private static readonly string[] Operations =
        ["ReduceSum", "ReduceMean", "ReduceL1", "ReduceL2", "ReduceSumSquare", "ReduceLogSumExp", "ReduceLogSum", "ReduceMax", "ReduceMin"];

    public static TheoryData<string, long[]?, bool, bool> Cases()
    {
        TheoryData<string, long[]?, bool, bool> data = [];
        foreach (string operation in Operations)
        {
            foreach (bool keeps in new[] { true, false })
            {
                data.Add(operation, [1], keeps, false);
                data.Add(operation, [0, -1], keeps, true);
                data.Add(operation, null, keeps, false);
            }
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Reductions_in_both_forms(string operation, long[]? axes, bool keeps, bool hides)
    {
        foreach (int operatorSet in new[] { 17, 18 })
        {
            var check = new GradientCheck(1) { HidesLengths = hides };
            check.Graph.RaiseOperatorSet(operatorSet);
            string x = operation == "ReduceLogSum" ? check.Uniform("x", 1, 2, 2, 3, 2) : check.Apart("x", 2, 3, 2);
            NodeParameter keep = NodeParameter.Of("keepdims", keeps ? 1L : 0L);
            bool isInput = operatorSet >= 18 || operation == "ReduceSum";
            string y = axes is null ? check.Graph.Node(operation, [x], keep)
                : isInput ? check.Graph.Node(operation, [x, check.Graph.Integers(axes)], keep)
                : check.Graph.Node(operation, [x], keep, NodeParameter.Of("axes", axes));
            check.Output(y).Verify();
        }
    }

    [Fact]
    public void The_norm_of_zeros_has_no_slope()
    {
        var graph = new GraphBuilder("g");
        string norm = graph.Node("ReduceL2", [graph.Input("x", OnnxElementType.Float, 3)], NodeParameter.Of("keepdims", 0L));
        var result = QualityGate.Onnx.Gradients.GraphGradient.Add(graph.Output(norm).ToModel(), norm, ["x"]);
        double[] gradient = GraphRun.Once(result.Model, new Tensor("x", OnnxElementType.Float, [3], new double[3]))[result.Gradients["x"]];
        Assert.Equal([0, 0, 0], gradient);
    }

    [Fact]
    public void Maxima_that_tie_share()
    {
        var graph = new GraphBuilder("g");
        string most = graph.Node("ReduceMax", [graph.Input("x", OnnxElementType.Float, 4)], NodeParameter.Of("keepdims", 0L));
        var result = QualityGate.Onnx.Gradients.GraphGradient.Add(graph.Output(most).ToModel(), most, ["x"]);
        double[] gradient = GraphRun.Once(result.Model, new Tensor("x", OnnxElementType.Float, [4], [2, 1, 2, 0]))[result.Gradients["x"]];
        Assert.Equal([0.5, 0, 0.5, 0], gradient);
    }

    [Theory]
    [InlineData("Softmax", -1)]
    [InlineData("Softmax", 0)]
    [InlineData("Softmax", 1)]
    [InlineData("LogSoftmax", -1)]
    [InlineData("LogSoftmax", 1)]
    public void Softmax_along_any_axis(string operation, long axis)
    {
        var check = new GradientCheck(2) { HidesLengths = axis == 1 };
        check.Output(check.Graph.Node(operation, [check.Normal("x", 2, 3, 4)], NodeParameter.Of("axis", axis))).Verify();
    }
}
