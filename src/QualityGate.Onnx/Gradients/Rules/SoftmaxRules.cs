namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Softmax and its logarithm.</summary>
internal static class SoftmaxRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Softmax"] = Softmax;
        rules["LogSoftmax"] = LogSoftmax;
    }

    /// <summary>y (dy - sum(dy y)).</summary>
    private static void Softmax(NodeGradient node)
    {
        GraphMath math = node.Math;
        string sum = math.ReduceSum(math.Mul(node.Dy, node.Y), keepAxes: true, node.Node.Integer("axis", -1));
        node.Give(0, math.Mul(node.Y, math.Sub(node.Dy, sum)));
    }

    /// <summary>dy - softmax(x) sum(dy).</summary>
    private static void LogSoftmax(NodeGradient node)
    {
        GraphMath math = node.Math;
        string sum = math.ReduceSum(node.Dy, keepAxes: true, node.Node.Integer("axis", -1));
        node.Give(0, math.Sub(node.Dy, math.Mul(math.Exp(node.Y), sum)));
    }
}
