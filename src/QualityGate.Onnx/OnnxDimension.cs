using System.Globalization;

namespace QualityGate.Onnx;

/// <summary>One axis of a tensor's shape: a length, or a name for a length known only when the model runs.</summary>
/// <param name="Length">The length, or null when it is free.</param>
/// <param name="Name">The free axis' name, such as <c>batch</c>; null when it has none.</param>
public readonly record struct OnnxDimension(long? Length, string? Name)
{
    /// <summary>An axis of a fixed length.</summary>
    public static implicit operator OnnxDimension(long length) => FromInt64(length);

    /// <summary>A free axis with a name.</summary>
    public static implicit operator OnnxDimension(string name) => FromString(name);

    /// <summary>An axis of a fixed length.</summary>
    public static OnnxDimension FromInt64(long length) => new(length, null);

    /// <summary>A free axis with a name.</summary>
    public static OnnxDimension FromString(string name) => new(null, name);

    /// <summary>The length, the name, or <c>?</c>.</summary>
    public override string ToString() => Length?.ToString(CultureInfo.InvariantCulture) ?? Name ?? "?";
}
