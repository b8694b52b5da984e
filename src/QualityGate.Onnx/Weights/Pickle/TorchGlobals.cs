namespace QualityGate.Onnx.Weights.Pickle;

/// <summary>The names that state dicts refer to, and what each becomes: plain data.</summary>
internal static class TorchGlobals
{
    private const string Ordered = "collections.OrderedDict";
    private const string TensorFunction = "torch._utils._rebuild_tensor_v2";
    private const string OldTensorFunction = "torch._utils._rebuild_tensor";
    private const string ParameterFunction = "torch._utils._rebuild_parameter";
    private const string Size = "torch.Size";

    private static readonly Dictionary<string, OnnxElementType> StorageTypes = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = OnnxElementType.Float,
        ["torch.DoubleStorage"] = OnnxElementType.Double,
        ["torch.HalfStorage"] = OnnxElementType.Float16,
        ["torch.BFloat16Storage"] = OnnxElementType.BFloat16,
        ["torch.LongStorage"] = OnnxElementType.Int64,
        ["torch.IntStorage"] = OnnxElementType.Int32,
        ["torch.ShortStorage"] = OnnxElementType.Int16,
        ["torch.CharStorage"] = OnnxElementType.Int8,
        ["torch.ByteStorage"] = OnnxElementType.UInt8,
        ["torch.BoolStorage"] = OnnxElementType.Bool,
    };

    private static readonly HashSet<string> Functions = new(StringComparer.Ordinal) { Ordered, TensorFunction, OldTensorFunction, ParameterFunction, Size };

    /// <summary>The same name, when it is one of a state dict's.</summary>
    /// <exception cref="WeightFormatException">It is another one.</exception>
    public static PickleGlobal Known(PickleGlobal name)
    {
        string text = name.ToString();
        if (Functions.Contains(text) || StorageTypes.ContainsKey(text)) return name;
        string shown = new(text.Take(100).Select(c => char.IsControl(c) ? '?' : c).ToArray());
        throw new WeightFormatException($"Its pickle refers to '{shown}', which is code and not a weight; only plain state dicts are read, and nothing in them is run.");
    }

    /// <summary>What the type of a storage is made of.</summary>
    private static OnnxElementType StorageType(object? name) =>
        name is PickleGlobal global && StorageTypes.TryGetValue(global.ToString(), out OnnxElementType type) ? type : throw Damaged();

    /// <summary>The storage that a persistent id refers to.</summary>
    /// <param name="id">What the pickle gives: kind, type, key, place, count and more.</param>
    public static PickleStorage Storage(object? id) =>
        id is object?[] { Length: >= 5 } and ["storage", var type, string key, _, long count, ..] && count >= 0
            ? new PickleStorage(StorageType(type), key, count)
            : throw new WeightFormatException("Its pickle refers to something that is not a storage of numbers.");

    /// <summary>What calling one of the known names gives, as data.</summary>
    public static object? Make(PickleGlobal function, object?[] arguments) => function.ToString() switch
    {
        Ordered => Dictionary(arguments),
        TensorFunction or OldTensorFunction => Tensor(arguments),
        ParameterFunction => arguments is [PickleTensor tensor, ..] ? tensor : throw Damaged(),
        Size => arguments is [object?[] lengths] ? lengths : throw Damaged(),
        _ => throw Damaged(),
    };

    private static PickleDictionary Dictionary(object?[] arguments)
    {
        var dictionary = new PickleDictionary();
        if (arguments.Length == 0) return dictionary;
        if (arguments is not [List<object?> pairs]) throw Damaged();
        foreach (object? pair in pairs)
        {
            (object? key, object? value) = pair switch
            {
                object?[] { Length: 2 } tuple => (tuple[0], tuple[1]),
                List<object?> { Count: 2 } list => (list[0], list[1]),
                _ => throw Damaged(),
            };
            if (key is string text) dictionary.Items[text] = value;
        }

        return dictionary;
    }

    private static PickleTensor Tensor(object?[] arguments)
    {
        if (arguments is not [PickleStorage storage, long offset, object?[] shape, object?[] strides, ..] || shape.Length != strides.Length || shape.Length > 16)
            throw Damaged();
        return new PickleTensor(storage, offset, Lengths(shape), Lengths(strides));
    }

    private static long[] Lengths(object?[] values) => [.. values.Select(value => value is long length and >= 0 ? length : throw Damaged())];

    private static WeightFormatException Damaged() => new("Its pickle is damaged: a tensor is not described as PyTorch describes one.");
}
