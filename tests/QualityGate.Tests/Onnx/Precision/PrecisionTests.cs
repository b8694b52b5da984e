using Microsoft.ML.OnnxRuntime;
using QualityGate.Onnx;
using QualityGate.Onnx.Networks;
using QualityGate.Onnx.Precision;
using QualityGate.Onnx.Weights;
using QualityGate.Tests.Onnx.Networks;

namespace QualityGate.Tests.Onnx.Precision;

public sealed class PrecisionTests
{
    [Theory]
    [InlineData("dinov2", 0.08)]
    [InlineData("clip", 0.08)]
    [InlineData("vgg16", 0.08)]
    public void Eight_bit_products_stay_near_the_network_they_stand_for(string name, double tolerance)
    {
        OnnxModel model = Build(name);
        float[] exact = Run(model.ToBytes(), batch: 2);
        (int products, double share) = DynamicQuantisation.Apply(model);
        Assert.True(products >= 2 && share is > 0 and <= 1);
        Assert.Equal("[1, 3, 224, 224]", model.Inputs[0].ShapeText);
        float[] near = Run(model.ToBytes(), batch: 1);
        AssertNear(exact[..near.Length], near, tolerance);
        Assert.NotEqual(exact[..near.Length], near);
    }

    [Fact]
    public void Eight_bit_weights_make_the_file_a_quarter_as_large()
    {
        OnnxModel model = Build("dinov2");
        int before = model.ToBytes().Length;
        DynamicQuantisation.Apply(model);
        Assert.InRange((double)model.ToBytes().Length / before, 0.2, 0.6);
    }

    [Fact]
    public void A_network_of_convolutions_alone_has_nothing_to_quantise()
    {
        var graph = new GraphBuilder("convolution");
        string x = graph.Input("image", OnnxElementType.Float, "batch", 3, 8, 8);
        x = graph.Conv(x, graph.Initializer("w", new float[27], 1, 3, 3, 3), bias: null);
        OnnxModel model = OnnxModel.Load(graph.Output(x, OnnxElementType.Float, "batch", 1, 6, 6).ToModelBytes());
        Assert.Throws<ArgumentException>(() => DynamicQuantisation.Apply(model));
    }

    [Theory]
    [InlineData("dinov2", 1e-2)]
    [InlineData("clip", 1e-2)]
    [InlineData("vgg16", 1e-2)]
    [InlineData("inception", 1e-2)]
    public void Half_precision_stays_near_the_network_it_stands_for(string name, double tolerance)
    {
        OnnxModel model = Build(name);
        byte[] whole = model.ToBytes();
        HalfPrecision.Apply(model);
        byte[] half = model.ToBytes();
        Assert.InRange((double)half.Length / whole.Length, 0.45, 0.55);
        AssertNear(Run(whole, batch: 2), Run(half, batch: 2), tolerance);
    }

    [Fact]
    public void A_weight_beyond_half_precision_and_an_unknown_operator_are_refused_by_name()
    {
        var graph = new GraphBuilder("large");
        string x = graph.Input("x", OnnxElementType.Float, "batch", 1);
        string large = graph.Add(x, graph.Initializer("huge", [1e6f], 1));
        OnnxModel model = OnnxModel.Load(graph.Output(large, OnnxElementType.Float, "batch", 1).ToModelBytes());
        Assert.Contains("'huge'", Assert.Throws<ArgumentException>(() => HalfPrecision.Apply(model)).Message, StringComparison.Ordinal);

        var other = new GraphBuilder("other");
        string y = other.Node("CumSum", [other.Input("x", OnnxElementType.Float, "batch", 1), other.Initializer("axis", [0L])]);
        OnnxModel unknown = OnnxModel.Load(other.Output(y, OnnxElementType.Float, "batch", 1).ToModelBytes());
        Assert.Contains("CumSum", Assert.Throws<ArgumentException>(() => HalfPrecision.Apply(unknown)).Message, StringComparison.Ordinal);
    }

    private static OnnxModel Build(string name)
    {
        using var weights = new HashWeights(GoldenNetwork.Read(name).Shapes);
        Func<IWeightSource, byte[]> build = name switch { "dinov2" => DinoV2.Build, "clip" => ClipImageTower.Build, "vgg16" => Vgg16.Build, _ => InceptionV3Fid.Build };
        OnnxModel model = OnnxModel.Load(build(weights));
        model.KeepOnlyOutputs("features");
        return model;
    }

    private static float[] Run(byte[] model, int batch)
    {
        using var session = new InferenceSession(model);
        int size = session.InputMetadata["image"].Dimensions[^1];
        using OrtValue value = OrtValue.CreateTensorValueFromMemory(HashWeights.Images(2, size)[..(batch * 3 * size * size)], [batch, 3, size, size]);
        using var options = new RunOptions();
        using IDisposableReadOnlyCollection<OrtValue> results = session.Run(options, ["image"], [value], ["features"]);
        return results[0].GetTensorDataAsSpan<float>().ToArray();
    }

    private static void AssertNear(float[] expected, float[] actual, double tolerance)
    {
        double norm = Math.Sqrt(expected.Sum(v => (double)v * v));
        double distance = Math.Sqrt(expected.Zip(actual, (a, b) => (double)(a - b) * (a - b)).Sum());
        Assert.True(distance <= tolerance * norm, $"relative error {distance / norm:E2}");
    }
}
