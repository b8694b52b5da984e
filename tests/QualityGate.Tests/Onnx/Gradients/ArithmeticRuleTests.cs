using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class ArithmeticRuleTests
{
    public static TheoryData<string, long[], long[]> Broadcasts()
    {
        TheoryData<string, long[], long[]> data = [];
        foreach (string operation in new[] { "Add", "Sub", "Mul", "Div", "Max", "Min", "Pow", "Sum", "Mean" })
        {
            data.Add(operation, [2, 3], [2, 3]);
            data.Add(operation, [2, 3, 4], [3, 1]);
            data.Add(operation, [3, 1], [2, 1, 4]);
            data.Add(operation, [], [2, 2]);
            data.Add(operation, [1, 1], [3]);
        }

        return data;
    }

    [Theory]
    [MemberData(nameof(Broadcasts))]
    public void Broadcast_operators(string operation, long[] left, long[] right)
    {
        foreach (bool hides in new[] { false, true })
        {
            // ONNX Runtime has Sum and Mean for float32 only.
            OnnxElementType type = operation is "Mean" ? OnnxElementType.Float : OnnxElementType.Double;
            var check = new GradientCheck(left.Length + (2 * right.Length), type) { HidesLengths = hides };
            string a = operation is "Max" or "Min" ? check.Apart("a", left) : check.Uniform("a", 0.5, 2, left);
            string b = operation is "Max" or "Min" ? check.Between("b", right) : check.Uniform("b", 0.5, 2, right);
            check.Output(check.Graph.Node(operation, [a, b])).Verify();
        }
    }

    [Fact]
    public void Extremes_of_three()
    {
        var check = new GradientCheck(3);
        check.Output(check.Graph.Node("Max", [check.Apart("a", 2, 4), check.Uniform("b", -0.05, 0.05, 4), check.Uniform("c", 0.41, 0.45, 1, 1)])).Verify();
    }

    [Fact]
    public void A_tensor_used_twice_gets_both_parts()
    {
        var check = new GradientCheck(4);
        string x = check.Normal("x", 3, 2);
        check.Output(check.Graph.Node("Mul", [x, x]), check.Graph.Node("Sub", [x, check.Graph.Node("Exp", [x])])).Verify();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(0.5)]
    [InlineData(-1.5)]
    public void Powers_with_a_constant_exponent(double exponent)
    {
        var check = new GradientCheck(5);
        string x = exponent is 1 or 2 or 3 ? check.Normal("x", 5) : check.Uniform("x", 0.5, 2, 5);
        check.Output(check.Graph.Node("Pow", [x, check.Graph.Initializer("p", new[] { exponent })])).Verify();
    }

    [Fact]
    public void Powers_with_an_exponent_of_another_type()
    {
        var check = new GradientCheck(6);
        check.Output(check.Graph.Node("Pow", [check.Normal("x", 5), check.Graph.Initializer("p", new long[] { 3 }, 1)])).Verify();
    }

    [Fact]
    public void Where_gives_each_side_its_part()
    {
        var check = new GradientCheck(7);
        string condition = check.Graph.Node("Greater", [check.Fixed(Tensor.Normal("c", check.Random, OnnxElementType.Double, 3, 1)), check.Graph.Initializer("zero", new[] { 0.0 })]);
        check.Output(check.Graph.Node("Where", [condition, check.Normal("a", 2, 3, 4), check.Normal("b", 4)])).Verify();
    }

    [Fact]
    public void PRelu_learns_its_slopes()
    {
        var check = new GradientCheck(8, OnnxElementType.Float);
        check.Output(check.Graph.Node("PRelu", [check.Apart("x", 2, 3, 4), check.Normal("slope", 3, 1)])).Verify();
    }
}
