using QualityGate.Onnx.Gradients;

namespace QualityGate.Onnx.Networks;

/// <summary>
/// One training step of a DCGAN as a graph: the generator makes a batch, the discriminator takes a step of Adam on the batch and on as
/// many reference images, then the generator takes one against the discriminator of after its step. Everything that changes comes
/// in as a vector and goes out as one, so that a caller feeds the outputs of one step to the next.
/// </summary>
/// <remarks>
/// Losses are binary cross-entropies on logits, as softplus: <c>softplus(-D(x)) + softplus(D(G(z)))</c> for the discriminator and the
/// non-saturating <c>softplus(-D(G(z)))</c> for the generator; no sigmoid that could saturate is ever computed.
/// </remarks>
public sealed class DcganStep
{
    /// <summary>Reference images <c>[batch, channels, size, size]</c> in -1..1.</summary>
    public const string Images = "images";

    /// <summary>Latent vectors <c>[batch, latent]</c>.</summary>
    public const string Latent = "z";

    /// <summary>The step's number, a scalar: 1, 2, 3, ...</summary>
    public const string Step = "step";

    /// <summary>The learning rate, a scalar.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>The discriminator's loss, a scalar.</summary>
    public const string DiscriminatorLoss = "discriminator_loss";

    /// <summary>The generator's loss, a scalar.</summary>
    public const string GeneratorLoss = "generator_loss";

    /// <summary>The discriminator's logits of the reference images, before its step; no output.</summary>
    internal const string ReferenceLogits = "logits/reference";

    /// <summary>The discriminator's logits of the made images, before its step; no output.</summary>
    internal const string MadeLogits = "logits/made";

    /// <summary>The discriminator's logits of the made images, after its step; no output.</summary>
    internal const string JudgedLogits = "logits/judged";

    private const double Beta1 = 0.5;
    private const double Beta2 = 0.999;
    private const double AdamEpsilon = 1e-8;

    private readonly GraphBuilder _graph = new("dcgan-step");
    private readonly DcganParameters _parameters;
    private readonly int _batch;
    private readonly AdamStep _adam;

    private DcganStep(DcganParameters parameters, int batch)
    {
        (_parameters, _batch) = (parameters, batch);
        _adam = new AdamStep
        {
            Step = _graph.Input(Step, OnnxElementType.Float),
            LearningRate = _graph.Input(LearningRate, OnnxElementType.Float),
            Beta1 = _graph.Initializer("beta1", [(float)Beta1]),
            Beta2 = _graph.Initializer("beta2", [(float)Beta2]),
            Epsilon = _graph.Initializer("epsilon", [(float)AdamEpsilon]),
        };
    }

    /// <summary>What changes from step to step, each an input and, with <c>next/</c> before its name, an output.</summary>
    public static IReadOnlyList<string> State { get; } =
    [
        "generator", "generator/mean", "generator/square", "generator/statistics",
        "discriminator", "discriminator/mean", "discriminator/square", "discriminator/statistics",
    ];

    /// <summary>The name of the output that holds a state's next value.</summary>
    public static string Next(string state) => "next/" + state;

    /// <summary>The tensor, no output, that holds the gradient of <c>generator</c> or <c>discriminator</c>.</summary>
    internal static string GradientOf(string network) => "gradient/" + network;

    /// <summary>Builds the graph.</summary>
    /// <param name="parameters">The two networks.</param>
    /// <param name="batch">Images in a batch, at least 2.</param>
    /// <returns>A model with an input for each state, and outputs for its next value and for both losses.</returns>
    public static OnnxModel Build(DcganParameters parameters, int batch)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentOutOfRangeException.ThrowIfLessThan(batch, 2);
        return new DcganStep(parameters, batch).Build();
    }

    /// <summary>How long a state is.</summary>
    public static int LengthOf(DcganParameters parameters, string state) => TensorsOf(parameters, state).Length;

    /// <summary>What a state consists of.</summary>
    public static FlatTensors TensorsOf(DcganParameters parameters, string state)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        return state switch
        {
            "generator" or "generator/mean" or "generator/square" => parameters.Generator,
            "generator/statistics" => parameters.GeneratorStatistics,
            "discriminator" or "discriminator/mean" or "discriminator/square" => parameters.Discriminator,
            "discriminator/statistics" => parameters.DiscriminatorStatistics,
            _ => throw new ArgumentException($"There is no state '{state}'.", nameof(state)),
        };
    }

    private OnnxModel Build()
    {
        DcganShape shape = _parameters.Shape;
        string images = _graph.Input(Images, OnnxElementType.Float, _batch, shape.Channels, shape.Size, shape.Size);
        string latent = _graph.Input(Latent, OnnxElementType.Float, _batch, shape.Latent);
        foreach (string state in State) _graph.Input(state, OnnxElementType.Float, LengthOf(_parameters, state));

        Dictionary<string, string> weights = _parameters.Generator.Split(_graph, "generator");
        var generator = new DcganTraining(_graph, shape, weights, _batch, groups: 1);
        string made = generator.Generator(latent);
        WriteStatistics("generator", generator, _parameters.GeneratorStatistics);
        string trained = TrainDiscriminator(images, made);
        TrainGenerator(generator, weights, made, trained);
        return _graph.ToModel();
    }

    private string TrainDiscriminator(string images, string made)
    {
        DcganShape shape = _parameters.Shape;
        string reference = _graph.Node("Reshape", [images, _graph.Integers([_batch, shape.Channels, shape.Size * shape.Size])]);
        reference = _graph.Node("Transpose", [reference], NodeParameter.Of("perm", [0, 2, 1]));
        string both = _graph.Node("Concat", [reference, made], NodeParameter.Of("axis", 0));
        Dictionary<string, string> weights = _parameters.Discriminator.Split(_graph, "discriminator");
        var network = new DcganTraining(_graph, shape, weights, 2 * _batch, groups: 2);
        string logits = network.Discriminator(both);
        string ofReference = Part(logits, 0, ReferenceLogits), ofMade = Part(logits, 1, MadeLogits);
        WriteStatistics("discriminator", network, _parameters.DiscriminatorStatistics);
        string loss = _graph.Add(Loss(_graph.Node("Neg", [ofReference])), Loss(ofMade));
        Output(loss, DiscriminatorLoss);
        IReadOnlyDictionary<string, string> gradients = network.Gradients(loss, seed: null);
        return Update("discriminator", _parameters.Discriminator, name => gradients[weights[name]]);
    }

    private void TrainGenerator(DcganTraining generator, Dictionary<string, string> generatorWeights, string made, string discriminator)
    {
        // A tensor of its own: the discriminator after its step depends on the made images too, and that way is not to be followed.
        string judged = _graph.Node("Identity", [made]);
        Dictionary<string, string> weights = _parameters.Discriminator.Split(_graph, discriminator);
        var network = new DcganTraining(_graph, _parameters.Shape, weights, _batch, groups: 1) { IsFixed = true };
        string logits = _graph.Identity(network.Discriminator(judged), JudgedLogits);
        string loss = Loss(_graph.Node("Neg", [logits]));
        Output(loss, GeneratorLoss);
        string ofImages = network.Gradients(loss, seed: null, judged)[judged];
        IReadOnlyDictionary<string, string> gradients = generator.Gradients(made, ofImages);
        Update("generator", _parameters.Generator, name => gradients[generatorWeights[name]]);
    }

    private string Part(string logits, int index, string name) => _graph.Identity(
        _graph.Node("Slice", [logits, _graph.Integers([index * _batch]), _graph.Integers([(index + 1) * _batch]), _graph.Integers([0])]), name);

    private void WriteStatistics(string network, DcganTraining passes, FlatTensors statistics)
    {
        IReadOnlyDictionary<string, string> running = passes.Running(statistics.Split(_graph, network + "/statistics"));
        Output(statistics.Join(_graph, name => running[name]), Next(network + "/statistics"));
    }

    private string Loss(string logit) => _graph.Node("ReduceMean", [_graph.Node("Softplus", [logit])], NodeParameter.Of("keepdims", 0L));

    private string Update(string network, FlatTensors tensors, Func<string, string> gradient)
    {
        string joined = _graph.Identity(tensors.Join(_graph, gradient), GradientOf(network));
        AdamUpdate update = _adam.Append(_graph, network, joined, network + "/mean", network + "/square");
        Output(update.Mean, Next(network + "/mean"));
        Output(update.Square, Next(network + "/square"));
        return Output(update.Parameter, Next(network));
    }

    private string Output(string tensor, string name)
    {
        _graph.Output(_graph.Identity(tensor, name));
        return name;
    }
}
