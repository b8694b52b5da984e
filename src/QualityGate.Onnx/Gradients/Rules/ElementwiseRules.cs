namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Functions of one number: the output's gradient times the slope.</summary>
internal static class ElementwiseRules
{
    public static void AddTo(Dictionary<string, GradientRule> rules)
    {
        rules["Identity"] = node => node.Give(0, node.Dy);
        rules["Neg"] = node => node.Give(0, node.Math.Neg(node.Dy));
        rules["Abs"] = node => Slope(node, math => math.One("Sign", node.X));
        rules["Exp"] = node => Slope(node, _ => node.Y);
        rules["Log"] = node => node.Give(0, node.Math.Div(node.Dy, node.X));
        rules["Sqrt"] = node => node.Give(0, node.Math.Div(node.Math.Scale(node.Dy, 0.5), node.Y));
        rules["Reciprocal"] = node => Slope(node, math => math.Neg(math.Mul(node.Y, node.Y)));
        rules["Sin"] = node => Slope(node, math => math.One("Cos", node.X));
        rules["Cos"] = node => Slope(node, math => math.Neg(math.One("Sin", node.X)));
        rules["Erf"] = Erf;
        rules["Clip"] = Clip;
        rules["Cast"] = Cast;
        rules["Dropout"] = Dropout;
    }

    internal static void Slope(NodeGradient node, Func<GraphMath, string> slope) => node.Give(0, node.Math.Mul(node.Dy, slope(node.Math)));

    private static void Erf(NodeGradient node) =>
        Slope(node, math => math.Scale(math.Exp(math.Neg(math.Mul(node.X, node.X))), 2 / Math.Sqrt(Math.PI)));

    /// <summary>The gradient passes where the value was not changed, the limits themselves included.</summary>
    private static void Clip(NodeGradient node)
    {
        node.RefuseFrom(1);
        GraphMath math = node.Math;
        node.Give(0, math.Where(math.Equal(node.X, node.Y), node.Dy, math.Scalar(0, node.X)));
    }

    private static void Cast(NodeGradient node)
    {
        if (!node.FactsOf(0).IsReal) throw node.Unsupported($"the type of '{node.X}' is not known");
        node.Give(0, node.Math.Cast(node.Dy, node.FactsOf(0).Type));
    }

    private static void Dropout(NodeGradient node)
    {
        if (node.Has(2) && node.FactsOf(2).Integers is not [0]) throw node.Unsupported("it may drop values at random (training_mode is not constantly false)");
        node.Give(0, node.Dy);
    }
}
