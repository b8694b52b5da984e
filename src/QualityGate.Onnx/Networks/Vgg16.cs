using System.Globalization;
using QualityGate.Onnx.Weights;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// VGG16 trained on ImageNet (Simonyan and Zisserman, 2015), from torchvision's state dict. Improved precision and recall (Kynkäänniemi et al., 2019)
/// are defined on its second fully connected layer after ReLU.
/// </summary>
public static class Vgg16
{
    /// <summary>Name of the input, <c>[batch, 3, 224, 224]</c>, with ImageNet's mean 0 and deviation 1.</summary>
    public const string InputName = "image";

    /// <summary>Name of fc2 after ReLU, <c>[batch, 4096]</c>.</summary>
    public const string FeaturesName = "features";

    /// <summary>Name of the class scores, <c>[batch, 1000]</c>.</summary>
    public const string LogitsName = "logits";

    private const int Size = 224;

    /// <summary>Place of each convolution in torchvision's list of layers, -1 for a pooling.</summary>
    private static ReadOnlySpan<int> Layers => [0, 2, -1, 5, 7, -1, 10, 12, 14, -1, 17, 19, 21, -1, 24, 26, 28, -1];

    /// <summary>Builds the network.</summary>
    /// <param name="source">A state dict with torchvision's names.</param>
    /// <returns>The bytes of an .onnx file.</returns>
    /// <exception cref="WeightFormatException">A tensor is missing or has another shape.</exception>
    public static byte[] Build(IWeightSource source)
    {
        ArgumentNullException.ThrowIfNull(source);
        var weights = new NamedWeights(source, "torchvision's VGG16");
        var graph = new GraphBuilder("vgg16");
        var layers = new ConvolutionLayers(graph, weights);
        string tensor = graph.Input(InputName, OnnxElementType.Float, "batch", 3, Size, Size);
        int channels = 3;
        foreach (int layer in Layers)
        {
            if (layer < 0)
            {
                tensor = graph.MaxPool(tensor, kernel: 2, stride: 2);
                continue;
            }

            string name = string.Create(CultureInfo.InvariantCulture, $"features.{layer}");
            tensor = layers.Plain(tensor, name, channels, Convolution.Same(3));
            channels = weights.Length(name + ".weight", 0);
        }

        // At 224 pixels torchvision's adaptive pool to 7 x 7 changes nothing.
        tensor = graph.Relu(layers.Connected(graph.Flatten(tensor), "classifier.0", channels * 49, weights.Length("classifier.0.weight", 0)));
        int first = weights.Length("classifier.0.weight", 0);
        int second = weights.Length("classifier.3.weight", 0);
        string features = graph.Identity(graph.Relu(layers.Connected(tensor, "classifier.3", first, second)), FeaturesName);
        int classes = weights.Length("classifier.6.weight", 0);
        string logits = graph.Identity(layers.Connected(features, "classifier.6", second, classes), LogitsName);
        return graph
            .Output(features, OnnxElementType.Float, "batch", second)
            .Output(logits, OnnxElementType.Float, "batch", classes)
            .ToModelBytes();
    }
}
