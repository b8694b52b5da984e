using QualityGate.Onnx;

namespace QualityGate.Tests.MetricLearning;

/// <summary>A convolutional network of 32 x 32 gray images with random weights: two convolutions, one normalised by known statistics, and 24 features.</summary>
internal static class SmallNetwork
{
    public static void Write(string path, int? fixedBatch = null)
    {
        GraphBuilder graph = new("small");
        string x = graph.Input("image", OnnxElementType.Float, fixedBatch is { } batch ? batch : "batch", 1, 32, 32);
        x = graph.Conv(x, Weights(graph, "conv1.weight", 1, 0.4, 8, 1, 5, 5), Zeros(graph, "conv1.bias", 8), stride: 2, padding: 2);
        x = graph.Relu(graph.Node("BatchNormalization", [x, Ones(graph, "gain", 8), Zeros(graph, "shift", 8), Zeros(graph, "mean", 8), Ones(graph, "variance", 8)]));
        x = graph.Relu(graph.Conv(x, Weights(graph, "conv2.weight", 2, 0.15, 12, 8, 3, 3), Zeros(graph, "conv2.bias", 12), stride: 2, padding: 1));
        x = graph.Flatten(graph.MaxPool(x, 2, 2));
        x = graph.Gemm(x, Weights(graph, "dense.weight", 3, 0.1, 192, 24), Zeros(graph, "dense.bias", 24));
        graph.Output(graph.Identity(x, "features"), OnnxElementType.Float, fixedBatch is { } size ? size : "batch", 24);
        File.WriteAllBytes(path, graph.ToModelBytes());
    }

    private static string Weights(GraphBuilder graph, string name, int layer, double deviation, params long[] shape) =>
        graph.Initializer(name, NormalWeights.Draw(1, layer, (int)shape.Aggregate(1L, (product, axis) => product * axis), deviation), shape);

    private static string Zeros(GraphBuilder graph, string name, int count) => graph.Initializer(name, new float[count], count);

    private static string Ones(GraphBuilder graph, string name, int count) => graph.Initializer(name, Enumerable.Repeat(1f, count).ToArray(), count);
}
