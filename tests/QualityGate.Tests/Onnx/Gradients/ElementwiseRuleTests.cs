using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class ElementwiseRuleTests
{
    [Theory]
    [InlineData("Identity", OnnxElementType.Double)]
    [InlineData("Neg", OnnxElementType.Double)]
    [InlineData("Abs", OnnxElementType.Double)]
    [InlineData("Exp", OnnxElementType.Double)]
    [InlineData("Relu", OnnxElementType.Double)]
    [InlineData("LeakyRelu", OnnxElementType.Float)]
    [InlineData("Elu", OnnxElementType.Float)]
    [InlineData("Selu", OnnxElementType.Float)]
    [InlineData("Sigmoid", OnnxElementType.Double)]
    [InlineData("Tanh", OnnxElementType.Double)]
    [InlineData("Softplus", OnnxElementType.Float)]
    [InlineData("Softsign", OnnxElementType.Float)]
    [InlineData("HardSigmoid", OnnxElementType.Float)]
    [InlineData("HardSwish", OnnxElementType.Float)]
    [InlineData("Erf", OnnxElementType.Float)]
    [InlineData("Sin", OnnxElementType.Double)]
    [InlineData("Cos", OnnxElementType.Double)]
    public void Functions_of_one_number(string operation, OnnxElementType type)
    {
        var check = new GradientCheck(1, type);
        check.Output(check.Graph.Node(operation, [check.Apart("x", 3, 5)])).Verify();
    }

    [Theory]
    [InlineData("Sqrt")]
    [InlineData("Log")]
    [InlineData("Reciprocal")]
    public void Functions_of_one_positive_number(string operation)
    {
        var check = new GradientCheck(2);
        check.Output(check.Graph.Node(operation, [check.Uniform("x", 0.5, 2, 3, 5)])).Verify();
    }

    [Theory]
    [InlineData("LeakyRelu", "alpha", 0.2f)]
    [InlineData("Elu", "alpha", 0.7f)]
    [InlineData("Selu", "gamma", 1.3f)]
    [InlineData("HardSigmoid", "alpha", 0.31f)]
    public void Parameters_of_activations(string operation, string parameter, float value)
    {
        var check = new GradientCheck(3, OnnxElementType.Float);
        check.Output(check.Graph.Node(operation, [check.Apart("x", 3, 5)], NodeParameter.Of(parameter, value))).Verify();
    }

    [Theory]
    [InlineData("none")]
    [InlineData("tanh")]
    public void Gelu_of_operator_set_20(string approximation)
    {
        var check = new GradientCheck(4, OnnxElementType.Float);
        check.Graph.RaiseOperatorSet(20);
        check.Output(check.Graph.Node("Gelu", [check.Normal("x", 3, 5)], NodeParameter.Of("approximate", approximation))).Verify();
    }

    [Theory]
    [InlineData(true, true)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public void Clip_passes_what_it_does_not_change(bool least, bool most)
    {
        var check = new GradientCheck(5);
        string x = check.Apart("x", 4, 5);
        string low = least ? check.Graph.Initializer("low", new[] { -1.05 }) : "";
        string high = most ? check.Graph.Initializer("high", new[] { 1.0 }) : "";
        check.Output(check.Graph.Node("Clip", [x, low, high])).Verify();
    }

    [Fact]
    public void Casts_between_real_types_pass_gradients()
    {
        var check = new GradientCheck(6, OnnxElementType.Double) { Step = 0.5, Tolerance = 1e-5 };
        string narrow = check.Graph.Node("Cast", [check.Normal("x", 4)], NodeParameter.Of("to", (long)OnnxElementType.Float));
        check.Output(check.Graph.Node("Cast", [narrow], NodeParameter.Of("to", (long)OnnxElementType.Double))).Verify();
    }

    [Fact]
    public void Dropout_outside_training_is_the_identity()
    {
        var check = new GradientCheck(7, OnnxElementType.Float) { Step = 1 };
        string ratio = check.Graph.Initializer("ratio", new[] { 0.5f });
        check.Output(check.Graph.Node("Dropout", [check.Normal("x", 4), ratio])).Verify();
    }
}
