using QualityGate.Onnx.Gradients;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// Graphs of the latent search of AnoGAN (Schlegl et al., 2017): for images x, one step of Adam on z against
/// (1 - l) R + l D with R = sum |x - G(z)| and D = sum |f(x) - f(G(z))|, f a layer of the discriminator. All images of a batch step at once; since each
/// only meets its own z, the gradient of the sum is each one's own.
/// </summary>
public sealed class LatentGraph
{
    /// <summary>Input and output: the latent vectors, of the generator's input shape.</summary>
    public const string Latent = "z";

    /// <summary>Input and output: Adam's running mean of gradients.</summary>
    public const string Mean = "mean";

    /// <summary>Input and output: Adam's running mean of squared gradients.</summary>
    public const string Square = "square";

    /// <summary>Input: the step's number as one float32, 1, 2, 3, ...</summary>
    public const string Step = "step";

    /// <summary>Input: the images, of the generator's output shape.</summary>
    public const string Image = "x";

    /// <summary>Input: f(x), or nothing in a search with a prior.</summary>
    public const string Features = "f";

    /// <summary>Input of a weighted search: the weight of each value of the residual.</summary>
    public const string Weight = "w";

    /// <summary>Output of the scoring graph, and of each step before it is made: R of each image, <c>[batch]</c>.</summary>
    public const string Residual = "residual";

    /// <summary>Output: D of each image, <c>[batch]</c>; in a search with a prior, how little the discriminator believes G(z).</summary>
    public const string Discrimination = "discrimination";

    /// <summary>Output of the scoring graph: G(z), of the generator's output shape.</summary>
    public const string Generated = "generated";

    private static readonly string[] Products = ["Gemm", "Conv", "MatMul", "ConvTranspose"];

    private readonly OnnxModel _generator;
    private readonly OnnxModel _discriminator;
    private readonly LatentGraphOptions _options;

    /// <summary>Takes a pair of networks.</summary>
    /// <param name="generator">One input z, one image as its first output.</param>
    /// <param name="discriminator">One input, an image.</param>
    /// <param name="options">What is searched for.</param>
    /// <exception cref="ArgumentException">A network has several inputs, a shape that is not known, or no such layer.</exception>
    public LatentGraph(OnnxModel generator, OnnxModel discriminator, LatentGraphOptions options)
    {
        ArgumentNullException.ThrowIfNull(generator);
        ArgumentNullException.ThrowIfNull(discriminator);
        ArgumentNullException.ThrowIfNull(options);
        _generator = generator;
        _discriminator = discriminator;
        _options = options;
        LatentShape = Shape(OnlyInput(generator, "generator"), "generator");
        DiscriminatorShape = Shape(OnlyInput(discriminator, "discriminator"), "discriminator");
        FeatureLayer = options.FeatureLayer ?? DefaultLayer(discriminator);
        if (!discriminator.HasTensor(FeatureLayer))
        {
            string hint = discriminator.NearestTensorName(FeatureLayer) is { } near ? $" Did you mean '{near}'?" : "";
            throw new ArgumentException($"The discriminator computes no tensor '{FeatureLayer}'.{hint}", nameof(options));
        }
    }

    /// <summary>Lengths of one latent vector, without the batch.</summary>
    public IReadOnlyList<long> LatentShape { get; }

    /// <summary>Lengths of one image as the discriminator takes it, without the batch.</summary>
    public IReadOnlyList<long> DiscriminatorShape { get; }

    /// <summary>The layer that is f.</summary>
    public string FeatureLayer { get; }

    /// <summary>The input of the discriminator's last Gemm, Conv or MatMul: where it has made up its mind but for one product.</summary>
    public static string DefaultLayer(OnnxModel discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        NodeProto? last = discriminator.Graph.Node.LastOrDefault(node => Products.Contains(node.OpType) && discriminator.HasTensor(node.Input[0]));
        return last?.Input[0] ?? throw new ArgumentException("The discriminator has no layer before a matrix product or convolution; name one.", nameof(discriminator));
    }

    /// <summary>The output of the discriminator's last Gemm, Conv or MatMul: its logits, before a sigmoid that may be saturated.</summary>
    public static string DefaultLogits(OnnxModel discriminator)
    {
        ArgumentNullException.ThrowIfNull(discriminator);
        NodeProto? last = discriminator.Graph.Node.LastOrDefault(node => Products.Contains(node.OpType));
        return last?.Output[0] ?? throw new ArgumentException("The discriminator has no matrix product or convolution.", nameof(discriminator));
    }

    /// <summary>Whether the graphs take <see cref="Features"/>.</summary>
    public bool HasFeatures => _options.Prior is null;

    /// <summary>Whether the graphs take <see cref="Weight"/>.</summary>
    public bool HasWeights => _options.IsWeighted;

    /// <summary>f of images: <see cref="Image"/> in the discriminator's shape to <see cref="Features"/>, flattened to <c>[batch, width]</c>.</summary>
    public byte[] FeatureModel()
    {
        var graph = new GraphBuilder("features");
        string image = graph.Input(Image, OnnxElementType.Float, WithBatch(DiscriminatorShape));
        ImportedGraph d = ImportDiscriminator(graph, image);
        return graph.Output(graph.Identity(graph.Flatten(d[FeatureLayer]), Features)).ToModelBytes();
    }

    /// <summary>G alone: <see cref="Latent"/> to <see cref="Generated"/>.</summary>
    public byte[] GeneratorModel()
    {
        var graph = new GraphBuilder("generate");
        string z = graph.Input(Latent, OnnxElementType.Float, WithBatch(LatentShape));
        return graph.Output(graph.Identity(ImportGenerator(graph, z).Output, Generated)).ToModelBytes();
    }

    /// <summary>Scores of images for given z, without a step: <see cref="Residual"/>, <see cref="Discrimination"/> and <see cref="Generated"/>.</summary>
    /// <param name="imageShape">Lengths of one generated image, without the batch.</param>
    /// <param name="features">Width of f.</param>
    public byte[] ScoreModel(IReadOnlyList<long> imageShape, long features)
    {
        var graph = new GraphBuilder("score");
        Losses losses = AddLosses(graph, imageShape, features);
        graph.Identity(losses.Generated, Generated);
        return graph.Output(Residual).Output(Discrimination).Output(Generated).ToModelBytes();
    }

    /// <summary>One step: <see cref="Latent"/>, <see cref="Mean"/>, <see cref="Square"/> and <see cref="Step"/> to <c>next/z</c>, <c>next/mean</c> and <c>next/square</c>, with the scores before the step.</summary>
    /// <param name="imageShape">Lengths of one generated image, without the batch.</param>
    /// <param name="features">Width of f.</param>
    public byte[] StepModel(IReadOnlyList<long> imageShape, long features)
    {
        var graph = new GraphBuilder("step");
        Losses losses = AddLosses(graph, imageShape, features);
        string weighted = graph.Add(
            graph.Node("Mul", [Residual, graph.Initializer("residual weight", [(float)_options.ResidualWeight])]),
            graph.Node("Mul", [Discrimination, graph.Initializer("discrimination weight", [(float)_options.DiscriminationWeight])]));
        string loss = graph.Node("ReduceSum", [weighted, graph.Initializer("batch axis", [0L], 1)], NodeParameter.Of("keepdims", 0));
        string gradient = GraphGradient.Add(graph, loss, [Latent])[Latent];
        var adam = new AdamStep
        {
            Step = graph.Input(Step, OnnxElementType.Float),
            LearningRate = graph.Initializer("learning rate", [(float)_options.LearningRate]),
            Beta1 = graph.Initializer("beta1", [(float)_options.Beta1]),
            Beta2 = graph.Initializer("beta2", [0.999f]),
            Epsilon = graph.Initializer("epsilon", [1e-8f]),
        };
        string mean = graph.Input(Mean, OnnxElementType.Float, WithBatch(LatentShape));
        string square = graph.Input(Square, OnnxElementType.Float, WithBatch(LatentShape));
        AdamUpdate update = adam.Append(graph, losses.Latent, gradient, mean, square);
        string next = _options.Box is { } box ? graph.Node("Clip", [update.Parameter, graph.Initializer("box low", [(float)-box]), graph.Initializer("box high", [(float)box])]) : update.Parameter;
        graph.Identity(next, "next/z");
        graph.Identity(update.Mean, "next/mean");
        graph.Identity(update.Square, "next/square");
        return graph.Output("next/z").Output("next/mean").Output("next/square").Output(Residual).Output(Discrimination).ToModelBytes();
    }

    private Losses AddLosses(GraphBuilder graph, IReadOnlyList<long> imageShape, long features)
    {
        string z = graph.Input(Latent, OnnxElementType.Float, WithBatch(LatentShape));
        string x = graph.Input(Image, OnnxElementType.Float, WithBatch(imageShape));
        string generated = ImportGenerator(graph, z).Output;
        string difference = graph.Node("Abs", [graph.Node("Sub", [x, generated])]);
        if (_options.IsWeighted) difference = graph.Node("Mul", [difference, graph.Input(Weight, OnnxElementType.Float, WithBatch(imageShape))]);
        Reduce(graph, difference, imageShape.Aggregate(1L, (product, length) => product * length), Residual);
        bool sameShape = imageShape.SequenceEqual(DiscriminatorShape);
        string seen = sameShape ? generated : graph.Node("Reshape", [generated, graph.Initializer("seen shape", [-1, .. DiscriminatorShape], DiscriminatorShape.Count + 1)]);
        ImportedGraph d = ImportDiscriminator(graph, seen);
        if (_options.Prior is { } prior)
        {
            // log(1 - sigmoid(l)) = -softplus(l) falls without bound where D believes; softplus(-l) is the same preference without that.
            string doubt = graph.Node("Softplus", [graph.Node("Neg", [graph.Flatten(d[prior])])]);
            graph.Identity(graph.Node("ReduceSum", [doubt, graph.Initializer("logit axis", [1L], 1)], NodeParameter.Of("keepdims", 0)), Discrimination);
        }
        else
        {
            string f = graph.Input(Features, OnnxElementType.Float, "batch", features);
            Reduce(graph, graph.Node("Abs", [graph.Node("Sub", [f, graph.Flatten(d[FeatureLayer])])]), features, Discrimination);
        }

        return new Losses(z, generated);
    }

    /// <summary>Each image's sum or mean, <c>[batch]</c>.</summary>
    private string Reduce(GraphBuilder graph, string tensor, long width, string name)
    {
        string sum = graph.Node("ReduceSum", [graph.Flatten(tensor), graph.Initializer(name + " axis", [1L], 1)], NodeParameter.Of("keepdims", 0));
        string reduced = _options.UsesMeans ? graph.Node("Div", [sum, graph.Initializer(name + " width", [(float)width])]) : sum;
        return graph.Identity(reduced, name);
    }

    private ImportedGraph ImportGenerator(GraphBuilder graph, string z) =>
        graph.Import(_generator, "G/", new Dictionary<string, string> { [_generator.Inputs[0].Name] = z });

    private ImportedGraph ImportDiscriminator(GraphBuilder graph, string image) =>
        graph.Import(_discriminator, "D/", new Dictionary<string, string> { [_discriminator.Inputs[0].Name] = image });

    private static OnnxTensorInfo OnlyInput(OnnxModel model, string role) =>
        model.Inputs is [{ } only] ? only : throw new ArgumentException($"The {role} has {model.Inputs.Count} inputs; a latent search needs networks with one.", role);

    private static IReadOnlyList<long> Shape(OnnxTensorInfo info, string role)
    {
        if (info.Shape is { Count: > 1 } shape && shape.Skip(1).All(axis => axis.Length > 0)) return [.. shape.Skip(1).Select(axis => axis.Length!.Value)];
        throw new ArgumentException($"Input '{info.Name}' of the {role} is {info.ShapeText}; all its axes but the first must be known.", role);
    }

    private static OnnxDimension[] WithBatch(IReadOnlyList<long> shape) => ["batch", .. shape.Select(OnnxDimension.FromInt64)];

    private readonly record struct Losses(string Latent, string Generated);
}
