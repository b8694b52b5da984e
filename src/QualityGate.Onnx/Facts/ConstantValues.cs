using System.Buffers.Binary;
using QualityGate.Onnx.Protobuf;

namespace QualityGate.Onnx.Facts;

/// <summary>Reads the numbers of a constant, whichever of ONNX' fields they are in.</summary>
internal static class ConstantValues
{
    private const int ExternalLocation = 1;

    public static bool IsExternal(TensorProto tensor) => tensor.DataLocation == ExternalLocation;

    /// <summary>The values as float64, or null when they are text or in another file.</summary>
    public static double[]? Read(TensorProto tensor)
    {
        if (IsExternal(tensor)) return null;
        if (tensor.HasRawData && tensor.RawData.Length > 0) return ReadRaw(tensor);
        return (OnnxElementType)tensor.DataType switch
        {
            OnnxElementType.Float => tensor.FloatData.Select(value => (double)value).ToArray(),
            OnnxElementType.Double => tensor.DoubleData.ToArray(),
            OnnxElementType.Int64 => tensor.Int64Data.Select(value => (double)value).ToArray(),
            OnnxElementType.UInt32 or OnnxElementType.UInt64 => tensor.Uint64Data.Select(value => (double)value).ToArray(),
            OnnxElementType.Float16 => tensor.Int32Data.Select(value => (double)BitConverter.Int16BitsToHalf((short)value)).ToArray(),
            OnnxElementType.Text or OnnxElementType.BFloat16 => null,
            _ => tensor.Int32Data.Select(value => (double)value).ToArray(),
        };
    }

    private static double[]? ReadRaw(TensorProto tensor)
    {
        ReadOnlySpan<byte> bytes = tensor.RawData.Span;
        return (OnnxElementType)tensor.DataType switch
        {
            OnnxElementType.Float => Read(bytes, 4, item => BinaryPrimitives.ReadSingleLittleEndian(item)),
            OnnxElementType.Double => Read(bytes, 8, item => BinaryPrimitives.ReadDoubleLittleEndian(item)),
            OnnxElementType.Int64 => Read(bytes, 8, item => BinaryPrimitives.ReadInt64LittleEndian(item)),
            OnnxElementType.Int32 => Read(bytes, 4, item => BinaryPrimitives.ReadInt32LittleEndian(item)),
            OnnxElementType.UInt8 or OnnxElementType.Bool => Read(bytes, 1, item => item[0]),
            OnnxElementType.Int8 => Read(bytes, 1, item => (sbyte)item[0]),
            OnnxElementType.Float16 => Read(bytes, 2, item => (double)BinaryPrimitives.ReadHalfLittleEndian(item)),
            _ => null,
        };
    }

    private static double[] Read(ReadOnlySpan<byte> bytes, int width, Converter<ReadOnlySpan<byte>> convert)
    {
        double[] values = new double[bytes.Length / width];
        for (int i = 0; i < values.Length; i++) values[i] = convert(bytes.Slice(i * width, width));
        return values;
    }

    private delegate double Converter<T>(T bytes)
        where T : allows ref struct;
}
