using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class ShapeRuleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Reshaping(bool hides)
    {
        GradientCheck check = Linear(1, hides);
        GraphBuilder graph = check.Graph;
        string x = check.Normal("x", 2, 3, 4);
        string narrow = graph.Node("Unsqueeze", [x, graph.Integers([0, -1])]);

        // Which axes it removes is known only where lengths are.
        if (!hides) check.Output(graph.Node("Squeeze", [narrow]));
        check.Output(
            graph.Node("Reshape", [x, graph.Integers([0, -1, 2])]),
            graph.Node("Flatten", [x], NodeParameter.Of("axis", 2L)),
            graph.Node("Squeeze", [narrow, graph.Integers([0])]),
            graph.Node("Expand", [x, graph.Integers([2, 1, 3, 1])]),
            graph.Node("Transpose", [x], NodeParameter.Of("perm", [2, 0, 1])),
            graph.Node("Transpose", [x])).Verify();
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, false)]
    [InlineData(-1, true)]
    public void Joining_and_splitting(long axis, bool hides)
    {
        GradientCheck check = Linear(2, hides);
        GraphBuilder graph = check.Graph;
        long[] shape = [2, 3, 4];
        long[] other = [2, 3, 4];
        other[axis < 0 ? 2 : axis] = 5;
        string joined = graph.Node("Concat", [check.Normal("a", shape), check.Normal("b", other), "a"], NodeParameter.Of("axis", axis));
        long length = (2 * shape[axis < 0 ? 2 : axis]) + 5;
        IReadOnlyList<string> parts = graph.NodeWithOutputs("Split", 3, [joined, graph.Integers([1, length - 3, 2])], NodeParameter.Of("axis", axis));

        // The middle part is not used: its gradient is zero.
        check.Output(parts[0], parts[2]).Verify();
    }

    [Fact]
    public void Equal_parts_in_both_forms()
    {
        foreach (int set in new[] { 17, 18 })
        {
            GradientCheck check = Linear(3, hides: false);
            check.Graph.RaiseOperatorSet(set);
            NodeParameter[] parameters = set == 17 ? [NodeParameter.Of("axis", 1L)] : [NodeParameter.Of("axis", 1L), NodeParameter.Of("num_outputs", 2L)];
            check.Output(check.Graph.NodeWithOutputs("Split", 2, [check.Normal("x", 3, 4)], parameters)[1]).Verify();
        }
    }

    [Theory]
    [InlineData(new long[] { 1 }, new long[] { 3 }, new long[] { 1 }, null)]
    [InlineData(new long[] { -3, 0 }, new long[] { -1, 9 }, new long[] { -1, 0 }, null)]
    [InlineData(new long[] { 0 }, new long[] { long.MaxValue }, new long[] { 2 }, new long[] { 2 })]
    [InlineData(new long[] { -1 }, new long[] { long.MinValue }, new long[] { 1 }, new long[] { -1 })]
    [InlineData(new long[] { 4, 1 }, new long[] { 0, 3 }, new long[] { 1, 2 }, new long[] { -2, 1 })]
    public void Slices_with_any_step(long[] starts, long[] ends, long[] axes, long[]? steps)
    {
        foreach (bool hides in new[] { false, true })
        {
            GradientCheck check = Linear(4, hides);
            GraphBuilder graph = check.Graph;
            string x = check.Normal("x", 2, 5, 4);
            string[] inputs = [x, graph.Integers(starts), graph.Integers(ends), graph.Integers(axes)];
            check.Output(graph.Node("Slice", steps is null ? inputs : [.. inputs, graph.Integers(steps)])).Verify();
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(-1)]
    public void Gathered_rows_add_up_where_they_repeat(long axis)
    {
        GradientCheck check = Linear(5, hides: axis == 1);
        GraphBuilder graph = check.Graph;
        string x = check.Normal("x", 3, 4, 3);
        string rows = graph.Initializer("rows", new long[] { 0, 2, 2, -1 }, 2, 2);
        string one = graph.Initializer("only", new long[] { 1 });
        check.Output(
            graph.Node("Gather", [x, rows], NodeParameter.Of("axis", axis)),
            graph.Node("Gather", [x, one], NodeParameter.Of("axis", axis))).Verify();
    }

    [Fact]
    public void Elements_by_place_and_tiles()
    {
        GradientCheck check = Linear(6, hides: false);
        GraphBuilder graph = check.Graph;
        string x = check.Normal("x", 2, 3);
        string places = graph.Initializer("places", new long[] { 0, 2, 2, 1 }, 2, 2);
        string pairs = graph.Initializer("pairs", new long[] { 0, 1, 1, 2, 0, 1 }, 3, 2);
        check.Output(
            graph.Node("GatherElements", [x, places], NodeParameter.Of("axis", 1L)),
            graph.Node("GatherND", [x, pairs]),
            graph.Node("Tile", [x, graph.Integers([2, 3])])).Verify();
    }

    [Theory]
    [InlineData("constant", new long[] { 0, 1, 2, 0, 2, 0 }, false)]
    [InlineData("constant", new long[] { 1, 0, -1, 0, -2, 3 }, true)]
    [InlineData("edge", new long[] { 0, 2, 1, 0, 0, 3 }, false)]
    [InlineData("reflect", new long[] { 0, 2, 1, 0, 1, 3 }, false)]
    public void Padding_of_every_mode(string mode, long[] pads, bool hides)
    {
        GradientCheck check = Linear(7, hides);
        check.Output(check.Graph.Node("Pad", [check.Normal("x", 2, 4, 4), check.Graph.Integers(pads)], NodeParameter.Of("mode", mode))).Verify();
    }

    [Fact]
    public void Padding_of_chosen_axes()
    {
        foreach (string mode in new[] { "constant", "reflect" })
        {
            GradientCheck check = Linear(8, hides: false);
            check.Graph.RaiseOperatorSet(18);
            string[] inputs = [check.Normal("x", 2, 4, 4), check.Graph.Integers([1, 0, 2, 1]), "", check.Graph.Integers([-1, 1])];
            check.Output(check.Graph.Node("Pad", inputs, NodeParameter.Of("mode", mode))).Verify();
        }
    }

    [Theory]
    [InlineData("DepthToSpace")]
    [InlineData("SpaceToDepth")]
    public void Depth_and_space(string operation)
    {
        var check = new GradientCheck(9, OnnxElementType.Float) { Step = 1, Tolerance = 1e-5 };
        check.Output(check.Graph.Node(operation, [check.Normal("x", 2, 4, 4, 2)], NodeParameter.Of("blocksize", 2L))).Verify();
    }

    private static GradientCheck Linear(int seed, bool hides) => new(seed) { Step = 1, Tolerance = 1e-9, HidesLengths = hides };
}
