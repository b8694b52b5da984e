using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class ResizeRuleTests
{
    public static TheoryData<string, string, string> Modes()
    {
        TheoryData<string, string, string> data = [];
        foreach (string coordinates in new[] { "half_pixel", "asymmetric", "align_corners", "pytorch_half_pixel" })
        {
            data.Add("linear", coordinates, "floor");
            foreach (string nearest in new[] { "floor", "ceil", "round_prefer_floor", "round_prefer_ceil" }) data.Add("nearest", coordinates, nearest);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Modes))]
    public void Resizing_by_factors_and_to_lengths(string mode, string coordinates, string nearest)
    {
        foreach (float[]? factors in new float[]?[] { [2, 2], [3, 1.5f], [0.5f, 0.75f], null })
        {
            var check = new GradientCheck(1, OnnxElementType.Float) { Step = 1, Tolerance = 1e-5 };
            string x = check.Normal("x", 2, 2, 4, 4);
            string[] inputs = factors is null
                ? [x, "", "", check.Graph.Integers([2, 2, 7, 3])]
                : [x, "", check.Graph.Initializer("scales", [1, 1, factors[0], factors[1]], 4)];
            NodeParameter[] parameters =
                [NodeParameter.Of("mode", mode), NodeParameter.Of("coordinate_transformation_mode", coordinates), NodeParameter.Of("nearest_mode", nearest)];
            check.Output(check.Graph.Node("Resize", inputs, parameters)).Verify();
        }
    }

    [Fact]
    public void Lengths_known_only_at_run_time_are_an_error_that_names_the_node()
    {
        var graph = new GraphBuilder("g");
        string x = graph.Input("x", OnnxElementType.Float, "n", 1, "h", "w");
        string y = graph.Node("Resize", [x, "", graph.Initializer("scales", new float[] { 1, 1, 2, 2 }, 4)]);
        GradientNotSupportedException error = Assert.Throws<GradientNotSupportedException>(() => GraphGradient.AddSeeded(graph.Output(y).ToModel(), [y], ["x"]));
        Assert.Contains("Resize 'Resize_0': the length of axis 2 is not known", error.Message, StringComparison.Ordinal);
    }
}
