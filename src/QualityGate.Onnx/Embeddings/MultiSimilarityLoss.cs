using System.Globalization;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Onnx.Embeddings;

/// <summary>
/// Multi-similarity (Wang, Han, Huang, Dong and Scott, "Multi-Similarity Loss with General Pair Weighting for Deep Metric Learning", CVPR 2019): the mean over the
/// batch of <c>log(1 + sum over chosen positives of exp(-alpha (s - base))) / alpha + log(1 + sum over chosen negatives of exp(beta (s - base))) / beta</c>, s the
/// cosine similarity. Chosen are negatives nearer than the furthest positive less epsilon, and positives further than the nearest negative plus epsilon. An image
/// is no positive of itself, by its place in the batch.
/// </summary>
public sealed record MultiSimilarityLoss : EmbeddingLoss
{
    /// <summary>The paper's epsilon.</summary>
    public const double UsualEpsilon = 0.1;

    /// <summary>The paper's base.</summary>
    public const double UsualBase = 0.5;

    /// <summary>The paper's beta.</summary>
    public const double UsualBeta = 50;

    /// <summary>The paper's alpha.</summary>
    public const double UsualAlpha = 2;

    // Outside of what a cosine can be, whichever epsilon is chosen.
    private const double Beyond = 8;

    /// <summary>How sharply the furthest positives count before the others.</summary>
    public double Alpha { get; init; } = UsualAlpha;

    /// <summary>How sharply the nearest negatives count before the others.</summary>
    public double Beta { get; init; } = UsualBeta;

    /// <summary>The similarity between too near and too far.</summary>
    public double Base { get; init; } = UsualBase;

    /// <summary>How far pairs may be from being wrong and still be chosen.</summary>
    public double Epsilon { get; init; } = UsualEpsilon;

    /// <inheritdoc />
    public override string Name => "multi-similarity";

    /// <inheritdoc />
    public override bool HasProxies => false;

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Parameters =>
        [("alpha", Text(Alpha)), ("beta", Text(Beta)), ("base", Text(Base)), ("epsilon", Text(Epsilon))];

    private protected override string Append(GraphMath math, string embeddings, string classes, string? proxies)
    {
        string similarity = math.MatMul(embeddings, math.Transpose(embeddings, 1, 0));
        string same = math.MatMul(classes, math.Transpose(classes, 1, 0));
        string positive = math.Sub(same, math.One("EyeLike", same)), negative = Complement(math, same);
        string furthest = Extremum(math, "ReduceMin", math.Add(math.Mul(similarity, positive), math.Scale(Complement(math, positive), Beyond)));
        string nearest = Extremum(math, "ReduceMax", math.Sub(math.Mul(similarity, negative), math.Scale(same, Beyond)));
        string epsilon = math.Scalar(Epsilon, embeddings);
        string positives = math.Mul(positive, math.Mask(math.Less(similarity, math.Add(nearest, epsilon)), embeddings));
        string negatives = math.Mul(negative, math.Mask(math.Greater(similarity, math.Sub(furthest, epsilon)), embeddings));
        string centred = math.Sub(similarity, math.Scalar(Base, embeddings));
        string pull = math.Scale(LogOfSum(math, math.Scale(centred, -Alpha), positives, axis: 1), 1 / Alpha);
        string push = math.Scale(LogOfSum(math, math.Scale(centred, Beta), negatives, axis: 1), 1 / Beta);
        return math.Graph.ReduceMean(math.Add(pull, push), keepAxes: false, 0);
    }

    private static string Extremum(GraphMath math, string operation, string rows) => math.Graph.OperatorSet >= OperatorSetUpgrade.ReductionAxesAreInputs
        ? math.Graph.Node(operation, [rows, math.Integers(1)], NodeParameter.Of("keepdims", 1L))
        : math.One(operation, rows, NodeParameter.Of("axes", [1L]), NodeParameter.Of("keepdims", 1L));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
