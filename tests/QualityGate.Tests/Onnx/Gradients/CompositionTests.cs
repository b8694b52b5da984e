using QualityGate.Onnx;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Tests.Onnx.Gradients;

public sealed class CompositionTests
{
    [Fact]
    public void A_generator_and_a_discriminator_become_one_graph()
    {
        OnnxModel generator = Layer("z", "image", 2, 3, 1);
        OnnxModel discriminator = Layer("image", "score", 3, 1, 2);
        var graph = new GraphBuilder("gan");
        string z = graph.Input("z", OnnxElementType.Float, "batch", 2);
        ImportedGraph g = graph.Import(generator, "G/", new Dictionary<string, string> { ["z"] = z });
        ImportedGraph d = graph.Import(discriminator, "D/", new Dictionary<string, string> { ["image"] = g.Output });
        Assert.Equal("G/w", Assert.Single(g.Weights));
        var input = new Tensor("z", OnnxElementType.Float, [1, 2], [0.5, -0.25]);
        double[] image = GraphRun.Once(generator, input)["image"];
        double[] score = GraphRun.Once(discriminator, new Tensor("image", OnnxElementType.Float, [1, 3], image))["score"];
        Assert.Equal(score, GraphRun.Once(graph.Output(d.Output).ToModel(), input)[d.Output]);
    }

    [Fact]
    public void Two_imports_can_share_their_weights_whose_gradient_is_the_sum()
    {
        OnnxModel discriminator = Layer("image", "score", 3, 1, 2);
        var graph = new GraphBuilder("siamese");
        ImportedGraph first = graph.Import(discriminator, "D/", Connect(graph.Input("a", OnnxElementType.Float, "batch", 3)));
        ImportedGraph second = graph.Import(discriminator, "D2/", Connect(graph.Input("b", OnnxElementType.Float, "batch", 3)), first);
        Assert.Equal(first["w"], second["w"]);
        string loss = graph.Node("ReduceSum", [graph.Add(first.Output, second.Output)], NodeParameter.Of("keepdims", 0L));
        string gradient = GraphGradient.Add(graph, loss, [first["w"]])[first["w"]];
        Tensor[] inputs = [new("a", OnnxElementType.Float, [1, 3], [1, 2, 3]), new("b", OnnxElementType.Float, [1, 3], [10, 20, 30])];
        Assert.Equal([11, 22, 33], GraphRun.Once(graph.Output(gradient).ToModel(), inputs)[gradient]);

        static Dictionary<string, string> Connect(string tensor) => new() { ["image"] = tensor };
    }

    [Fact]
    public void Inputs_that_are_not_connected_become_inputs()
    {
        var graph = new GraphBuilder("g");
        ImportedGraph imported = graph.Import(Layer("z", "image", 2, 3, 1), "G/", new Dictionary<string, string>());
        Assert.Equal("G/z", Assert.Single(graph.Output(imported.Output).ToModel().Inputs).Name);
    }

    [Fact]
    public void Unknown_names_and_taken_prefixes_are_refused()
    {
        var graph = new GraphBuilder("g");
        OnnxModel model = Layer("z", "image", 2, 3, 1);
        graph.Import(model, "G/", new Dictionary<string, string>());
        Assert.Throws<ArgumentException>(() => graph.Import(model, "G/", new Dictionary<string, string>()));
        Assert.Throws<ArgumentException>(() => graph.Import(model, "H/", new Dictionary<string, string> { ["nowhere"] = "G/z" }));
        Assert.Throws<ArgumentException>(() => graph.Import(model, "H/", new Dictionary<string, string> { ["z"] = "nowhere" }));
    }

    [Fact]
    public void A_constant_becomes_an_input_and_gets_other_values()
    {
        OnnxModel model = Layer("z", "image", 2, 1, 1);
        GraphBuilder graph = GraphBuilder.From(model);
        OnnxConstant weights = graph.ConstantToInput("w");
        Assert.Equal(model.Constants[0].ToFloats(), weights.ToFloats());
        Assert.Equal(["z", "w"], graph.ToModel().Inputs.Select(input => input.Name));
        model.ReplaceConstant("w", [2, 3]);
        Assert.Equal(8, GraphRun.Once(model, new Tensor("z", OnnxElementType.Float, [1, 2], [1, 2]))["image"][0]);
        Assert.Throws<ArgumentException>(() => model.ReplaceConstant("w", [1]));
        Assert.Throws<ArgumentException>(() => model.ReplaceConstant("v", [1]));
        Assert.Throws<ArgumentException>(() => graph.ConstantToInput("w"));
    }

    [Fact]
    public void Models_of_different_operator_sets_meet_in_the_newer_one()
    {
        var old = new GraphBuilder("old");
        string mean = old.ReduceMean(old.Input("x", OnnxElementType.Float, "n", 3), keepAxes: false, 1);
        OnnxModel first = old.Output(mean).ToModel();
        var young = new GraphBuilder("young");
        young.RaiseOperatorSet(20);
        OnnxModel second = young.Output(young.Node("Gelu", [young.Input("y", OnnxElementType.Float, "n")])).ToModel();
        GraphBuilder graph = GraphBuilder.From(first);
        ImportedGraph imported = graph.Import(second, "young/", new Dictionary<string, string> { ["y"] = mean });
        Assert.Equal(20, graph.OperatorSet);
        double value = GraphRun.Once(graph.Output(imported.Output).ToModel(), new Tensor("x", OnnxElementType.Float, [1, 3], [0, 0, 3]))[imported.Output][0];
        Assert.Equal(0.841345, value, 5);
    }

    [Fact]
    public void Adam_steps_inside_a_graph_walk_towards_the_minimum()
    {
        var graph = new GraphBuilder("descent");
        string x = graph.Input("x", OnnxElementType.Float, 2);
        string target = graph.Initializer("target", new float[] { 3, -1 }, 2);
        string mean = graph.Initializer("zeros", new float[2], 2);
        string square = mean;
        string at = x;
        for (int step = 1; step <= 3; step++)
        {
            string error = graph.Node("Sub", [at, target]);
            string loss = graph.Node("ReduceSumSquare", [error], NodeParameter.Of("keepdims", 0L));
            AdamUpdate update = Adam(graph, step, decay: null).Append(graph, at, GraphGradient.Add(graph, loss, [at])[at], mean, square);
            (at, mean, square) = (update.Parameter, update.Mean, update.Square);
        }

        double[] expected = Reference([0, 0], [3, -1], steps: 3, decay: 0);
        double[] actual = GraphRun.Once(graph.Output(at).ToModel(), new Tensor("x", OnnxElementType.Float, [2], [0, 0]))[at];
        for (int i = 0; i < 2; i++) Assert.Equal(expected[i], actual[i], 5);
    }

    [Fact]
    public void Weight_decay_is_taken_off_the_parameter_itself()
    {
        var graph = new GraphBuilder("decay");
        string x = graph.Input("x", OnnxElementType.Float, 1);
        string zero = graph.Initializer("zero", new float[1], 1);
        AdamUpdate update = Adam(graph, 1, decay: 0.5f).Append(graph, x, graph.Initializer("g", new float[] { 1 }, 1), zero, zero);
        double actual = GraphRun.Once(graph.Output(update.Parameter).ToModel(), new Tensor("x", OnnxElementType.Float, [1], [2]))[update.Parameter][0];

        // 2 - 0.1 * 0.5 * 2 - 0.1: the first step of Adam is the learning rate whatever the gradient's size.
        Assert.Equal(1.8, actual, 5);
    }

    private static AdamStep Adam(GraphBuilder graph, int step, float? decay) => new()
    {
        Step = Scalar(graph, step),
        LearningRate = Scalar(graph, 0.1f),
        Beta1 = Scalar(graph, 0.5f),
        Beta2 = Scalar(graph, 0.999f),
        Epsilon = Scalar(graph, 1e-8f),
        WeightDecay = decay is { } value ? Scalar(graph, value) : null,
    };

    private static string Scalar(GraphBuilder graph, float value) => graph.Initializer(graph.UnusedName("s"), [value]);

    private static double[] Reference(double[] x, double[] target, int steps, double decay)
    {
        double[] m = new double[2];
        double[] v = new double[2];
        for (int t = 1; t <= steps; t++)
        {
            for (int i = 0; i < 2; i++)
            {
                double g = 2 * (x[i] - target[i]);
                m[i] = (0.5 * m[i]) + (0.5 * g);
                v[i] = (0.999 * v[i]) + (0.001 * g * g);
                x[i] -= 0.1 * ((m[i] / (1 - Math.Pow(0.5, t)) / (Math.Sqrt(v[i] / (1 - Math.Pow(0.999, t))) + 1e-8)) + (decay * x[i]));
            }
        }

        return x;
    }

    /// <summary>A layer without bias, whose weights <c>w</c> begin with 1, 2, 3, ...</summary>
    private static OnnxModel Layer(string input, string output, long width, long units, int salt)
    {
        var graph = new GraphBuilder("layer");
        float[] weights = Enumerable.Range(0, (int)(width * units)).Select(i => (i + salt) * 0.25f).ToArray();
        string x = graph.Input(input, OnnxElementType.Float, "batch", width);
        string y = graph.Gemm(x, graph.Initializer("w", weights, units, width), transposeRight: true);
        return graph.Output(graph.Identity(y, output), OnnxElementType.Float, "batch", units).ToModel();
    }
}
