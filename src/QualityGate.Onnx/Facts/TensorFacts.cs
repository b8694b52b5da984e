namespace QualityGate.Onnx.Facts;

/// <summary>What is known about a tensor before the model runs.</summary>
/// <param name="Type">What it is made of.</param>
/// <param name="Shape">Its axes, or null when not even their number is known. Free axes of equal name are equally long.</param>
/// <param name="Values">Its few values when they are known, row-major: shapes, axes, scales; null otherwise.</param>
internal sealed record TensorFacts(OnnxElementType Type, IReadOnlyList<OnnxDimension>? Shape, IReadOnlyList<Quantity>? Values = null)
{
    public static TensorFacts Unknown { get; } = new(OnnxElementType.Undefined, null);

    public int? Rank => Shape?.Count;

    /// <summary>All lengths, or null when one is not known.</summary>
    public long[]? Lengths => Shape is { } shape && shape.All(axis => axis.Length is not null) ? shape.Select(axis => axis.Length!.Value).ToArray() : null;

    public bool IsReal => Type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;

    /// <summary>The values as integers, or null when one is not known.</summary>
    public long[]? Integers => Values is { } values && values.All(value => value.Integer is not null) ? values.Select(value => value.Integer!.Value).ToArray() : null;

    /// <summary>The values as real numbers, or null when one is not known.</summary>
    public double[]? Reals => Values is { } values && values.All(value => value.Number is not null) ? values.Select(value => value.Number!.Value).ToArray() : null;

    /// <summary>How many values a vector has, such as a shape's rank; null when not known.</summary>
    public long? VectorLength => Shape is [var axis] ? axis.Length : null;

    /// <summary>The length of an axis, negative ones from the last; null when not known.</summary>
    public long? Length(int axis) => Shape is { } shape ? shape[axis < 0 ? axis + shape.Count : axis].Length : null;
}
