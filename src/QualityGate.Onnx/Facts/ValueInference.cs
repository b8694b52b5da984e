using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>The shape arithmetic of exporters, done before the model runs: vectors of at most 64 numbers.</summary>
internal static class ValueInference
{
    private const int Most = 64;

    /// <summary>The node's first output, or null when it is not known.</summary>
    public static Quantity[]? Infer(NodeProto node, Func<int, TensorFacts> input)
    {
        Quantity[]? values = Compute(node, input);
        return values is { Length: <= Most } ? values : null;
    }

    private static Quantity[]? Compute(NodeProto node, Func<int, TensorFacts> input)
    {
        IReadOnlyList<Quantity>? first = input(0).Values;
        switch (node.OpType)
        {
            case "Shape":
                return Shape(node, input(0));
            case "Size":
                return input(0).Lengths is { } lengths ? [lengths.Aggregate(1L, (total, axis) => total * axis)] : null;
            case "Cast" when (OnnxElementType)node.Integer("to", 0) is OnnxElementType.Int64 or OnnxElementType.Int32:
                return first?.Select(value => value.Number is { } number ? Math.Truncate(number) : value).ToArray();
            case "Identity" or "Cast" or "Reshape" or "Squeeze" or "Unsqueeze" or "Flatten":
                return first?.ToArray();
            case "Floor":
                return first?.Select(value => value.Number is { } number ? Math.Floor(number) : value).ToArray();
            case "Neg":
                return first?.Select(value => value.Number is { } number ? (Quantity)(-number) : default).ToArray();
            case "Transpose" when input(0).Rank <= 1:
                return first?.ToArray();
            case "Concat":
                return Concat(node, input);
            case "Gather":
                return Gather(first, input(1));
            case "Slice" when input(0).Rank == 1:
                return Slice(node, first, input);
            case "ConstantOfShape":
                return Constant(node, input(0));
            case "Add" or "Sub" or "Mul" or "Div" or "Max" or "Min":
                return Arithmetic(node.OpType, input(0), input(1));
            default:
                return null;
        }
    }

    private static Quantity[]? Shape(NodeProto node, TensorFacts facts)
    {
        if (facts.Shape is not { } shape) return null;
        int start = Place(node.Integer("start", 0));
        int end = Place(node.Integer("end", shape.Count));
        return shape.Skip(start).Take(Math.Max(0, end - start)).Select(Quantity.Of).ToArray();

        int Place(long axis) => (int)Math.Clamp(axis < 0 ? axis + shape.Count : axis, 0, shape.Count);
    }

    private static Quantity[]? Concat(NodeProto node, Func<int, TensorFacts> input)
    {
        List<Quantity> all = [];
        for (int i = 0; i < node.Input.Count; i++)
        {
            if (input(i).Values is not { } values || input(i).Rank != 1) return null;
            all.AddRange(values);
        }

        return all.ToArray();
    }

    private static Quantity[]? Gather(IReadOnlyList<Quantity>? values, TensorFacts places)
    {
        if (values is null || places.Integers is not { } indices) return null;
        return indices.All(index => index >= -values.Count && index < values.Count)
            ? indices.Select(index => values[(int)(index < 0 ? index + values.Count : index)]).ToArray()
            : null;
    }

    private static Quantity[]? Slice(NodeProto node, IReadOnlyList<Quantity>? values, Func<int, TensorFacts> input)
    {
        string[] names = node.Input.ToArray();
        if (values is null || Slicing.Of(node, name => input(Array.IndexOf(names, name)), rank: 1) is not [var slice]) return null;
        (long first, long count) = slice.Places(values.Count);
        return Enumerable.Range(0, (int)count).Select(i => values[(int)(first + (i * slice.Step))]).ToArray();
    }

    private static Quantity[]? Constant(NodeProto node, TensorFacts shape)
    {
        if (shape.Integers is not [var count] || count > Most) return null;
        double value = node.Find("value")?.T is { } tensor && ConstantValues.Read(tensor) is [var only] ? only : 0;
        return Enumerable.Repeat((Quantity)value, (int)count).ToArray();
    }

    private static Quantity[]? Arithmetic(string operation, TensorFacts left, TensorFacts right)
    {
        if (left.Values is not { } a || right.Values is not { } b || (a.Count != b.Count && a.Count != 1 && b.Count != 1)) return null;
        bool isInteger = left.Type is OnnxElementType.Int64 or OnnxElementType.Int32;
        return Enumerable.Range(0, Math.Max(a.Count, b.Count)).Select(i => Combine(a[a.Count == 1 ? 0 : i], b[b.Count == 1 ? 0 : i])).ToArray();

        Quantity Combine(Quantity x, Quantity y) => (operation, x.Number, y.Number) switch
        {
            ("Add", { } p, { } q) => p + q,
            ("Sub", { } p, { } q) => p - q,
            ("Mul", { } p, { } q) => p * q,
            ("Div", { } p, { } q) when q != 0 => isInteger ? Math.Truncate(p / q) : p / q,
            ("Max", { } p, { } q) => Math.Max(p, q),
            ("Min", { } p, { } q) => Math.Min(p, q),
            ("Mul" or "Div", null, 1) or ("Add" or "Sub", null, 0) => x,
            ("Mul", 1, null) or ("Add", 0, null) => y,
            _ => default,
        };
    }
}
