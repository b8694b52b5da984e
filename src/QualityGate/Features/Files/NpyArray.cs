using System.Buffers.Binary;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace QualityGate.Features.Files;

/// <summary>A numpy array in memory, last index fastest, with typed access. For labels and statistics; features are read in blocks.</summary>
internal sealed class NpyArray
{
    private readonly byte[] _data;
    private readonly string _path;

    private NpyArray(NpyHeader header, byte[] data, string path)
    {
        Type = header.Type;
        Shape = header.Shape;
        _data = data;
        _path = path;
    }

    /// <summary>Element type.</summary>
    public NpyType Type { get; }

    /// <summary>Dimensions; empty for a scalar.</summary>
    public IReadOnlyList<long> Shape { get; }

    /// <summary>Number of elements.</summary>
    public int Count => _data.Length / Math.Max(Type.Size, 1);

    /// <summary>Reads the elements that follow a head, at most 2 GB.</summary>
    public static NpyArray Read(NpyHeader header, Stream stream, string path)
    {
        if (header.DataLength > Array.MaxLength || header.Type.Size == 0)
        {
            throw FeatureFileErrors.Unsupported(path, $"an array of {header.DataLength} bytes cannot be held");
        }

        byte[] data = new byte[header.DataLength];
        stream.ReadExactly(data);
        NpyElements.ToLittleEndian(header.Type, data);
        byte[] ordered = header.IsFortranOrder ? ToRowMajor(data, header.Shape, header.Type.Size) : data;
        return new NpyArray(header, ordered, path);
    }

    /// <summary>Floats as float32.</summary>
    public float[] ToSingles()
    {
        float[] values = new float[Count];
        NpyElements.ToSingles(Require("floating point numbers", 'f'), _data, values);
        return values;
    }

    /// <summary>Floats as doubles; float64 keeps every bit.</summary>
    public double[] ToDoubles()
    {
        if (Require("floating point numbers", 'f').Size == sizeof(double))
        {
            return MemoryMarshal.Cast<byte, double>(_data).ToArray();
        }

        return Array.ConvertAll(ToSingles(), value => (double)value);
    }

    /// <summary>Integers and truth values.</summary>
    public long[] ToInt64s()
    {
        NpyType type = Require("whole numbers", 'i', 'u', 'b');
        long[] values = new long[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = NpyElements.ToInt64(type, _data.AsSpan(i * type.Size, type.Size), _path);
        }

        return values;
    }

    /// <summary>Text, or whole numbers written out: labels of either kind.</summary>
    public string[] ToStrings()
    {
        if (Type.Kind is 'i' or 'u' or 'b')
        {
            return Array.ConvertAll(ToInt64s(), value => value.ToString(CultureInfo.InvariantCulture));
        }

        NpyType type = Require("text or whole numbers", 'U', 'S');
        Encoding encoding = type.Kind == 'U' ? Encoding.UTF32 : Encoding.UTF8;
        string[] values = new string[Count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = encoding.GetString(_data, i * type.Size, type.Size).TrimEnd('\0');
        }

        return values;
    }

    private NpyType Require(string what, params ReadOnlySpan<char> kinds) => kinds.Contains(Type.Kind)
        ? Type
        : throw FeatureFileErrors.Unsupported(_path, $"it holds {Type}, but {what} are needed");

    private static byte[] ToRowMajor(byte[] data, IReadOnlyList<long> shape, int size)
    {
        byte[] result = new byte[data.Length];
        int elements = data.Length / size;
        for (int i = 0; i < elements; i++)
        {
            // Split the row-major position into indices from the last to the first, and weigh them in column-major strides.
            long rest = i;
            long source = 0;
            long stride = elements;
            for (int axis = shape.Count - 1; axis >= 0; axis--)
            {
                stride /= shape[axis];
                source += rest % shape[axis] * stride;
                rest /= shape[axis];
            }

            data.AsSpan((int)source * size, size).CopyTo(result.AsSpan(i * size));
        }

        return result;
    }
}

/// <summary>Conversions of numpy elements.</summary>
internal static class NpyElements
{
    /// <summary>Turns numbers round in place when they have their highest byte first.</summary>
    public static void ToLittleEndian(NpyType type, Span<byte> data)
    {
        int size = type.Kind == 'U' ? 4 : type.Size;
        if (!type.IsBigEndian || size == 1 || type.Kind == 'S')
        {
            return;
        }

        for (int i = 0; i + size <= data.Length; i += size)
        {
            data.Slice(i, size).Reverse();
        }
    }

    /// <summary>Little-endian floats as float32.</summary>
    public static void ToSingles(NpyType type, ReadOnlySpan<byte> source, Span<float> destination)
    {
        switch (type.Size)
        {
            case 2:
                FloatConversion.FromHalf(source, destination);
                break;
            case 8:
                FloatConversion.FromDouble(source, destination);
                break;
            default:
                MemoryMarshal.Cast<byte, float>(source).CopyTo(destination);
                break;
        }
    }

    /// <summary>One little-endian integer or truth value.</summary>
    public static long ToInt64(NpyType type, ReadOnlySpan<byte> source, string path) => (type.Kind, type.Size) switch
    {
        ('i', 1) => (sbyte)source[0],
        ('i', 2) => BinaryPrimitives.ReadInt16LittleEndian(source),
        ('i', 4) => BinaryPrimitives.ReadInt32LittleEndian(source),
        ('i', 8) => BinaryPrimitives.ReadInt64LittleEndian(source),
        ('u', 2) => BinaryPrimitives.ReadUInt16LittleEndian(source),
        ('u', 4) => BinaryPrimitives.ReadUInt32LittleEndian(source),
        ('u', 8) => BinaryPrimitives.ReadUInt64LittleEndian(source) is <= long.MaxValue and ulong value
            ? (long)value
            : throw FeatureFileErrors.Unsupported(path, "it holds whole numbers beyond 63 bits"),
        _ => source[0],
    };
}
