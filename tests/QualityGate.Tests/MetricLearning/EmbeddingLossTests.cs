using System.Text.Json;
using QualityGate.Onnx;
using QualityGate.Onnx.Embeddings;
using QualityGate.Onnx.Gradients;
using QualityGate.SelfTest;
using QualityGate.Tests.Onnx.Gradients;

namespace QualityGate.Tests.MetricLearning;

public sealed class EmbeddingLossTests
{
    private static readonly JsonElement[] Golden =
        [.. JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "embedding", "golden.json"))).RootElement.EnumerateArray()];

    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Golden.Length)];

    /// <summary>In float64 the graph and numpy differ by rounding alone; the steepest case has an exponent of 300, which multiplies rounding.</summary>
    [Theory]
    [MemberData(nameof(Cases))]
    public void Losses_and_gradients_are_those_of_numpy(int index)
    {
        JsonElement golden = Golden[index];
        IReadOnlyDictionary<string, double[]> found = Run(golden, OnnxElementType.Double);
        Near([golden.GetProperty("value").GetDouble()], found["loss"], 1e-9);
        Near(Numbers(golden, "embeddings"), found["grad/x"], 1e-9);
        if (golden.TryGetProperty("proxies", out _)) Near(Numbers(golden, "proxies"), found["grad/proxies"], 1e-9);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void In_float32_nothing_overflows(int index)
    {
        JsonElement golden = Golden[index];
        IReadOnlyDictionary<string, double[]> found = Run(golden, OnnxElementType.Float);
        Near([golden.GetProperty("value").GetDouble()], found["loss"], 1e-4);
        Near(Numbers(golden, "embeddings"), found["grad/x"], 1e-3);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(true, 2)]
    [InlineData(false, 3)]
    public void Gradients_follow_differences(bool hasProxies, int seed)
    {
        GradientCheck check = new(seed) { Step = 1e-4, Tolerance = 1e-6 };
        string x = check.Normal("x", 6, 4);
        double[] classes = new double[18];
        for (int i = 0; i < 6; i++) classes[(i * 3) + (i / 2)] = 1;
        string ofClass = check.Fixed(new Tensor("classes", OnnxElementType.Double, [6, 3], classes));
        EmbeddingLoss loss = hasProxies ? new ProxyAnchorLoss { Alpha = 6 } : new MultiSimilarityLoss { Beta = 8, Epsilon = 0.4 };
        string value = loss.Append(check.Graph, x, ofClass, hasProxies ? check.Normal("proxies", 3, 4) : null);
        check.Output(check.Graph.Node("Reshape", [value, check.Graph.Initializer("one", [1L], 1)])).Verify();
    }

    [Fact]
    public void A_loss_says_when_it_lacks_proxies_or_has_no_use_for_them()
    {
        GraphBuilder graph = new("loss");
        string x = graph.Input("x", OnnxElementType.Float, 4, 2), classes = graph.Input("classes", OnnxElementType.Float, 4, 2);
        Assert.Throws<ArgumentException>(() => new ProxyAnchorLoss().Append(graph, x, classes, null));
        Assert.Throws<ArgumentException>(() => new MultiSimilarityLoss().Append(graph, x, classes, x));
    }

    private static IReadOnlyDictionary<string, double[]> Run(JsonElement golden, OnnxElementType type)
    {
        int[] labels = [.. golden.GetProperty("labels").EnumerateArray().Select(label => label.GetInt32())];
        int width = golden.GetProperty("width").GetInt32(), classes = golden.GetProperty("classes").GetInt32();
        uint seed = golden.GetProperty("seed").GetUInt32();
        double[] targets = new double[labels.Length * classes];
        for (int i = 0; i < labels.Length; i++) targets[(i * classes) + labels[i]] = 1;
        GraphBuilder graph = new("loss");
        string x = graph.Input("x", type, labels.Length, width), ofClass = graph.Input("classes", type, labels.Length, classes);
        EmbeddingLoss loss = LossOf(golden);
        string? proxies = loss.HasProxies ? graph.Input("proxies", type, classes, width) : null;
        string value = graph.Identity(loss.Append(graph, x, ofClass, proxies), "loss");
        graph.Output(value);
        GradientResult result = GraphGradient.Add(graph.ToModel(), value, proxies is null ? ["x"] : ["x", "proxies"]);
        return GraphRun.Once(
            result.Model,
            new Tensor("x", type, [labels.Length, width], Draw(seed, labels.Length, width)),
            new Tensor("classes", type, [labels.Length, classes], targets),
            new Tensor("proxies", type, [classes, width], Draw(seed + 10, classes, width)));
    }

    private static EmbeddingLoss LossOf(JsonElement golden) => golden.GetProperty("loss").GetString() == "proxy-anchor"
        ? new ProxyAnchorLoss { Margin = Number(golden, "margin"), Alpha = Number(golden, "alpha") }
        : new MultiSimilarityLoss { Alpha = Number(golden, "alpha"), Beta = Number(golden, "beta"), Base = Number(golden, "base"), Epsilon = Number(golden, "epsilon") };

    private static double Number(JsonElement golden, string name) => golden.GetProperty(name).GetDouble();

    private static double[] Draw(uint seed, int count, int width)
    {
        QualityGate.Numerics.FeatureMatrix rows = GoldenInputs.Draw(seed, count, width, 1, 0);
        return [.. Enumerable.Range(0, count).SelectMany(i => rows.Row(i).ToArray()).Select(value => (double)value)];
    }

    private static double[] Numbers(JsonElement golden, string name) => [.. golden.GetProperty(name).EnumerateArray().Select(e => e.GetDouble())];

    private static void Near(double[] expected, double[] found, double tolerance)
    {
        Assert.Equal(expected.Length, found.Length);
        double scale = Math.Max(1, expected.Max(Math.Abs));
        for (int i = 0; i < expected.Length; i++) Assert.InRange(Math.Abs(found[i] - expected[i]) / scale, 0, tolerance);
    }
}
