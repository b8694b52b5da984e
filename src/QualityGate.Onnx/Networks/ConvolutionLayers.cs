using QualityGate.Onnx.Weights;

namespace QualityGate.Onnx.Networks;

/// <summary>Adds layers with given weights to a graph.</summary>
/// <param name="graph">The graph.</param>
/// <param name="weights">Where the weights come from.</param>
internal sealed class ConvolutionLayers(GraphBuilder graph, NamedWeights weights)
{
    /// <summary>
    /// Convolution, batch normalisation and ReLU, with the normalisation folded into the convolution in double precision:
    /// w' = w g / sqrt(v + e), b' = b - m g / sqrt(v + e).
    /// </summary>
    public string Normalised(string input, string name, int channels, Convolution shape, double epsilon)
    {
        int filters = weights.Length(name + ".conv.weight", 0);
        float[] kernel = weights.Read(name + ".conv.weight", filters, channels, shape.Height, shape.Width);
        float[] gain = weights.Read(name + ".bn.weight", filters);
        float[] bias = weights.Read(name + ".bn.bias", filters);
        float[] mean = weights.Read(name + ".bn.running_mean", filters);
        float[] variance = weights.Read(name + ".bn.running_var", filters);
        int each = kernel.Length / filters;
        for (int filter = 0; filter < filters; filter++)
        {
            double factor = gain[filter] / Math.Sqrt(variance[filter] + epsilon);
            if (!double.IsFinite(factor)) throw new WeightFormatException($"Tensor '{name}.bn.running_var' holds a negative variance.");
            foreach (ref float weight in kernel.AsSpan(filter * each, each)) weight = (float)(weight * factor);
            bias[filter] = (float)(bias[filter] - (mean[filter] * factor));
        }

        return graph.Relu(Convolve(input, name, kernel, bias, [filters, channels, shape.Height, shape.Width], shape));
    }

    /// <summary>Convolution with a bias, and ReLU.</summary>
    public string Plain(string input, string name, int channels, Convolution shape)
    {
        int filters = weights.Length(name + ".weight", 0);
        float[] kernel = weights.Read(name + ".weight", filters, channels, shape.Height, shape.Width);
        return graph.Relu(Convolve(input, name, kernel, weights.Read(name + ".bias", filters), [filters, channels, shape.Height, shape.Width], shape));
    }

    /// <summary>A fully connected layer, x w^T + b.</summary>
    public string Connected(string input, string name, int width, int units, bool bias = true)
    {
        string matrix = graph.Initializer(name + ".weight", weights.Read(name + ".weight", units, width), units, width);
        string? offset = bias ? graph.Initializer(name + ".bias", weights.Read(name + ".bias", units), units) : null;
        return graph.Gemm(input, matrix, offset, transposeRight: true);
    }

    private string Convolve(string input, string name, float[] kernel, float[] bias, long[] lengths, Convolution shape) =>
        graph.Node(
            "Conv",
            [input, graph.Initializer(name + ".weight", kernel, lengths), graph.Initializer(name + ".bias", bias, bias.Length)],
            NodeParameter.Of("kernel_shape", [shape.Height, shape.Width]),
            NodeParameter.Of("pads", [shape.PaddingHeight, shape.PaddingWidth, shape.PaddingHeight, shape.PaddingWidth]),
            NodeParameter.Of("strides", [shape.Stride, shape.Stride]));
}

/// <summary>A convolution's kernel, step and zeros around.</summary>
internal readonly record struct Convolution(int Height, int Width, int Stride = 1, int PaddingHeight = 0, int PaddingWidth = 0)
{
    public static Convolution One { get; } = new(1, 1);

    /// <summary>A square kernel that keeps the image's size.</summary>
    public static Convolution Same(int side) => new(side, side, 1, side / 2, side / 2);

    /// <summary>A kernel that keeps the image's size.</summary>
    public static Convolution Same(int height, int width) => new(height, width, 1, height / 2, width / 2);

    /// <summary>A square kernel without zeros around.</summary>
    public static Convolution Valid(int side, int stride = 1) => new(side, side, stride);
}
