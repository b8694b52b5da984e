using QualityGate.Onnx;

namespace QualityGate.Tests.Onnx;

/// <summary>The small network of tests/golden/onnx.py, in every form that a test needs.</summary>
internal static class TinyNetwork
{
    public const int Channels = 3;
    public const int Size = 8;
    public const int FeatureWidth = 5;
    public const int SpatialChannels = 4;
    public const int ImageLength = Channels * Size * Size;

    /// <summary>Tensor [batch, 4, 4, 4] before the last layer.</summary>
    public const string Spatial = "MaxPool_2";

    /// <summary>The output [batch, 5].</summary>
    public const string Features = "features";

    public static float[] Pattern(int count, int salt)
    {
        float[] values = new float[count];
        for (int i = 0; i < count; i++) values[i] = ((((i * 7) + (salt * 13)) % 23) - 11) / 16f;
        return values;
    }

    public static float[] Images(int count) => Pattern(count * ImageLength, 1);

    /// <summary>The network's bytes, with a free batch axis or a fixed one.</summary>
    public static byte[] Build(OnnxDimension? batch = null)
    {
        OnnxDimension rows = batch ?? "batch";
        var graph = new GraphBuilder("tiny");
        string x = graph.Input("image", OnnxElementType.Float, rows, Channels, Size, Size);
        x = graph.Relu(graph.Conv(x, graph.Initializer("w1", Pattern(4 * 3 * 9, 2), 4, 3, 3, 3), graph.Initializer("b1", Pattern(4, 3), 4), padding: 1));
        x = graph.Flatten(graph.MaxPool(x, kernel: 2, stride: 2));
        x = graph.Gemm(x, graph.Initializer("w2", Pattern(5 * 64, 4), 5, 64), graph.Initializer("b2", Pattern(5, 5), 5), transposeRight: true);
        return graph.Output(graph.Identity(x, Features), OnnxElementType.Float, rows, FeatureWidth).ToModelBytes();
    }
}
