using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class PoolingRuleTests
{
    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 24));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Averages_over_windows_of_random_form(int seed)
    {
        // Linear, so steps of 1 are exact.
        var check = new GradientCheck(seed, OnnxElementType.Float) { Step = 1, Tolerance = 1e-5 };
        Random random = check.Random;
        int spatial = random.Next(1, 3);
        string x = check.Normal("x", [random.Next(1, 3), 2, .. Each(spatial, () => random.Next(5, 8))]);
        check.Output(check.Graph.Node("AveragePool", [x], [.. Window(random, spatial), NodeParameter.Of("count_include_pad", random.Next(2))])).Verify();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Maxima_over_windows_of_random_form(int seed)
    {
        var check = new GradientCheck(seed) { HidesLengths = seed % 3 == 0 };
        Random random = check.Random;
        int spatial = random.Next(1, 3);
        string x = check.Apart("x", [random.Next(1, 3), 2, .. Each(spatial, () => random.Next(5, 8))]);
        check.Output(check.Graph.Node("MaxPool", [x], Window(random, spatial))).Verify();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    public void Averages_whose_lengths_are_known_only_at_run_time(long countsPadding)
    {
        var check = new GradientCheck(1, OnnxElementType.Float) { Step = 1, Tolerance = 1e-5, HidesLengths = true };
        NodeParameter[] window =
        [
            NodeParameter.Of("kernel_shape", [3, 2]), NodeParameter.Of("strides", [2, 3]), NodeParameter.Of("pads", [1, 0, 1, 1]),
            NodeParameter.Of("count_include_pad", countsPadding),
        ];
        check.Output(check.Graph.Node("AveragePool", [check.Normal("x", 2, 2, 6, 7)], window)).Verify();
    }

    [Fact]
    public void Maxima_that_tie_go_where_the_runtime_found_them()
    {
        var graph = new GraphBuilder("g");
        string pool = graph.MaxPool(graph.Input("x", OnnxElementType.Float, 1, 1, 2, 3), kernel: 2, stride: 1);
        OnnxModel model = graph.Output(pool).ToModel();
        GradientResult result = GraphGradient.AddSeeded(model, [pool], ["x"]);
        IReadOnlyDictionary<string, double[]> values = GraphRun.Once(
            result.Model,
            new Tensor("x", OnnxElementType.Float, [1, 1, 2, 3], [1, 5, 1, 1, 5, 1]),
            new Tensor("seed/" + pool, OnnxElementType.Float, [1, 1, 1, 2], [2, 3]));
        double[] gradient = values[result.Gradients["x"]];

        // Both windows hold both fives; each gives its gradient to one of them, and nothing is lost or counted twice.
        Assert.Equal(5, gradient[1] + gradient[4]);
        Assert.Equal(0, gradient[0] + gradient[2] + gradient[3] + gradient[5]);
    }

    [Theory]
    [InlineData("GlobalAveragePool", false)]
    [InlineData("GlobalAveragePool", true)]
    [InlineData("GlobalMaxPool", false)]
    public void Global_pools(string operation, bool hides)
    {
        var check = new GradientCheck(2, OnnxElementType.Float) { HidesLengths = hides };
        check.Output(check.Graph.Node(operation, [check.Apart("x", 2, 3, 2, 4)])).Verify();
    }

    private static NodeParameter[] Window(Random random, int spatial)
    {
        long[] kernel = Each(spatial, () => random.Next(2, 4));
        bool same = random.Next(4) == 0;
        return
        [
            NodeParameter.Of("kernel_shape", kernel),
            NodeParameter.Of("strides", Each(spatial, () => random.Next(1, 4))),
            same ? NodeParameter.Of("auto_pad", "SAME_UPPER") : NodeParameter.Of("pads", Each(2 * spatial, () => random.Next(0, 2))),
            NodeParameter.Of("ceil_mode", same ? 0 : random.Next(2)),
        ];
    }

    private static long[] Each(int count, Func<long> draw) => Enumerable.Range(0, count).Select(_ => draw()).ToArray();
}
