namespace QualityGate.Features.Files;

/// <summary>Element types of safetensors, by their names in the format.</summary>
internal static class SafetensorsType
{
    public const string Float32 = "F32";
    public const string Float64 = "F64";
    public const string Float16 = "F16";
    public const string BFloat16 = "BF16";
    public const string Byte = "U8";
    public const string UInt32 = "U32";

    /// <summary>Bytes of one element.</summary>
    /// <returns>False when the type is not known.</returns>
    public static bool TryGetSize(string type, out int size)
    {
        size = type switch
        {
            "BOOL" or Byte or "I8" or "F8_E4M3" or "F8_E5M2" => 1,
            "U16" or "I16" or Float16 or BFloat16 => 2,
            UInt32 or "I32" or Float32 => 4,
            "U64" or "I64" or Float64 => 8,
            _ => 0,
        };
        return size != 0;
    }

    /// <summary>Whether features can be read from the type.</summary>
    public static bool IsFloat(string type) => type is Float32 or Float64 or Float16 or BFloat16;
}

/// <summary>One tensor of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">A name of <see cref="SafetensorsType"/>.</param>
/// <param name="Shape">Dimensions, each 0 or more; empty for a scalar.</param>
/// <param name="Offset">First byte, counted from the start of the file.</param>
/// <param name="Length">Bytes.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Shape, long Offset, long Length)
{
    /// <summary>A tensor to be written: only name, type and shape are known.</summary>
    public static SafetensorsTensor Declare(string name, string type, params long[] shape)
    {
        if (!SafetensorsType.TryGetSize(type, out int size))
        {
            throw new ArgumentException($"{type} is not a type of safetensors.", nameof(type));
        }

        return new SafetensorsTensor(name, type, shape, 0, checked(Elements(shape) * size));
    }

    /// <summary>Product of the dimensions.</summary>
    /// <exception cref="OverflowException">It does not fit 63 bits.</exception>
    public static long Elements(IReadOnlyList<long> shape)
    {
        long elements = 1;
        foreach (long dimension in shape)
        {
            elements = checked(elements * dimension);
        }

        return elements;
    }
}
