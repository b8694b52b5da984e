namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Operators of two or more inputs that are broadcast to a common shape.</summary>
internal static class ArithmeticRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Add"] = rules["Sum"] = node => ForEach(node, _ => node.Dy);
        rules["Sub"] = Sub;
        rules["Mul"] = Mul;
        rules["Div"] = Div;
        rules["Pow"] = Pow;
        rules["Mean"] = node => ForEach(node, _ => node.Math.Scale(node.Dy, 1.0 / node.InputCount));
        rules["Max"] = rules["Min"] = Extremum;
        rules["Where"] = Where;
        rules["PRelu"] = PRelu;
    }

    /// <summary>A tensor may be several inputs of one node (x * x), so places are given their part one by one.</summary>
    private static void ForEach(NodeGradient node, Func<int, string> gradient)
    {
        for (int i = 0; i < node.InputCount; i++)
        {
            if (node.Wants(i)) node.GiveBroadcast(i, gradient(i));
        }
    }

    private static void Sub(NodeGradient node) => ForEach(node, i => i == 0 ? node.Dy : node.Math.Neg(node.Dy));

    private static void Mul(NodeGradient node) => ForEach(node, i => node.Math.Mul(node.Dy, node.Input(1 - i)));

    /// <summary>y = a / b: 1 / b for a, and -y / b for b.</summary>
    private static void Div(NodeGradient node)
    {
        GraphMath math = node.Math;
        string share = math.Div(node.Dy, node.Input(1));
        ForEach(node, i => i == 0 ? share : math.Neg(math.Mul(share, node.Y)));
    }

    private static void Pow(NodeGradient node)
    {
        GraphMath math = node.Math;
        OnnxElementType type = math.RealType(node.X);
        string exponent = node.FactsOf(1).Type == type ? node.Input(1) : math.Cast(node.Input(1), type);
        double? known = node.FactsOf(1).Reals is [var only] && !node.Wants(1) ? only : null;
        if (node.Wants(0))
        {
            string slope = known switch
            {
                2 => math.Scale(node.X, 2),
                0 => math.ZerosLike(node.X),
                _ => math.Mul(exponent, math.Pow(node.X, math.Sub(exponent, math.Scalar(1, node.X)))),
            };
            node.GiveBroadcast(0, math.Mul(node.Dy, slope));
        }

        if (!node.Wants(1)) return;

        // 0^p stays 0 when p moves; the logarithm of a base that is not positive is not taken.
        string zero = math.Scalar(0, node.X);
        string isPositive = math.Greater(node.X, zero);
        string logarithm = math.One("Log", math.Where(isPositive, node.X, math.Scalar(1, node.X)));
        node.GiveBroadcast(1, math.Mul(math.Mul(node.Dy, node.Y), logarithm));
    }

    /// <summary>Inputs that tie share the gradient equally.</summary>
    private static void Extremum(NodeGradient node)
    {
        GraphMath math = node.Math;
        if (node.InputCount == 1)
        {
            node.Give(0, node.Dy);
            return;
        }

        string[] masks = Enumerable.Range(0, node.InputCount).Select(i => math.Mask(math.Equal(node.Input(i), node.Y), node.Y)).ToArray();
        string share = math.Div(node.Dy, math.Sum(masks));
        ForEach(node, i => math.Mul(share, masks[i]));
    }

    private static void Where(NodeGradient node)
    {
        GraphMath math = node.Math;
        string zero = math.Scalar(0, node.Y);
        if (node.Wants(1)) node.GiveBroadcast(1, math.Where(node.X, node.Dy, zero));
        if (node.Wants(2)) node.GiveBroadcast(2, math.Where(node.X, zero, node.Dy));
    }

    private static void PRelu(NodeGradient node)
    {
        GraphMath math = node.Math;
        string isPositive = math.Greater(node.X, math.Scalar(0, node.X));
        if (node.Wants(0)) node.Give(0, math.Where(isPositive, node.Dy, math.Mul(node.Dy, node.Input(1))));
        if (node.Wants(1)) node.GiveBroadcast(1, math.Where(isPositive, math.Scalar(0, node.X), math.Mul(node.Dy, node.X)));
    }
}
