using System.Globalization;
using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx.Gradients;

/// <summary>Small networks whose weights are inputs, so that tests can move them.</summary>
internal sealed class TestNetwork
{
    public const string InputName = "x";

    private readonly List<Tensor> _weights = [];

    public TestNetwork(int seed, params OnnxDimension[] input)
    {
        Random = new Random(seed);
        Input = Graph.Input(InputName, OnnxElementType.Float, input);
    }

    public Random Random { get; }

    public GraphBuilder Graph { get; } = new("network");

    public string Input { get; }

    public IReadOnlyList<Tensor> Weights => _weights;

    public string Dense(string x, long width, long units) =>
        Graph.Gemm(x, Weight(width, units, width), Weight(1, units), transposeRight: true);

    public string Linear(string x, long width, long units) => Graph.Add(Graph.MatMul(x, Weight(width, width, units)), Weight(1, units));

    public string Convolved(string x, long channels, long filters, int kernel, int stride, int padding) =>
        Graph.Conv(x, Weight(channels * kernel * kernel, filters, channels, kernel, kernel), Weight(1, filters), stride, padding);

    public string Transposed(string x, long channels, long filters, long kernel, long stride, long padding) =>
        Graph.Node(
            "ConvTranspose",
            [x, Weight(channels * 4, channels, filters, kernel, kernel), Weight(1, filters)],
            NodeParameter.Of("strides", [stride, stride]),
            NodeParameter.Of("pads", [padding, padding, padding, padding]));

    public string BatchNormalized(string x, long channels, bool trains)
    {
        string mean = Graph.Initializer(Graph.UnusedName("mean"), Enumerable.Range(0, (int)channels).Select(i => i * 0.1f).ToArray(), channels);
        string variance = Graph.Initializer(Graph.UnusedName("variance"), Enumerable.Repeat(0.8f, (int)channels).ToArray(), channels);
        string[] inputs = [x, Weight(1, channels), Weight(1, channels), mean, variance];
        return trains
            ? Graph.NodeWithOutputs("BatchNormalization", 3, inputs, NodeParameter.Of("training_mode", 1L))[0]
            : Graph.Node("BatchNormalization", inputs);
    }

    public string Normalized(string x, long width) => Graph.Node("LayerNormalization", [x, Weight(1, width), Weight(1, width)]);

    public string ErfGelu(string x)
    {
        string erf = Graph.Node("Erf", [Graph.Node("Div", [x, Constant(MathF.Sqrt(2))])]);
        return Graph.Node("Mul", [Graph.Node("Mul", [x, Graph.Add(erf, Constant(1))]), Constant(0.5f)]);
    }

    /// <summary>Self-attention with the shape arithmetic that exporters write for a free batch axis.</summary>
    public string Attention(string x, long width, long heads, long tokens)
    {
        string batch = Graph.Node("Gather", [Graph.Node("Shape", [x]), Graph.Integers([0])]);
        string split = Graph.Node("Concat", [batch, Graph.Integers([tokens, heads, width / heads])], NodeParameter.Of("axis", 0L));
        string[] parts = Enumerable.Range(0, 3).Select(_ =>
        {
            string heads = Graph.Node("Reshape", [Linear(x, width, width), split]);
            return Graph.Node("Transpose", [heads], NodeParameter.Of("perm", [0, 2, 1, 3]));
        }).ToArray();
        string keys = Graph.Node("Transpose", [parts[1]], NodeParameter.Of("perm", [0, 1, 3, 2]));
        string scores = Graph.Node("Softmax", [Graph.Node("Mul", [Graph.MatMul(parts[0], keys), Constant(0.7f)])], NodeParameter.Of("axis", -1L));
        string mixed = Graph.Node("Transpose", [Graph.MatMul(scores, parts[2])], NodeParameter.Of("perm", [0, 2, 1, 3]));
        return Linear(Graph.Node("Reshape", [mixed, Graph.Integers([0, tokens, -1])]), width, width);
    }

    private string Constant(float value) => Graph.Initializer(Graph.UnusedName("constant"), [value]);

    private string Weight(double fanIn, params long[] shape)
    {
        string name = string.Create(CultureInfo.InvariantCulture, $"w{_weights.Count}");
        Tensor drawn = Tensor.Normal(name, Random, OnnxElementType.Float, shape);
        _weights.Add(drawn with { Values = Array.ConvertAll(drawn.Values, value => value / Math.Sqrt(fanIn)) });
        return Graph.Input(name, OnnxElementType.Float, shape.Select(OnnxDimension.FromInt64).ToArray());
    }
}
