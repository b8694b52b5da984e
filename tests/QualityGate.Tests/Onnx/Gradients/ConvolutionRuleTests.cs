using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>Convolutions run in float32 only; being linear in each input, they are compared with differences over steps of 1.</summary>
public sealed class ConvolutionRuleTests
{
    private const double LinearStep = 1;

    public static TheoryData<int> Seeds => new(Enumerable.Range(0, 40));

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Convolutions_of_random_form(int seed)
    {
        var check = new GradientCheck(seed, OnnxElementType.Float) { Step = LinearStep, Tolerance = 1e-5 };
        Random random = check.Random;
        int spatial = random.Next(1, 3);
        int groups = random.Next(1, 4);
        long[] kernel = Each(spatial, () => random.Next(1, 4));
        bool padsItself = random.Next(3) == 0;
        long[] dilations = Each(spatial, () => padsItself ? 1 : random.Next(1, 3));
        long[] strides = Each(spatial, () => random.Next(1, 4));
        long[] pads = Each(2 * spatial, () => random.Next(0, 3));
        long[] lengths = Each(spatial, () => random.Next(5, 8));
        string x = check.Normal("x", [random.Next(1, 3), groups * random.Next(1, 3), .. lengths]);
        long channels = check.Shape("x")[1] / groups;
        string w = check.Normal("w", [groups * random.Next(1, 3), channels, .. kernel]);
        string[] inputs = random.Next(2) == 0 ? [x, w] : [x, w, check.Normal("b", check.Shape("w")[0])];
        List<NodeParameter> parameters =
            [NodeParameter.Of("strides", strides), NodeParameter.Of("dilations", dilations), NodeParameter.Of("group", groups), NodeParameter.Of("kernel_shape", kernel)];
        parameters.Add(padsItself ? NodeParameter.Of("auto_pad", seed % 2 == 0 ? "SAME_UPPER" : "SAME_LOWER") : NodeParameter.Of("pads", pads));
        check.Output(check.Graph.Node("Conv", inputs, parameters.ToArray())).Verify();
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(3, 2)]
    public void Convolutions_whose_lengths_are_known_only_at_run_time(int stride, int groups)
    {
        var check = new GradientCheck(stride, OnnxElementType.Float) { Step = LinearStep, Tolerance = 1e-5, HidesLengths = true };
        string x = check.Normal("x", 2, 2 * groups, 6, 7);
        string w = check.Normal("w", 2 * groups, 2, 3, 2);
        string y = check.Graph.Node(
            "Conv",
            [x, w],
            NodeParameter.Of("strides", [stride, stride]),
            NodeParameter.Of("pads", [1, 0, 1, 1]),
            NodeParameter.Of("group", groups),
            NodeParameter.Of("kernel_shape", [3, 2]));
        check.Output(y).Verify();
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Transposed_convolutions_of_random_form(int seed)
    {
        var check = new GradientCheck(seed, OnnxElementType.Float) { Step = LinearStep, Tolerance = 1e-5, HidesLengths = seed % 4 == 0 };
        Random random = check.Random;
        int spatial = random.Next(1, 3);
        int groups = random.Next(1, 4);
        long[] kernel = Each(spatial, () => random.Next(2, 5));
        long[] dilations = Each(spatial, () => random.Next(1, 3));
        long[] strides = Each(spatial, () => random.Next(1, 4));
        long[] pads = Each(2 * spatial, () => random.Next(0, 2));
        long[] extra = strides.Select(stride => (long)random.Next(0, (int)stride)).ToArray();
        long[] lengths = Each(spatial, () => random.Next(3, 6));
        string x = check.Normal("x", [random.Next(1, 3), groups * random.Next(1, 3), .. lengths]);
        string w = check.Normal("w", [check.Shape("x")[1], random.Next(1, 3), .. kernel]);
        string b = check.Normal("b", check.Shape("w")[1] * groups);
        List<NodeParameter> parameters =
        [
            NodeParameter.Of("strides", strides), NodeParameter.Of("dilations", dilations), NodeParameter.Of("group", groups), NodeParameter.Of("kernel_shape", kernel),
            NodeParameter.Of("output_padding", extra), NodeParameter.Of("pads", pads),
        ];
        check.Output(check.Graph.Node("ConvTranspose", [x, w, b], parameters.ToArray())).Verify();
    }

    [Theory]
    [InlineData("SAME_UPPER")]
    [InlineData("SAME_LOWER")]
    public void Transposed_convolutions_that_pad_themselves(string pad)
    {
        var check = new GradientCheck(3, OnnxElementType.Float) { Step = LinearStep, Tolerance = 1e-5 };
        check.Output(check.Graph.Node(
            "ConvTranspose",
            [check.Normal("x", 2, 2, 3, 4), check.Normal("w", 2, 3, 3, 4)],
            NodeParameter.Of("strides", [2, 3]),
            NodeParameter.Of("auto_pad", pad))).Verify();
    }

    [Theory]
    [InlineData(6, 9)]
    [InlineData(7, 10)]
    public void Transposed_convolutions_to_a_wanted_length(long height, long width)
    {
        var check = new GradientCheck(4, OnnxElementType.Float) { Step = LinearStep, Tolerance = 1e-5 };
        check.Output(check.Graph.Node(
            "ConvTranspose",
            [check.Normal("x", 2, 2, 3, 4), check.Normal("w", 2, 3, 3, 4)],
            NodeParameter.Of("strides", [2, 3]),
            NodeParameter.Of("output_shape", [height, width]))).Verify();
    }

    private static long[] Each(int count, Func<long> draw) => Enumerable.Range(0, count).Select(_ => draw()).ToArray();
}
