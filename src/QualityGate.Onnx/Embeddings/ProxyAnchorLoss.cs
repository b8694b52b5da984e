using System.Globalization;
using QualityGate.Onnx.Gradients;

namespace QualityGate.Onnx.Embeddings;

/// <summary>
/// Proxy-anchor (Kim, Kim, Cho and Kwak, "Proxy Anchor Loss for Deep Metric Learning", CVPR 2020): each class has a proxy p, and with s the cosine similarity
/// <c>mean over proxies with an image in the batch of log(1 + sum over images of the class of exp(-alpha (s - margin)))
/// + mean over all proxies of log(1 + sum over all other images of exp(alpha (s + margin)))</c>.
/// </summary>
public sealed record ProxyAnchorLoss : EmbeddingLoss
{
    /// <summary>The paper's margin.</summary>
    public const double UsualMargin = 0.1;

    /// <summary>The paper's alpha.</summary>
    public const double UsualAlpha = 32;

    /// <summary>By how much images of the class should be nearer than 0, and others further.</summary>
    public double Margin { get; init; } = UsualMargin;

    /// <summary>How sharply the hardest images count before the others.</summary>
    public double Alpha { get; init; } = UsualAlpha;

    /// <inheritdoc />
    public override string Name => "proxy-anchor";

    /// <inheritdoc />
    public override bool HasProxies => true;

    /// <inheritdoc />
    public override IReadOnlyList<(string Name, string Value)> Parameters =>
        [("margin", Margin.ToString("R", CultureInfo.InvariantCulture)), ("alpha", Alpha.ToString("R", CultureInfo.InvariantCulture))];

    private protected override string Append(GraphMath math, string embeddings, string classes, string? proxies)
    {
        string similarity = math.MatMul(embeddings, math.Transpose(proxies!, 1, 0));
        string margin = math.Scalar(Margin, embeddings);
        string pull = LogOfSum(math, math.Scale(math.Sub(similarity, margin), -Alpha), classes, axis: 0);
        string push = LogOfSum(math, math.Scale(math.Add(similarity, margin), Alpha), Complement(math, classes), axis: 0);

        // A proxy without an image in the batch pulls nothing: its log is 0, and it does not count in the mean.
        string images = math.ReduceSum(classes, keepAxes: false, 0);
        string present = math.ReduceSum(math.Mask(math.Greater(images, math.Scalar(0, classes)), embeddings), keepAxes: false, 0);
        string meanPush = math.Graph.ReduceMean(push, keepAxes: false, 0);
        return math.Add(math.Div(math.ReduceSum(pull, keepAxes: false, 0), present), meanPush);
    }
}
