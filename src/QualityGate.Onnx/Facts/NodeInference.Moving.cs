using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <content>Shapes of operators that move values without changing them.</content>
internal sealed partial class NodeInference
{
    /// <summary>Null for an operator that is none of these.</summary>
    private TensorFacts? Moved(NodeProto node, TensorFacts first) => node.OpType switch
    {
        "Shape" => new TensorFacts(OnnxElementType.Int64, [first.Rank is { } rank ? rank : Free()]),
        "Size" => new TensorFacts(OnnxElementType.Int64, []),
        "NonZero" => new TensorFacts(OnnxElementType.Int64, [Free(), Free()]),
        "Reshape" => Reshape(node, first),
        "Flatten" => Flatten(node, first),
        "Transpose" => Transpose(node, first),
        "Concat" => Concat(node, first),
        "Slice" => Slice(node, first),
        "Gather" => Gather(node, first),
        "GatherND" => GatherPoints(node, first),
        "GatherElements" => first with { Shape = facts(node.InputAt(1)).Shape },
        "Squeeze" => Squeeze(node, first),
        "Unsqueeze" => Unsqueeze(node, first),
        "ConstantOfShape" => new TensorFacts(
            node.Find("value")?.T is { } value ? (OnnxElementType)value.DataType : OnnxElementType.Float,
            facts(node.InputAt(0)).Values?.Select(Axis).ToArray() ?? Frees((int?)facts(node.InputAt(0)).VectorLength)),
        "Tile" or "DepthToSpace" or "SpaceToDepth" => first with { Shape = Frees(first.Rank) },
        "Range" => first with { Shape = [Free()] },
        _ => null,
    };

    private TensorFacts Reshape(NodeProto node, TensorFacts first)
    {
        TensorFacts target = facts(node.InputAt(1));
        if (target.Values is not { } wanted) return first with { Shape = Frees((int?)target.VectorLength) };
        bool zeroCopies = node.Integer("allowzero", 0) == 0;
        OnnxDimension[] shape = wanted.Select((value, i) => value.Integer switch
        {
            0 when zeroCopies => first.Shape is { } old && i < old.Count ? old[i] : Free(),
            -1 => new OnnxDimension(null, null),
            _ => Axis(value),
        }).ToArray();
        int rest = Array.FindIndex(shape, axis => axis.Length is null && axis.Name is null);
        if (rest >= 0) shape[rest] = Rest(first.Shape, shape);
        return first with { Shape = shape };
    }

    /// <summary>The length that -1 stands for: what remains once equal symbols cancel.</summary>
    private OnnxDimension Rest(IReadOnlyList<OnnxDimension>? from, OnnxDimension[] to)
    {
        if (from is null) return Free();
        List<string?> symbols = from.Where(axis => axis.Length is null).Select(axis => axis.Name).ToList();
        long product = from.Aggregate(1L, (total, axis) => total * (axis.Length ?? 1));
        long divisor = 1;
        foreach (OnnxDimension axis in to)
        {
            if (axis.Length is { } length) divisor *= length;
            else if (axis.Name is { } name && !symbols.Remove(name)) return Free();
        }

        if (divisor == 0 || product % divisor != 0) return Free();
        if (symbols.Count == 0) return product / divisor;
        return symbols.Count == 1 && product == divisor && symbols[0] is { } symbol ? OnnxDimension.FromString(symbol) : Free();
    }

    private TensorFacts Flatten(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first with { Shape = [Free(), Free()] };
        int axis = (int)node.Integer("axis", 1);
        if (axis < 0) axis += shape.Count;
        return first with { Shape = [Product(shape.Take(axis)), Product(shape.Skip(axis))] };
    }

    private OnnxDimension Product(IEnumerable<OnnxDimension> axes)
    {
        OnnxDimension[] factors = axes.Where(axis => axis.Length != 1).ToArray();
        if (factors.Length == 1) return factors[0];
        return factors.All(axis => axis.Length is not null) ? factors.Aggregate(1L, (total, axis) => total * axis.Length!.Value) : Free();
    }

    private static TensorFacts Transpose(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first;
        long[]? order = node.Integers("perm");
        return first with { Shape = order is null ? shape.Reverse().ToArray() : order.Select(axis => shape[(int)axis]).ToArray() };
    }

    private TensorFacts Concat(NodeProto node, TensorFacts first)
    {
        IReadOnlyList<OnnxDimension>?[] shapes = node.Input.Select(input => facts(input).Shape).ToArray();
        if (shapes.FirstOrDefault(shape => shape is not null) is not { } any) return first;
        int axis = (int)node.Integer("axis", 0);
        if (axis < 0) axis += any.Count;
        OnnxDimension[] result = any.ToArray();
        result[axis] = shapes.All(shape => shape?[axis].Length is not null) ? shapes.Sum(shape => shape![axis].Length!.Value) : Free();
        return first with { Shape = result };
    }

    private TensorFacts[] SplitOutputs(NodeProto node)
    {
        TensorFacts first = facts(node.InputAt(0)) with { Values = null };
        if (first.Shape is not { } shape) return Enumerable.Repeat(first, node.Output.Count).ToArray();
        int axis = (int)node.Integer("axis", 0);
        if (axis < 0) axis += shape.Count;
        long[]? lengths = facts(node.InputAt(1)).Integers;
        long? chunk = node.InputAt(1).Length == 0 ? (shape[axis].Length + node.Output.Count - 1) / node.Output.Count : null;
        return node.Output.Select((_, i) =>
        {
            OnnxDimension[] part = shape.ToArray();
            long? length = lengths?[i] ?? (chunk is { } equal ? Math.Min(equal, shape[axis].Length!.Value - (i * equal)) : null);
            part[axis] = length ?? Free();
            return first with { Shape = part };
        }).ToArray();
    }

    private TensorFacts Slice(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first;
        if (Slicing.Of(node, facts, shape.Count) is not { } slices) return first with { Shape = Frees(shape.Count) };
        OnnxDimension[] result = shape.ToArray();
        foreach (Slicing slice in slices)
        {
            result[slice.Axis] = slice.Length(shape[slice.Axis].Length) is { } length ? length : Free();
        }

        return first with { Shape = result };
    }

    private TensorFacts Gather(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape || facts(node.InputAt(1)).Shape is not { } places) return first with { Shape = null };
        int axis = (int)node.Integer("axis", 0);
        if (axis < 0) axis += shape.Count;
        return first with { Shape = [.. shape.Take(axis), .. places, .. shape.Skip(axis + 1)] };
    }

    private TensorFacts GatherPoints(NodeProto node, TensorFacts first)
    {
        bool isKnown = node.Integer("batch_dims", 0) == 0;
        if (!isKnown || first.Shape is not { } shape || facts(node.InputAt(1)).Shape is not { Count: > 0 } places || places[^1].Length is not { } depth) return first with { Shape = null };
        return first with { Shape = [.. places.SkipLast(1), .. shape.Skip((int)depth)] };
    }

    private TensorFacts Squeeze(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape) return first;
        if (node.InputAt(1).Length == 0)
        {
            return first with { Shape = shape.All(axis => axis.Length is not null) ? shape.Where(axis => axis.Length != 1).ToArray() : null };
        }

        if (facts(node.InputAt(1)).Integers is not { } axes) return first with { Shape = null };
        HashSet<long> gone = axes.Select(axis => axis < 0 ? axis + shape.Count : axis).ToHashSet();
        return first with { Shape = shape.Where((_, i) => !gone.Contains(i)).ToArray() };
    }

    private TensorFacts Unsqueeze(NodeProto node, TensorFacts first)
    {
        if (first.Shape is not { } shape || facts(node.InputAt(1)).Integers is not { } axes) return first with { Shape = null };
        int rank = shape.Count + axes.Length;
        HashSet<long> added = axes.Select(axis => axis < 0 ? axis + rank : axis).ToHashSet();
        var rest = new Queue<OnnxDimension>(shape);
        return first with { Shape = Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : rest.Dequeue()).ToArray() };
    }
}
