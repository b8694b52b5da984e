namespace QualityGate.Onnx.Networks;

/// <summary>
/// The two networks of Radford, Metz and Chintala, "Unsupervised Representation Learning with Deep Convolutional Generative Adversarial
/// Networks" (2016), as nodes: strided convolutions instead of pooling, batch normalisation, rectifiers, and tanh at the end of the generator.
/// </summary>
/// <param name="graph">Where the nodes go.</param>
/// <param name="shape">The sizes.</param>
/// <param name="parameters">A parameter's tensor by its name; null for one that is not there, such as the bias of a normalised layer.</param>
/// <param name="normalise">Adds a layer's batch normalisation.</param>
internal sealed class DcganLayers(GraphBuilder graph, DcganShape shape, Func<string, string?> parameters, Func<string, string, string> normalise)
{
    private const float Slope = 0.2f;

    /// <summary>Images in -1..1 of latent vectors.</summary>
    public string Generator(string latent)
    {
        int side = shape.SmallestSide;
        string x = graph.Gemm(latent, Need("dense.weight"), parameters("dense.offset"));
        x = graph.Node("Reshape", [x, graph.Integers([-1, shape.ChannelsAt(shape.Halvings), side, side])]);
        x = graph.Relu(normalise("dense", x));
        for (int i = shape.Halvings; i > 0; i--)
        {
            x = Up(x, i);
            x = i > 1 ? graph.Relu(normalise($"up{i}", x)) : graph.Node("Tanh", [x]);
        }

        return x;
    }

    /// <summary>The logit of images being real, and the layer before it.</summary>
    public (string Logit, string Features) Discriminator(string images)
    {
        string x = images;
        for (int i = 1; i <= shape.Halvings; i++)
        {
            x = graph.Conv(x, Need($"down{i}.weight"), i == 1 ? Need("down1.bias") : parameters($"down{i}.offset"), stride: 2, padding: 1);
            if (i > 1) x = normalise($"down{i}", x);
            x = graph.Node("LeakyRelu", [x], NodeParameter.Of("alpha", Slope));
        }

        string features = graph.Flatten(x);
        return (graph.Gemm(features, Need("logit.weight"), Need("logit.bias"), transposeRight: true), features);
    }

    private string Up(string input, int layer)
    {
        string? bias = layer == 1 ? Need("up1.bias") : parameters($"up{layer}.offset");
        return graph.Node(
            "ConvTranspose",
            bias is null ? [input, Need($"up{layer}.weight")] : [input, Need($"up{layer}.weight"), bias],
            NodeParameter.Of("kernel_shape", [DcganShape.Kernel, DcganShape.Kernel]),
            NodeParameter.Of("pads", [1, 1, 1, 1]),
            NodeParameter.Of("strides", [2, 2]));
    }

    private string Need(string name) => parameters(name) ?? throw new InvalidOperationException($"There is no parameter '{name}'.");
}
