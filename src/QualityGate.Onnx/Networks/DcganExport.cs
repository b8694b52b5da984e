namespace QualityGate.Onnx.Networks;

/// <summary>A trained DCGAN's networks as models to use: batch normalisations are folded into the layers before them.</summary>
public static class DcganExport
{
    /// <summary>The generator's input, <c>[batch, latent]</c>.</summary>
    public const string Latent = "z";

    /// <summary>The generator's output and the discriminator's input, <c>[batch, channels, size, size]</c> in -1..1.</summary>
    public const string Image = "image";

    /// <summary>The discriminator's output, <c>[batch, 1]</c>.</summary>
    public const string Logit = "logit";

    /// <summary>The layer before the logit, <c>[batch, features]</c>.</summary>
    public const string Features = "features";

    /// <summary>The generator as the bytes of an .onnx file.</summary>
    /// <param name="parameters">The networks.</param>
    /// <param name="values">Values of <see cref="DcganParameters.Generator"/>.</param>
    /// <param name="statistics">Values of <see cref="DcganParameters.GeneratorStatistics"/>.</param>
    public static byte[] Generator(DcganParameters parameters, ReadOnlySpan<float> values, ReadOnlySpan<float> statistics)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        DcganShape shape = parameters.Shape;
        var graph = new GraphBuilder("dcgan-generator");
        var folded = new FoldedWeights(parameters.Generator, values, parameters.GeneratorStatistics, statistics);
        string latent = graph.Input(Latent, OnnxElementType.Float, "batch", shape.Latent);
        string image = new DcganLayers(graph, shape, Constants(graph, folded), (_, tensor) => tensor).Generator(latent);
        return graph.Output(graph.Identity(image, Image), OnnxElementType.Float, "batch", shape.Channels, shape.Size, shape.Size).ToModelBytes();
    }

    /// <summary>The discriminator as the bytes of an .onnx file.</summary>
    /// <param name="parameters">The networks.</param>
    /// <param name="values">Values of <see cref="DcganParameters.Discriminator"/>.</param>
    /// <param name="statistics">Values of <see cref="DcganParameters.DiscriminatorStatistics"/>.</param>
    public static byte[] Discriminator(DcganParameters parameters, ReadOnlySpan<float> values, ReadOnlySpan<float> statistics)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        DcganShape shape = parameters.Shape;
        var graph = new GraphBuilder("dcgan-discriminator");
        var folded = new FoldedWeights(parameters.Discriminator, values, parameters.DiscriminatorStatistics, statistics);
        string image = graph.Input(Image, OnnxElementType.Float, "batch", shape.Channels, shape.Size, shape.Size);
        (string logit, string features) = new DcganLayers(graph, shape, Constants(graph, folded), (_, tensor) => tensor).Discriminator(image);
        return graph
            .Output(graph.Identity(logit, Logit), OnnxElementType.Float, "batch", 1)
            .Output(graph.Identity(features, Features), OnnxElementType.Float, "batch", shape.Features)
            .ToModelBytes();
    }

    private static Func<string, string?> Constants(GraphBuilder graph, FoldedWeights weights) => name =>
        graph.Has(name) ? name : weights.Find(name) is { } found ? graph.Initializer(name, found.Values, found.Shape) : null;
}
