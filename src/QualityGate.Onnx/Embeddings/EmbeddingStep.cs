using QualityGate.Onnx.Gradients;
using QualityGate.Onnx.Networks;

namespace QualityGate.Onnx.Embeddings;

/// <summary>
/// One training step as a graph: embeddings of a batch, the loss, its gradients and AdamW (Loshchilov and Hutter, 2019) on weights and proxies. Everything that
/// changes comes in as a vector and goes out as one, so that a caller feeds the outputs of one step to the next.
/// </summary>
public sealed class EmbeddingStep
{
    /// <summary>The batch: features <c>[batch, width]</c>, or images <c>[batch, channels, height, width]</c>.</summary>
    public const string Batch = "batch";

    /// <summary>One row an image, 1 in the column of its class: <c>[batch, classes]</c>.</summary>
    public const string Classes = "classes";

    /// <summary>The step's number, a scalar: 1, 2, 3, ...</summary>
    public const string Step = "step";

    /// <summary>The weights' learning rate, a scalar.</summary>
    public const string LearningRate = "learning_rate";

    /// <summary>The proxies' learning rate, a scalar; no input of a loss without proxies.</summary>
    public const string ProxyLearningRate = "proxy_learning_rate";

    /// <summary>The share of the weights, not of proxies, that a step takes off, times the learning rate, a scalar.</summary>
    public const string WeightDecay = "weight_decay";

    /// <summary>The loss, a scalar.</summary>
    public const string Loss = "loss";

    private const double Beta1 = 0.9;
    private const double Beta2 = 0.999;
    private const double AdamEpsilon = 1e-8;

    private readonly GraphBuilder _graph = new("embedding-step");
    private readonly EmbeddingParameters _parameters;

    private EmbeddingStep(EmbeddingParameters parameters) => _parameters = parameters;

    /// <summary>What changes from step to step, each an input and, with <c>next/</c> before its name, an output.</summary>
    public static IReadOnlyList<string> StateOf(EmbeddingParameters parameters)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        string[] parts = parameters.Proxies.Length > 0 ? ["weights", "proxies"] : ["weights"];
        return [.. parts.SelectMany(part => new[] { part, part + "/mean", part + "/square" })];
    }

    /// <summary>What a state consists of.</summary>
    public static FlatTensors TensorsOf(EmbeddingParameters parameters, string state)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(state);
        return state.StartsWith("proxies", StringComparison.Ordinal) ? parameters.Proxies : parameters.Weights;
    }

    /// <summary>The name of the output that holds a state's next value.</summary>
    public static string Next(string state) => "next/" + state;

    /// <summary>Builds the graph.</summary>
    /// <param name="parameters">What is trained.</param>
    /// <param name="start">Where the head starts from.</param>
    /// <param name="batch">The lengths of <see cref="Batch"/>.</param>
    /// <exception cref="GradientNotSupportedException">A node of the network has no known derivative.</exception>
    public static OnnxModel Build(EmbeddingParameters parameters, FeatureProjection start, IReadOnlyList<long> batch)
    {
        ArgumentNullException.ThrowIfNull(parameters);
        ArgumentNullException.ThrowIfNull(start);
        ArgumentNullException.ThrowIfNull(batch);
        return new EmbeddingStep(parameters).Build(start, batch);
    }

    private OnnxModel Build(FeatureProjection start, IReadOnlyList<long> batch)
    {
        string input = _graph.Input(Batch, OnnxElementType.Float, [.. batch.Select(OnnxDimension.FromInt64)]);
        string classes = _graph.Input(Classes, OnnxElementType.Float, OnnxDimension.FromInt64(batch[0]), _parameters.Shape.Classes);
        foreach (string state in StateOf(_parameters)) _graph.Input(state, OnnxElementType.Float, TensorsOf(_parameters, state).Length);
        foreach (string scalar in new[] { Step, LearningRate, WeightDecay }) _graph.Input(scalar, OnnxElementType.Float);
        if (_parameters.Loss.HasProxies) _graph.Input(ProxyLearningRate, OnnxElementType.Float);

        Dictionary<string, string> weights = _parameters.Weights.Split(_graph, "weights");
        string features = EmbeddingLayers.Features(_graph, _parameters, input, weights);
        string embeddings = EmbeddingLayers.Head(_graph, _parameters, start, features, name => weights[name]);
        string? proxies = _parameters.Loss.HasProxies ? _parameters.Proxies.Split(_graph, "proxies")["proxies"] : null;
        string loss = _parameters.Loss.Append(_graph, embeddings, classes, proxies);
        _graph.Output(_graph.Identity(loss, Loss));

        string[] trained = [.. _parameters.Weights.Items.Select(item => weights[item.Name]), .. proxies is null ? Array.Empty<string>() : [proxies]];
        IReadOnlyDictionary<string, string> gradients = GraphGradient.Add(_graph, loss, trained);
        Update("weights", LearningRate, _parameters.Weights.Join(_graph, name => gradients[weights[name]]), decays: true);
        if (proxies is not null) Update("proxies", ProxyLearningRate, _parameters.Proxies.Join(_graph, _ => gradients[proxies]), decays: false);
        return _graph.ToModel();
    }

    private void Update(string state, string learningRate, string gradient, bool decays)
    {
        AdamStep adam = new()
        {
            Step = Step,
            LearningRate = learningRate,
            Beta1 = _graph.Initializer(state + "/beta1", [(float)Beta1]),
            Beta2 = _graph.Initializer(state + "/beta2", [(float)Beta2]),
            Epsilon = _graph.Initializer(state + "/epsilon", [(float)AdamEpsilon]),
            WeightDecay = decays ? WeightDecay : null,
        };
        AdamUpdate update = adam.Append(_graph, state, gradient, state + "/mean", state + "/square");
        Output(update.Parameter, Next(state));
        Output(update.Mean, Next(state + "/mean"));
        Output(update.Square, Next(state + "/square"));
    }

    private void Output(string tensor, string name) => _graph.Output(_graph.Identity(tensor, name));
}
