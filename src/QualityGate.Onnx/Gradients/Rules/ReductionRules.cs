namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Sums, means, norms and extremes over axes.</summary>
internal static class ReductionRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["ReduceSum"] = node => Give(node, (_, dy) => dy);
        rules["ReduceMean"] = Mean;
        rules["ReduceL1"] = node => Give(node, (math, dy) => math.Mul(dy, math.One("Sign", node.X)));
        rules["ReduceSumSquare"] = node => Give(node, (math, dy) => math.Mul(dy, math.Scale(node.X, 2)));
        rules["ReduceL2"] = L2;
        rules["ReduceLogSumExp"] = node => Give(node, (math, dy) => math.Mul(dy, math.Exp(math.Sub(node.X, WithAxes(node, node.Y)))));
        rules["ReduceLogSum"] = node => Give(node, (math, dy) => math.Div(dy, math.Exp(WithAxes(node, node.Y))));
        rules["ReduceMax"] = rules["ReduceMin"] = Extremum;
    }

    private static void Give(NodeGradient node, Func<GraphMath, string, string> slope)
    {
        node.RefuseFrom(1);
        if (IsIdentity(node)) throw node.Unsupported("no axes are given and noop_with_empty_axes is set");
        node.Give(0, node.Math.ExpandLike(slope(node.Math, WithAxes(node, node.Dy)), node.X));
    }

    private static void Mean(NodeGradient node) => Give(node, (math, dy) =>
    {
        string share = math.Div(math.Count(node.Y, node.X), math.Count(node.X, node.X));
        return math.Mul(dy, share);
    });

    /// <summary>x / |x|, and zero where the norm is.</summary>
    private static void L2(NodeGradient node) => Give(node, (math, dy) =>
    {
        string norm = WithAxes(node, node.Y);
        string isZero = math.Equal(norm, math.Scalar(0, node.X));
        return math.Mul(math.Div(dy, math.Where(isZero, math.Scalar(1, node.X), norm)), node.X);
    });

    /// <summary>Places that tie share the gradient equally.</summary>
    private static void Extremum(NodeGradient node) => Give(node, (math, dy) =>
    {
        string mask = math.Mask(math.Equal(node.X, WithAxes(node, node.Y)), node.X);
        string ties = node.Math.Graph.Node("ReduceSum", AxesOf(node) is { } axes ? [mask, axes] : [mask], NodeParameter.Of("keepdims", 1L));
        return math.Mul(math.Div(dy, ties), mask);
    });

    /// <summary>An output with its reduced axes put back, so that it can be broadcast to the input.</summary>
    private static string WithAxes(NodeGradient node, string output)
    {
        if (node.Node.Integer("keepdims", 1) != 0) return output;

        // Over all axes the result is a scalar, which is broadcast as it is.
        return AxesOf(node) is { } axes ? node.Math.Graph.Node("Unsqueeze", [output, axes]) : output;
    }

    /// <summary>The axes as a tensor, or null for all.</summary>
    private static string? AxesOf(NodeGradient node)
    {
        if (node.Has(1)) return node.FactsOf(1).Integers is [] ? null : node.Input(1);
        return node.Node.Integers("axes") is { Length: > 0 } axes ? node.Math.Integers(axes) : null;
    }

    private static bool IsIdentity(NodeGradient node) => AxesOf(node) is null && node.Node.Integer("noop_with_empty_axes", 0) != 0;
}
