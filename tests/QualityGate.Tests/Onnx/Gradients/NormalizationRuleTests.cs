using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class NormalizationRuleTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_normalisation_with_known_statistics(bool hides)
    {
        foreach (long[] shape in new long[][] { [4, 3], [2, 3, 4], [2, 3, 2, 2] })
        {
            var check = new GradientCheck(1) { HidesLengths = hides };
            string x = check.Normal("x", shape);
            string[] inputs = [x, check.Normal("scale", 3), check.Normal("bias", 3), check.Normal("mean", 3), check.Uniform("variance", 0.5, 2, 3)];
            check.Output(check.Graph.Node("BatchNormalization", inputs, NodeParameter.Of("epsilon", 0.01f))).Verify();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Batch_normalisation_through_the_statistics_of_the_batch(bool hides)
    {
        foreach (long[] shape in new long[][] { [5, 3], [2, 3, 4], [2, 3, 2, 2] })
        {
            var check = new GradientCheck(2) { HidesLengths = hides };
            string mean = check.Graph.Initializer("mean", new double[3], 3);
            string variance = check.Graph.Initializer("variance", new double[] { 1, 1, 1 }, 3);
            string[] inputs = [check.Normal("x", shape), check.Normal("scale", 3), check.Normal("bias", 3), mean, variance];
            IReadOnlyList<string> outputs = check.Graph.NodeWithOutputs("BatchNormalization", 3, inputs, NodeParameter.Of("training_mode", 1L));
            check.Output(outputs[0]).Verify();
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Instance_normalisation(bool hides)
    {
        // float32 only; the fourth derivatives of a normalisation of few values need small steps, hence the tolerance.
        var check = new GradientCheck(3, OnnxElementType.Float) { HidesLengths = hides, Step = 0.02, Tolerance = 1e-3 };
        string[] inputs = [check.Normal("x", 2, 3, 3, 4), check.Normal("scale", 3), check.Normal("bias", 3)];
        check.Output(check.Graph.Node("InstanceNormalization", inputs)).Verify();
    }

    [Theory]
    [InlineData(-1, new long[] { 4 })]
    [InlineData(2, new long[] { 4 })]
    [InlineData(1, new long[] { 3, 4 })]
    [InlineData(0, new long[] { 2, 3, 4 })]
    [InlineData(-2, new long[] { 3, 4 })]
    public void Layer_normalisation_from_any_axis(long axis, long[] parameters)
    {
        foreach (bool hides in new[] { false, true })
        {
            var check = new GradientCheck(4) { HidesLengths = hides };
            string[] inputs = [check.Normal("x", 2, 3, 4), check.Normal("scale", parameters), check.Normal("bias", parameters)];
            check.Output(check.Graph.Node("LayerNormalization", inputs, NodeParameter.Of("axis", axis), NodeParameter.Of("epsilon", 0.01f))).Verify();
        }
    }

    [Fact]
    public void Layer_normalisation_without_bias()
    {
        var check = new GradientCheck(5);
        check.Output(check.Graph.Node("LayerNormalization", [check.Normal("x", 3, 4), check.Normal("scale", 4)])).Verify();
    }
}
