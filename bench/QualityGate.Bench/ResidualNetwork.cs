using QualityGate.Onnx;
using QualityGate.Specs;

namespace QualityGate.Bench;

/// <summary>A network of the usual kind and size: 18 layers of residual blocks, 299 x 299 inputs, random weights. Inference dominates.</summary>
internal static class ResidualNetwork
{
    private static int _weights;

    private static readonly int[] Widths = [64, 128, 256, 512];

    /// <summary>Writes the model and returns its recipe.</summary>
    public static ExtractorRecipe Write(string folder)
    {
        string path = Path.Combine(folder, "residual-299.onnx");
        File.WriteAllBytes(path, Build());
        return new ExtractorRecipe
        {
            Name = "residual-299",
            ModelPath = path,
            FeaturesOutput = "features",
            Preprocessing = new PreprocessingRecipe
            {
                Color = ColorMode.Rgb,
                Height = 299,
                Width = 299,
                Resize = ResizeMethod.BilinearTf1,
                Scale = 1 / 128.0,
                Offset = -1,
            },
        };
    }

    private static byte[] Build()
    {
        Random random = new(1);
        GraphBuilder graph = new("residual-299");
        string x = graph.Input("images", OnnxElementType.Float, "batch", 3, 299, 299);
        x = graph.Relu(Convolve(graph, random, x, 3, 64, 7, 2));
        x = graph.MaxPool(x, 3, 2);
        int channels = 64;
        foreach (int width in Widths)
        {
            x = Block(graph, random, x, channels, width, width == 64 ? 1 : 2);
            x = Block(graph, random, x, width, width, 1);
            channels = width;
        }

        string pooled = graph.Flatten(graph.GlobalAveragePool(x));
        graph.Output(graph.Identity(pooled, "features"), OnnxElementType.Float, "batch", 512);
        return graph.ToModelBytes();
    }

    private static string Block(GraphBuilder graph, Random random, string x, int from, int to, int stride)
    {
        string y = graph.Relu(Convolve(graph, random, x, from, to, 3, stride));
        y = Convolve(graph, random, y, to, to, 3, 1);
        string shortcut = stride == 1 && from == to ? x : Convolve(graph, random, x, from, to, 1, stride);
        return graph.Relu(graph.Add(y, shortcut));
    }

    private static string Convolve(GraphBuilder graph, Random random, string x, int from, int to, int kernel, int stride)
    {
        float[] weights = new float[to * from * kernel * kernel];
        double scale = Math.Sqrt(2.0 / (from * kernel * kernel));
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = (float)(((random.NextDouble() * 2) - 1) * scale);
        }

        string w = graph.Initializer($"w{_weights++}", weights, to, from, kernel, kernel);
        return graph.Conv(x, w, bias: null, stride, padding: kernel / 2);
    }
}
