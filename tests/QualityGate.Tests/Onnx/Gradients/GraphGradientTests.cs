using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;
using QualityGate.Onnx.Gradients.Rules;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class GraphGradientTests
{
    [Fact]
    public void Gradients_become_outputs_beside_what_the_model_gave_before()
    {
        GraphBuilder graph = SquareLoss(out string loss);
        OnnxModel model = graph.Output(loss).ToModel();
        GradientResult result = GraphGradient.Add(model, loss, ["x", "w"]);
        Assert.Equal([loss, "grad/x", "grad/w"], result.Model.Outputs.Select(output => output.Name));
        Assert.Equal("grad/w", result.Gradients["w"]);
        IReadOnlyDictionary<string, double[]> values = GraphRun.Once(result.Model, new Tensor("x", OnnxElementType.Float, [2], [3, 4]));

        // The loss is (2 * 3)² + (5 * 4)².
        Assert.Equal([436], values[loss]);
        Assert.Equal([2 * 6 * 2, 2 * 20 * 5], values["grad/x"]);
        Assert.Equal([2 * 6 * 3, 2 * 20 * 4], values["grad/w"]);
    }

    [Fact]
    public void Gradients_of_tensors_between_are_given_too()
    {
        GraphBuilder graph = SquareLoss(out string loss);
        IReadOnlyDictionary<string, string> gradients = GraphGradient.Add(graph, loss, ["Mul_0"]);
        graph.Output(gradients["Mul_0"]);
        Assert.Equal([12, 40], GraphRun.Once(graph.ToModel(), new Tensor("x", OnnxElementType.Float, [2], [3, 4]))[gradients["Mul_0"]]);
    }

    [Fact]
    public void Gradients_have_gradients()
    {
        // A gradient penalty, as in WGAN-GP: |d D(x) / d x|² differentiated by a weight of D.
        var check = new GradientCheck(1);
        GraphBuilder graph = check.Graph;
        string x = check.Normal("x", 3, 2);
        string hidden = graph.Node("Tanh", [graph.Gemm(x, check.Normal("w", 2, 4))]);
        string score = graph.Node("ReduceSum", [graph.MatMul(hidden, check.Normal("v", 4, 1))], NodeParameter.Of("keepdims", 0L));
        check.Output(graph.Node("ReduceL2", [GraphGradient.Add(graph, score, [x])[x]], NodeParameter.Of("axes", [1]))).Verify();
    }

    [Fact]
    public void An_operator_without_a_rule_is_named_with_its_node()
    {
        var graph = new GraphBuilder("g");
        string det = graph.Node("Det", [graph.Input("x", OnnxElementType.Float, 2, 2)]);
        GradientNotSupportedException error = Assert.Throws<GradientNotSupportedException>(() => GraphGradient.Add(graph, det, ["x"]));
        Assert.Equal("No gradient through Det 'Det_0': the operator has no rule", error.Message);
        Assert.Equal("Det", error.Operation);
        Assert.Equal("Det_0", error.Node);
    }

    [Fact]
    public void An_operator_without_a_rule_that_is_not_on_the_way_is_no_matter()
    {
        var graph = new GraphBuilder("g");
        string x = graph.Input("x", OnnxElementType.Float);
        string det = graph.Node("Det", [graph.Input("a", OnnxElementType.Float, 2, 2)]);
        string loss = graph.Node("Mul", [x, det]);
        IReadOnlyDictionary<string, string> gradients = GraphGradient.Add(graph, loss, [x]);
        Tensor[] inputs = [new("x", OnnxElementType.Float, [], [7]), new("a", OnnxElementType.Float, [2, 2], [2, 0, 0, 3])];
        Assert.Equal([6], GraphRun.Once(graph.Output(gradients[x]).ToModel(), inputs)[gradients[x]]);
    }

    [Fact]
    public void A_loss_that_does_not_depend_on_a_tensor_is_an_error()
    {
        var graph = new GraphBuilder("g");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string loss = graph.Node("Cast", [graph.Node("Size", [x])], NodeParameter.Of("to", (long)OnnxElementType.Float));
        Assert.Contains("does not depend on 'x'", Assert.Throws<ArgumentException>(() => GraphGradient.Add(graph, loss, [x])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_documentation_names_every_operator_with_a_rule()
    {
        string page = File.ReadAllText(RepositoryFiles.At("docs", "gradients.md"));
        Assert.All(RuleCatalogue.Operators, operation => Assert.Matches($@"\b{operation}\b", page));
    }

    [Fact]
    public void A_loss_of_several_elements_and_unknown_names_are_refused()
    {
        GraphBuilder graph = SquareLoss(out string loss);
        Assert.Contains("not a scalar but [2]", Assert.Throws<ArgumentException>(() => GraphGradient.Add(graph, "Mul_0", ["x"])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => GraphGradient.Add(graph, "nowhere", ["x"]));
        Assert.Throws<ArgumentException>(() => GraphGradient.Add(graph, loss, ["nowhere"]));
    }

    private static GraphBuilder SquareLoss(out string loss)
    {
        var graph = new GraphBuilder("g");
        string product = graph.Node("Mul", [graph.Input("x", OnnxElementType.Float, 2), graph.Initializer("w", new float[] { 2, 5 }, 2)]);
        loss = graph.Node("ReduceSumSquare", [product], NodeParameter.Of("keepdims", 0L));
        return graph;
    }
}
