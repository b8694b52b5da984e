using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Gradients.Rules;

/// <summary>Gives the inputs of one node their gradients.</summary>
internal delegate void GradientRule(NodeGradient node);

/// <summary>Which operators have a rule, and which have a derivative of zero.</summary>
internal static class RuleCatalogue
{
    private static readonly Dictionary<string, GradientRule> Rules = All();

    private static readonly HashSet<string> Constants = new(StringComparer.Ordinal)
    {
        "Shape", "Size", "Constant", "ConstantOfShape", "Range", "NonZero", "ArgMax", "ArgMin", "Equal", "Greater", "GreaterOrEqual",
        "Less", "LessOrEqual", "And", "Or", "Xor", "Not", "IsNaN", "IsInf", "Sign", "Floor", "Ceil", "Round", "OneHot", "EyeLike",
        "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike", "Bernoulli", "Multinomial", "Hardmax",
    };

    /// <summary>Names of all operators with a rule, in order.</summary>
    public static IReadOnlyList<string> Operators { get; } = Rules.Keys.Order(StringComparer.Ordinal).ToArray();

    /// <summary>Names of all operators whose derivative is zero wherever it exists, in order.</summary>
    public static IReadOnlyList<string> ConstantOperators { get; } = Constants.Order(StringComparer.Ordinal).ToArray();

    public static bool IsConstant(NodeProto node) => OperatorSetUpgrade.IsStandard(node.Domain) && Constants.Contains(node.OpType);

    public static GradientRule? Find(NodeProto node) =>
        OperatorSetUpgrade.IsStandard(node.Domain) ? Rules.GetValueOrDefault(node.OpType) : null;

    private static Dictionary<string, GradientRule> All()
    {
        Dictionary<string, GradientRule> rules = new(StringComparer.Ordinal);
        ArithmeticRules.AddTo(rules);
        ElementwiseRules.AddTo(rules);
        ActivationRules.AddTo(rules);
        ReductionRules.AddTo(rules);
        SoftmaxRules.AddTo(rules);
        MatrixRules.AddTo(rules);
        ConvolutionRules.AddTo(rules);
        PoolingRules.AddTo(rules);
        NormalizationRules.AddTo(rules);
        ShapeRules.AddTo(rules);
        PlaceRules.AddTo(rules);
        ResizeRules.AddTo(rules);
        return rules;
    }
}
