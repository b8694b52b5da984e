namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>The activations of networks.</summary>
internal static class ActivationRules
{
    private const double SeluAlpha = 1.67326319217681884765625;
    private const double SeluGamma = 1.05070102214813232421875;

    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Relu"] = node => Piecewise(node, math => math.Scalar(0, node.X));
        rules["LeakyRelu"] = node => Piecewise(node, math => math.Scale(node.Dy, node.Node.Real("alpha", 0.01f)));
        rules["Elu"] = Elu;
        rules["Selu"] = Selu;
        rules["Sigmoid"] = node => ElementwiseRules.Slope(node, math => math.Mul(node.Y, math.Sub(math.Scalar(1, node.Y), node.Y)));
        rules["Tanh"] = node => ElementwiseRules.Slope(node, math => math.Sub(math.Scalar(1, node.Y), math.Mul(node.Y, node.Y)));
        rules["Softplus"] = node => ElementwiseRules.Slope(node, math => math.One("Sigmoid", node.X));
        rules["Softsign"] = Softsign;
        rules["HardSigmoid"] = HardSigmoid;
        rules["HardSwish"] = HardSwish;
        rules["Gelu"] = Gelu;
    }

    /// <summary>The gradient itself above zero, another at zero and below.</summary>
    private static void Piecewise(NodeGradient node, Func<GraphMath, string> below)
    {
        GraphMath math = node.Math;
        node.Give(0, math.Where(math.Greater(node.X, math.Scalar(0, node.X)), node.Dy, below(math)));
    }

    /// <summary>Below zero y = alpha (e^x - 1), whose slope is y + alpha.</summary>
    private static void Elu(NodeGradient node) =>
        Piecewise(node, math => math.Mul(node.Dy, math.Add(node.Y, math.Scalar(node.Node.Real("alpha", 1), node.Y))));

    private static void Selu(NodeGradient node)
    {
        double alpha = node.Node.Real("alpha", SeluAlpha);
        double gamma = node.Node.Real("gamma", SeluGamma);
        GraphMath math = node.Math;
        string below = math.Mul(node.Dy, math.Add(node.Y, math.Scalar(alpha * gamma, node.Y)));
        node.Give(0, math.Where(math.Greater(node.X, math.Scalar(0, node.X)), math.Scale(node.Dy, gamma), below));
    }

    private static void Softsign(NodeGradient node)
    {
        GraphMath math = node.Math;
        string scale = math.Add(math.Scalar(1, node.X), math.One("Abs", node.X));
        node.Give(0, math.Div(node.Dy, math.Mul(scale, scale)));
    }

    private static void HardSigmoid(NodeGradient node)
    {
        GraphMath math = node.Math;
        string inside = Inside(math, node.Y, 0, 1);
        node.Give(0, math.Where(inside, math.Scale(node.Dy, node.Node.Real("alpha", 0.2f)), math.Scalar(0, node.X)));
    }

    /// <summary>y = x clip(x / 6 + 1/2, 0, 1): between -3 and 3 the slope is x / 3 + 1/2.</summary>
    private static void HardSwish(NodeGradient node)
    {
        GraphMath math = node.Math;
        string middle = math.Mul(node.Dy, math.Add(math.Scale(node.X, 1.0 / 3), math.Scalar(0.5, node.X)));
        string above = math.Where(math.Greater(node.X, math.Scalar(0, node.X)), node.Dy, math.Scalar(0, node.X));
        node.Give(0, math.Where(Inside(math, node.X, -3, 3), middle, above));
    }

    private static string Inside(GraphMath math, string x, double least, double most) =>
        math.Graph.Node("And", [math.Greater(x, math.Scalar(least, x)), math.Less(x, math.Scalar(most, x))]);

    private static void Gelu(NodeGradient node)
    {
        bool isApproximate = node.Node.Text("approximate", "none") == "tanh";
        ElementwiseRules.Slope(node, math => isApproximate ? TanhSlope(math, node.X) : ErfSlope(math, node.X));
    }

    /// <summary>x Phi(x): Phi(x) + x phi(x).</summary>
    private static string ErfSlope(GraphMath math, string x)
    {
        string phi = math.Scale(math.Exp(math.Scale(math.Mul(x, x), -0.5)), 1 / Math.Sqrt(2 * Math.PI));
        string erf = math.One("Erf", math.Scale(x, Math.Sqrt(0.5)));
        return math.Add(math.Scale(math.Add(erf, math.Scalar(1, x)), 0.5), math.Mul(x, phi));
    }

    /// <summary>x (1 + t) / 2 with t = tanh(c (x + 0.044715 x³)).</summary>
    private static string TanhSlope(GraphMath math, string x)
    {
        double c = Math.Sqrt(2 / Math.PI);
        string one = math.Scalar(1, x);
        string square = math.Mul(x, x);
        string t = math.One("Tanh", math.Scale(math.Mul(x, math.Add(one, math.Scale(square, 0.044715))), c));
        string inner = math.Scale(math.Add(one, math.Scale(square, 3 * 0.044715)), c);
        string slope = math.Mul(math.Sub(one, math.Mul(t, t)), inner);
        return math.Scale(math.Add(math.Add(one, t), math.Mul(x, slope)), 0.5);
    }
}
