using System.Globalization;

namespace QualityGate.Onnx;

/// <summary>
/// VGG16 (Simonyan and Zisserman, 2015) with random weights and a short last layer: the embedding that Naeem et al., "Reliable
/// Fidelity and Diversity Metrics for Generative Models" (ICML 2020), propose for images unlike ImageNet's. Thirteen 3x3
/// convolutions and five maximum poolings, then three fully connected layers, with ReLU between. Weights are He-normal (standard
/// deviation sqrt(2 / fan-in); He et al., 2015), so that features neither die nor explode with depth, and biases zero. The same
/// parameters give the same bytes on every machine.
/// </summary>
public static class RandomVgg16
{
    /// <summary>Raised whenever the same parameters begin to give other weights.</summary>
    public const int AlgorithmVersion = 1;

    /// <summary>Name of the model's input, <c>[batch, 3, size, size]</c>.</summary>
    public const string InputName = "image";

    /// <summary>Name of the model's output, <c>[batch, features]</c>.</summary>
    public const string FeaturesName = "features";

    private const int ConnectedWidth = 4096;
    private const int Shrinkage = 32;

    /// <summary>Weights of the largest layer, 1 GiB: an .onnx file cannot exceed 2 GiB.</summary>
    private const long MostWeights = 1L << 28;

    /// <summary>Filters of each convolution at full width; 0 is a pooling.</summary>
    private static ReadOnlySpan<int> Layers => [64, 64, 0, 128, 128, 0, 256, 256, 256, 0, 512, 512, 512, 0, 512, 512, 512, 0];

    /// <summary>Builds the model.</summary>
    /// <param name="widthMultiplier">Channels and hidden units relative to VGG16's, in (0, 1].</param>
    /// <param name="inputSize">Height and width of the input in pixels, a multiple of 32 from 32 to 512.</param>
    /// <param name="features">Width of the embedding, 1 to 4096.</param>
    /// <param name="seed">Chooses the weights.</param>
    /// <returns>The bytes of an .onnx file.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A parameter lies outside its range.</exception>
    public static byte[] Build(double widthMultiplier, int inputSize, int features, long seed)
    {
        Validate(widthMultiplier, inputSize, features);
        var layers = new LayerWriter(new GraphBuilder("random-vgg16"), seed);
        string tensor = layers.Graph.Input(InputName, OnnxElementType.Float, "batch", 3, inputSize, inputSize);
        int channels = 3;
        foreach (int filters in Layers)
        {
            if (filters == 0)
            {
                tensor = layers.Graph.MaxPool(tensor, kernel: 2, stride: 2);
                continue;
            }

            int scaled = Scale(filters, widthMultiplier);
            tensor = layers.Graph.Relu(layers.Convolution(tensor, channels, scaled));
            channels = scaled;
        }

        int side = inputSize / Shrinkage;
        int hidden = Scale(ConnectedWidth, widthMultiplier);
        tensor = layers.Graph.Flatten(tensor);
        tensor = layers.Graph.Relu(layers.Connected(tensor, channels * side * side, hidden));
        tensor = layers.Graph.Relu(layers.Connected(tensor, hidden, hidden));
        tensor = layers.Graph.Identity(layers.Connected(tensor, hidden, features), FeaturesName);
        return layers.Graph.Output(tensor, OnnxElementType.Float, "batch", features).ToModelBytes();
    }

    private static void Validate(double widthMultiplier, int inputSize, int features)
    {
        if (!(widthMultiplier > 0 && widthMultiplier <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(widthMultiplier), widthMultiplier, "The width multiplier must lie in (0, 1].");
        }

        if (inputSize is < 32 or > 512 || inputSize % Shrinkage != 0)
        {
            throw new ArgumentOutOfRangeException(nameof(inputSize), inputSize, "The input size must be a multiple of 32 from 32 to 512.");
        }

        long side = inputSize / Shrinkage;
        if (Scale(512, widthMultiplier) * side * side * Scale(ConnectedWidth, widthMultiplier) > MostWeights)
        {
            throw new ArgumentOutOfRangeException(nameof(inputSize), inputSize, "The input size is too large for this width multiplier: the network would exceed 1 GiB.");
        }

        if (features is < 1 or > ConnectedWidth)
        {
            throw new ArgumentOutOfRangeException(nameof(features), features, "The number of features must lie in 1..4096.");
        }
    }

    private static int Scale(int channels, double widthMultiplier) => Math.Max(1, (int)Math.Round(channels * widthMultiplier, MidpointRounding.AwayFromZero));

    private sealed class LayerWriter(GraphBuilder graph, long seed)
    {
        private int _count;

        public GraphBuilder Graph => graph;

        public string Convolution(string input, int channels, int filters)
        {
            (string weights, string bias) = Parameters(fanIn: channels * 9, filters, [filters, channels, 3, 3]);
            return graph.Conv(input, weights, bias, padding: 1);
        }

        public string Connected(string input, int width, int units)
        {
            (string weights, string bias) = Parameters(fanIn: width, units, [units, width]);
            return graph.Gemm(input, weights, bias, transposeRight: true);
        }

        private (string Weights, string Bias) Parameters(int fanIn, int outputs, ReadOnlySpan<long> shape)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"layer{++_count}");
            float[] weights = NormalWeights.Draw(seed, _count, checked(fanIn * outputs), Math.Sqrt(2.0 / fanIn));
            return (graph.Initializer(name + ".weight", weights, shape), graph.Initializer(name + ".bias", new float[outputs], outputs));
        }
    }
}
