using System.Buffers.Binary;

namespace QualityGate.Onnx.Weights;

/// <summary>Little-endian numbers of any floating point type as float32.</summary>
internal static class WeightNumbers
{
    /// <summary>Bytes of one number, or null for a type that weights are not made of.</summary>
    public static int? Size(OnnxElementType type) => type switch
    {
        OnnxElementType.Double or OnnxElementType.Int64 => 8,
        OnnxElementType.Float or OnnxElementType.Int32 => 4,
        OnnxElementType.Float16 or OnnxElementType.BFloat16 or OnnxElementType.Int16 => 2,
        OnnxElementType.UInt8 or OnnxElementType.Int8 or OnnxElementType.Bool => 1,
        _ => null,
    };

    /// <summary>Whether a type is a floating point one that <see cref="Read"/> takes.</summary>
    public static bool IsFloat(OnnxElementType type) =>
        type is OnnxElementType.Float or OnnxElementType.Double or OnnxElementType.Float16 or OnnxElementType.BFloat16;

    /// <summary>Number <paramref name="index"/> of <paramref name="bytes"/>.</summary>
    public static float Read(OnnxElementType type, ReadOnlySpan<byte> bytes, long index) => type switch
    {
        OnnxElementType.Float => BinaryPrimitives.ReadSingleLittleEndian(bytes[(int)(index * 4)..]),
        OnnxElementType.Double => (float)BinaryPrimitives.ReadDoubleLittleEndian(bytes[(int)(index * 8)..]),
        OnnxElementType.Float16 => (float)BinaryPrimitives.ReadHalfLittleEndian(bytes[(int)(index * 2)..]),
        OnnxElementType.BFloat16 => BitConverter.Int32BitsToSingle(BinaryPrimitives.ReadUInt16LittleEndian(bytes[(int)(index * 2)..]) << 16),
        _ => throw new WeightFormatException($"{type} is not a floating point type."),
    };
}
