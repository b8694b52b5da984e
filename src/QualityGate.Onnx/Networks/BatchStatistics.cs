namespace QualityGate.Onnx.Networks;

/// <summary>Adds batch normalisations in training, and the running statistics that they keep.</summary>
internal sealed class BatchStatistics
{
    /// <summary>Added to variances.</summary>
    public const double Epsilon = 1e-5;

    /// <summary>How much of a running statistic each batch keeps.</summary>
    private const float Momentum = 0.9f;

    private readonly GraphBuilder _graph;
    private readonly FlatTensors _tensors;
    private readonly Dictionary<string, string> _weights;
    private readonly Dictionary<string, string>? _running;
    private readonly bool _trains;

    /// <summary>Prepares for a network.</summary>
    /// <param name="graph">Where nodes go.</param>
    /// <param name="tensors">The running statistics.</param>
    /// <param name="weights">Gains and biases by name.</param>
    /// <param name="statistics">The vector of running statistics, or null when nobody keeps them.</param>
    /// <param name="trains">Whether to normalise by the batch's own statistics; otherwise by the running ones.</param>
    public BatchStatistics(GraphBuilder graph, FlatTensors tensors, Dictionary<string, string> weights, string? statistics, bool trains = true)
    {
        (_graph, _tensors, _weights, _trains) = (graph, tensors, weights, trains);
        _running = statistics is null ? null : tensors.Split(graph, statistics);
    }

    /// <summary>The normalised tensor. A second use of a layer goes on from the statistics that the first left.</summary>
    public string Normalise(string layer, string input)
    {
        string gain = _weights[layer + ".gain"], bias = _weights[layer + ".bias"];
        string mean = _running?[layer + ".mean"] ?? bias, variance = _running?[layer + ".variance"] ?? bias;
        NodeParameter[] parameters =
        [
            NodeParameter.Of("epsilon", (float)Epsilon), NodeParameter.Of("momentum", Momentum), NodeParameter.Of("training_mode", _trains ? 1L : 0L),
        ];
        if (!_trains) return _graph.Node("BatchNormalization", [input, gain, bias, mean, variance], parameters);
        IReadOnlyList<string> outputs = _graph.NodeWithOutputs("BatchNormalization", 3, [input, gain, bias, mean, variance], parameters);
        if (_running is not null) (_running[layer + ".mean"], _running[layer + ".variance"]) = (outputs[1], outputs[2]);
        return outputs[0];
    }

    /// <summary>The running statistics after all uses, as one vector.</summary>
    public string Join() => _tensors.Join(_graph, name => _running![name]);
}
