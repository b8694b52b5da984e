namespace QualityGate.Onnx;

/// <content>The operators that image networks and matrix products are made of.</content>
public sealed partial class GraphBuilder
{
    /// <summary>2-D convolution of <paramref name="input"/> <c>[N, C, H, W]</c>.</summary>
    /// <param name="input">What is convolved.</param>
    /// <param name="weights"><c>[filters, C / groups, kernel height, kernel width]</c>.</param>
    /// <param name="bias"><c>[filters]</c>, or null for none.</param>
    /// <param name="stride">Step in both directions.</param>
    /// <param name="padding">Zeros on each of the four sides.</param>
    /// <param name="groups">Groups of channels that do not see each other.</param>
    /// <returns>The output's name.</returns>
    public string Conv(string input, string weights, string? bias, int stride = 1, int padding = 0, int groups = 1) =>
        Node(
            "Conv",
            bias is null ? [input, weights] : [input, weights, bias],
            NodeParameter.Of("group", groups),
            NodeParameter.Of("pads", [padding, padding, padding, padding]),
            NodeParameter.Of("strides", [stride, stride]));

    /// <summary>max(0, x).</summary>
    public string Relu(string input) => Node("Relu", [input]);

    /// <summary>a + b, broadcast.</summary>
    public string Add(string left, string right) => Node("Add", [left, right]);

    /// <summary>2-D maximum over squares of <paramref name="kernel"/> pixels, <paramref name="stride"/> apart.</summary>
    public string MaxPool(string input, int kernel, int stride) =>
        Node(
            "MaxPool",
            [input],
            NodeParameter.Of("kernel_shape", [kernel, kernel]),
            NodeParameter.Of("strides", [stride, stride]));

    /// <summary>left right + bias, each of left and right transposed on demand.</summary>
    /// <param name="left"><c>[M, K]</c>.</param>
    /// <param name="right"><c>[K, N]</c>.</param>
    /// <param name="bias">Broadcast to <c>[M, N]</c>, or null for none.</param>
    /// <param name="transposeLeft">Whether left is stored as <c>[K, M]</c>.</param>
    /// <param name="transposeRight">Whether right is stored as <c>[N, K]</c>.</param>
    /// <returns>The output's name.</returns>
    public string Gemm(string left, string right, string? bias = null, bool transposeLeft = false, bool transposeRight = false) =>
        Node(
            "Gemm",
            bias is null ? [left, right] : [left, right, bias],
            NodeParameter.Of("transA", transposeLeft ? 1 : 0),
            NodeParameter.Of("transB", transposeRight ? 1 : 0));

    /// <summary>Matrix product over the last two axes.</summary>
    public string MatMul(string left, string right) => Node("MatMul", [left, right]);

    /// <summary>Keeps the first axis and joins all others into one.</summary>
    public string Flatten(string input) => Node("Flatten", [input], NodeParameter.Of("axis", 1));

    /// <summary>Mean over some axes.</summary>
    /// <param name="input">What is averaged.</param>
    /// <param name="keepAxes">Whether the averaged axes stay, with length 1.</param>
    /// <param name="axes">The axes.</param>
    /// <returns>The output's name.</returns>
    public string ReduceMean(string input, bool keepAxes, params ReadOnlySpan<long> axes) =>
        OperatorSet >= OperatorSetUpgrade.ReductionAxesAreInputs
            ? Node("ReduceMean", [input, Integers(axes)], NodeParameter.Of("keepdims", keepAxes ? 1 : 0))
            : Node("ReduceMean", [input], NodeParameter.Of("axes", axes), NodeParameter.Of("keepdims", keepAxes ? 1 : 0));

    /// <summary>Mean over all spatial axes, which stay with length 1: <c>[N, C, H, W]</c> to <c>[N, C, 1, 1]</c>.</summary>
    public string GlobalAveragePool(string input) => Node("GlobalAveragePool", [input]);

    /// <summary>The same tensor under another name, for inputs and outputs that callers know by name. Runtimes remove the node.</summary>
    public string Identity(string input, string name) => AddNode("Identity", name, [input], []);
}
