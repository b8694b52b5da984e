using System.Globalization;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>What is known of a node's outputs from what is known of its inputs.</summary>
internal sealed partial class NodeInference(Func<string, TensorFacts> facts)
{
    private int _free;

    /// <summary>A free axis unlike any other.</summary>
    public OnnxDimension Free() => OnnxDimension.FromString(string.Create(CultureInfo.InvariantCulture, $"?{_free++}"));

    public TensorFacts[] Infer(NodeProto node)
    {
        if (!OperatorSetUpgrade.IsStandard(node.Domain) || node.Output.Count == 0) return [];
        TensorFacts result = Shapes(node);
        if (ValueInference.Infer(node, In) is { } values && (result.Shape is null || result.Lengths is { } lengths && lengths.Aggregate(1L, (a, b) => a * b) == values.Length))
        {
            result = result with { Values = values, Shape = result.Shape ?? [values.Length] };
        }

        if (result.Shape is [{ Length: null }] && result.Values is { } known) result = result with { Shape = [known.Count] };
        return node.OpType switch
        {
            "Split" => SplitOutputs(node),
            "MaxPool" => [result, result with { Type = OnnxElementType.Int64 }],
            "Dropout" => [result, result with { Type = OnnxElementType.Bool }],
            "TopK" => [result, result with { Type = OnnxElementType.Int64 }],
            "LayerNormalization" => [result, NormalizedAxes(node), NormalizedAxes(node)],
            "BatchNormalization" => [result, facts(node.InputAt(3)), facts(node.InputAt(4))],
            _ => [result],
        };

        TensorFacts In(int index) => facts(node.InputAt(index));
    }

    private TensorFacts Shapes(NodeProto node)
    {
        TensorFacts first = facts(node.InputAt(0)) with { Values = null };
        return node.OpType switch
        {
            "Constant" => OfConstant(node),
            "Identity" => facts(node.InputAt(0)),
            "Cast" => facts(node.InputAt(0)) with { Type = (OnnxElementType)node.Integer("to", 0) },
            "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Max" or "Min" or "Sum" or "Mean" or "PRelu" or "Mod" => Broadcast(node, first.Type),
            "Equal" or "Greater" or "GreaterOrEqual" or "Less" or "LessOrEqual" or "And" or "Or" or "Xor" => Broadcast(node, OnnxElementType.Bool),
            "Where" => Broadcast(node, facts(node.InputAt(1)).Type),
            "Not" or "IsNaN" or "IsInf" => first with { Type = OnnxElementType.Bool },
            "Conv" or "MaxPool" or "AveragePool" or "LpPool" => Windows(node, first),
            "ConvTranspose" => TransposedConvolution(node, first),
            "GlobalAveragePool" or "GlobalMaxPool" => first with { Shape = first.Shape?.Select((axis, i) => i < 2 ? axis : 1).ToArray() },
            "Gemm" => Gemm(node, first),
            "MatMul" => MatMul(node, first),
            "Resize" => Resize(node, first),
            "Pad" => Pad(node, first),
            "ArgMax" or "ArgMin" => Reduce(node, first with { Type = OnnxElementType.Int64 }),
            "Expand" => Expand(node, first),
            _ when node.OpType.StartsWith("Reduce", StringComparison.Ordinal) => Reduce(node, first),
            _ => Moved(node, first) ?? (KeepsShape(node.OpType) ? first : first with { Shape = null, Type = KeepsType(node.OpType) ? first.Type : OnnxElementType.Undefined }),
        };
    }

    private static TensorFacts OfConstant(NodeProto node)
    {
        if (node.Find("value")?.T is { } tensor) return GraphFacts.OfConstant(tensor);
        if (node.Find("value_int") is { } integer) return new TensorFacts(OnnxElementType.Int64, [], [integer.I]);
        if (node.Find("value_float") is { } real) return new TensorFacts(OnnxElementType.Float, [], [real.F]);
        if (node.Find("value_ints") is { } integers) return Vector(OnnxElementType.Int64, integers.Ints.Select(value => (double)value));
        return node.Find("value_floats") is { } reals ? Vector(OnnxElementType.Float, reals.Floats.Select(value => (double)value)) : TensorFacts.Unknown;

        static TensorFacts Vector(OnnxElementType type, IEnumerable<double> numbers)
        {
            Quantity[] values = numbers.Select(value => (Quantity)value).ToArray();
            return new TensorFacts(type, [values.Length], values);
        }
    }

    private static bool KeepsShape(string operation) => operation is
        "Abs" or "Neg" or "Sqrt" or "Exp" or "Log" or "Relu" or "LeakyRelu" or "Elu" or "Selu" or "Celu" or "Sigmoid" or "Tanh" or "Softplus" or
        "Softsign" or "Erf" or "Gelu" or "Softmax" or "LogSoftmax" or "Clip" or "BatchNormalization" or "InstanceNormalization" or
        "LayerNormalization" or "GroupNormalization" or "Dropout" or "Sign" or "Floor" or "Ceil" or "Round" or "Reciprocal" or "Sin" or "Cos" or "HardSigmoid" or
        "HardSwish" or "Mish" or "ThresholdedRelu" or "ScatterElements" or "ScatterND" or "CumSum" or "LRN" or "LpNormalization" or "Hardmax";

    private static bool KeepsType(string operation) => operation is "Tile" or "DepthToSpace" or "SpaceToDepth" or "Gather" or "GatherND" or "GatherElements" or "Slice" or "TopK" or "Einsum" or "Range";
}
