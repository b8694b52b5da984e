namespace QualityGate.Onnx.Facts;

/// <summary>A number known before the model runs, or a symbol that stands for one: equal symbols are equal numbers.</summary>
internal readonly record struct Quantity(double? Number, string? Symbol)
{
    public static implicit operator Quantity(double number) => new(number, null);

    public long? Integer => Number is { } number && Math.Floor(number) == number ? (long)number : null;

    public static Quantity Of(OnnxDimension axis) => new(axis.Length, axis.Name);

    /// <summary>As the length of an axis; anything but a whole number is a symbol.</summary>
    public OnnxDimension ToDimension() => new(Integer, Integer is null ? Symbol : null);
}
