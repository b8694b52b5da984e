namespace QualityGate.Onnx.Weights.Pickle;

/// <summary>A name that a pickle refers to, such as <c>collections.OrderedDict</c>. It is compared with a short list and never looked up or run.</summary>
/// <param name="Module">Before the dot.</param>
/// <param name="Name">After the dot.</param>
internal sealed record PickleGlobal(string Module, string Name)
{
    public override string ToString() => $"{Module}.{Name}";
}

/// <summary>The place in a pickle's stack where a group of values begins.</summary>
internal sealed class PickleMark
{
    public static readonly PickleMark Instance = new();

    private PickleMark()
    {
    }
}

/// <summary>A dictionary; keys that are not text are left out, since no weight hangs on them.</summary>
internal sealed class PickleDictionary
{
    public Dictionary<string, object?> Items { get; } = new(StringComparer.Ordinal);
}

/// <summary>Bytes of numbers that tensors are cut from.</summary>
/// <param name="Type">What it is made of.</param>
/// <param name="Key">Its name in the file.</param>
/// <param name="Count">Numbers in it.</param>
/// <param name="Offset">Where this view of the storage begins, in numbers.</param>
internal sealed record PickleStorage(OnnxElementType Type, string Key, long Count, long Offset = 0);

/// <summary>A tensor: a storage seen through an offset, lengths and steps.</summary>
internal sealed record PickleTensor(PickleStorage Storage, long Offset, long[] Shape, long[] Strides);
