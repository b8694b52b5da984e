namespace QualityGate.Onnx.Gradients;

/// <summary>
/// One step of Adam (Kingma and Ba, 2015) as nodes of a graph, with decoupled weight decay (AdamW; Loshchilov and Hutter, 2019) on
/// demand. Every number is a tensor, so a caller can change it from step to step, or keep it constant.
/// </summary>
public sealed record AdamStep
{
    /// <summary>The step's number, a scalar of the parameters' type: 1, 2, 3, ...</summary>
    public required string Step { get; init; }

    /// <summary>The learning rate, a scalar.</summary>
    public required string LearningRate { get; init; }

    /// <summary>How much of the mean of gradients is kept, a scalar such as 0.9, or 0.5 for DCGANs.</summary>
    public required string Beta1 { get; init; }

    /// <summary>How much of the mean of squared gradients is kept, a scalar such as 0.999.</summary>
    public required string Beta2 { get; init; }

    /// <summary>Added to the denominator, a scalar such as 1e-8.</summary>
    public required string Epsilon { get; init; }

    /// <summary>The share of a parameter that each step takes off, times the learning rate, a scalar; null for none.</summary>
    public string? WeightDecay { get; init; }

    /// <summary>Appends the update of one parameter.</summary>
    /// <param name="graph">The graph that holds every tensor named here.</param>
    /// <param name="parameter">What is trained.</param>
    /// <param name="gradient">Its gradient.</param>
    /// <param name="mean">The running mean of gradients, of the parameter's shape; zeros at first.</param>
    /// <param name="square">The running mean of squared gradients, of the parameter's shape; zeros at first.</param>
    /// <returns>The names of the three new tensors.</returns>
    public AdamUpdate Append(GraphBuilder graph, string parameter, string gradient, string mean, string square)
    {
        ArgumentNullException.ThrowIfNull(graph);
        var math = new GraphMath(graph);
        string one = math.Scalar(1, parameter);
        string newMean = Running(math, Beta1, one, mean, gradient);
        string newSquare = Running(math, Beta2, one, square, math.Mul(gradient, gradient));

        // Both means begin at zero; dividing by 1 - beta^step undoes that.
        string meanCorrection = math.Sub(one, math.Pow(Beta1, Step));
        string squareCorrection = math.Sub(one, math.Pow(Beta2, Step));
        string deviation = math.Add(math.One("Sqrt", math.Div(newSquare, squareCorrection)), Epsilon);
        string change = math.Mul(math.Div(LearningRate, meanCorrection), math.Div(newMean, deviation));
        string kept = WeightDecay is null ? parameter : math.Mul(parameter, math.Sub(one, math.Mul(LearningRate, WeightDecay)));
        return new AdamUpdate(math.Sub(kept, change), newMean, newSquare);
    }

    private static string Running(GraphMath math, string beta, string one, string old, string value) =>
        math.Add(math.Mul(beta, old), math.Mul(math.Sub(one, beta), value));
}
