using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <content>Shapes of broadcast results, products and reductions.</content>
internal sealed partial class NodeInference
{
    /// <summary>The broadcast of two lengths; a free one next to a length other than 1 must be that length, or 1.</summary>
    public OnnxDimension Common(OnnxDimension left, OnnxDimension right)
    {
        if (left == right) return left;
        if (left.Length == 1) return right;
        if (right.Length == 1) return left;
        if (left.Length is not null) return left;
        return right.Length is not null ? right : Free();
    }

    private OnnxDimension[] Common(IReadOnlyList<OnnxDimension> left, IReadOnlyList<OnnxDimension> right)
    {
        OnnxDimension[] result = new OnnxDimension[Math.Max(left.Count, right.Count)];
        for (int i = 1; i <= result.Length; i++)
        {
            OnnxDimension a = i <= left.Count ? left[^i] : 1;
            OnnxDimension b = i <= right.Count ? right[^i] : 1;
            result[^i] = Common(a, b);
        }

        return result;
    }

    private TensorFacts Broadcast(NodeProto node, OnnxElementType type)
    {
        OnnxDimension[]? shape = [];
        foreach (string input in node.Input)
        {
            shape = shape is not null && facts(input).Shape is { } other ? Common(shape, other) : null;
        }

        return new TensorFacts(type, shape);
    }

    private TensorFacts Expand(NodeProto node, TensorFacts first)
    {
        OnnxDimension[]? wanted = facts(node.InputAt(1)).Values?.Select(Axis).ToArray() ?? Frees((int?)facts(node.InputAt(1)).VectorLength);
        return first with { Shape = first.Shape is { } shape && wanted is not null ? Common(shape, wanted) : null };
    }

    private TensorFacts Gemm(NodeProto node, TensorFacts left)
    {
        TensorFacts right = facts(node.InputAt(1));
        OnnxDimension rows = left.Shape is { Count: 2 } a ? a[node.Integer("transA", 0) == 0 ? 0 : 1] : Free();
        OnnxDimension columns = right.Shape is { Count: 2 } b ? b[node.Integer("transB", 0) == 0 ? 1 : 0] : Free();
        return left with { Shape = [rows, columns] };
    }

    private TensorFacts MatMul(NodeProto node, TensorFacts left)
    {
        if (left.Shape is not { } a || facts(node.InputAt(1)).Shape is not { } b || a.Count == 0 || b.Count == 0) return left with { Shape = null };
        OnnxDimension[] batch = Common(a.Take(a.Count - 2).ToArray(), b.Take(b.Count - 2).ToArray());
        IEnumerable<OnnxDimension> shape = batch;
        if (a.Count > 1) shape = shape.Append(a[^2]);
        if (b.Count > 1) shape = shape.Append(b[^1]);
        return left with { Shape = shape.ToArray() };
    }

    private TensorFacts Reduce(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first;
        bool keeps = node.Integer("keepdims", 1) != 0;
        bool isArgument = node.OpType.StartsWith("Arg", StringComparison.Ordinal);
        long[]? axes = isArgument ? [node.Integer("axis", 0)] : node.Integers("axes");
        if (axes is null && node.InputAt(1).Length > 0)
        {
            axes = facts(node.InputAt(1)).Integers;
            if (axes is null) return first with { Shape = keeps ? Frees(shape.Count) : null };
        }

        if (axes is null or []) axes = node.Integer("noop_with_empty_axes", 0) != 0 ? [] : Enumerable.Range(0, shape.Count).Select(axis => (long)axis).ToArray();
        HashSet<long> reduced = axes.Select(axis => axis < 0 ? axis + shape.Count : axis).ToHashSet();
        IEnumerable<OnnxDimension> kept = shape.Select((axis, i) => reduced.Contains(i) ? 1 : axis);
        if (!keeps) kept = shape.Where((_, i) => !reduced.Contains(i));
        return first with { Shape = kept.ToArray() };
    }

    private TensorFacts NormalizedAxes(NodeProto node)
    {
        TensorFacts first = facts(node.InputAt(0));
        if (first.Shape is not { } shape) return first;
        long axis = node.Integer("axis", -1);
        if (axis < 0) axis += shape.Count;
        return first with { Shape = shape.Select((length, i) => i >= axis ? 1 : length).ToArray(), Values = null };
    }

    private OnnxDimension Axis(Quantity value) => value.ToDimension() is { Length: >= 0 } or { Name: not null } ? value.ToDimension() : Free();

    private OnnxDimension[]? Frees(int? count) => count is { } rank ? Enumerable.Range(0, rank).Select(_ => Free()).ToArray() : null;
}
