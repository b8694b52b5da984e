using System.Buffers.Binary;
using System.Text;

namespace QualityGate.Features.Files;

/// <summary>Element type of a numpy array.</summary>
/// <param name="Kind">b bool, i and u integers, f floats, U and S text.</param>
/// <param name="Size">Bytes of one element.</param>
/// <param name="IsBigEndian">Whether numbers have their highest byte first.</param>
internal readonly record struct NpyType(char Kind, int Size, bool IsBigEndian)
{
    /// <summary>As numpy writes it, such as <c>&lt;f4</c>.</summary>
    public override string ToString() => $"{(Size == 1 || Kind == 'S' ? '|' : IsBigEndian ? '>' : '<')}{Kind}{(Kind == 'U' ? Size / 4 : Size)}";
}

/// <summary>The head of a .npy file (format versions 1, 2 and 3).</summary>
/// <param name="Type">Element type.</param>
/// <param name="IsFortranOrder">Whether the first index varies fastest in the file.</param>
/// <param name="Shape">Dimensions; empty for a scalar.</param>
/// <param name="DataOffset">Bytes before the first element.</param>
internal sealed record NpyHeader(NpyType Type, bool IsFortranOrder, IReadOnlyList<long> Shape, long DataOffset)
{
    private const int MaximumLength = 1 << 16;

    /// <summary>Product of the dimensions.</summary>
    public long Elements => SafetensorsTensor.Elements(Shape);

    /// <summary>Bytes of all elements.</summary>
    public long DataLength => checked(Elements * Type.Size);

    /// <summary>Reads the head and leaves the stream at the first element.</summary>
    /// <param name="stream">At the start of the array.</param>
    /// <param name="path">Name for messages.</param>
    /// <param name="length">Bytes of the whole array with its head.</param>
    /// <exception cref="Errors.UserErrorException">It is not a .npy file, is damaged, or holds Python objects.</exception>
    public static NpyHeader Read(Stream stream, string path, long length)
    {
        Span<byte> start = stackalloc byte[8];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || !IsMagic(start))
        {
            throw FeatureFileErrors.Damaged(path, "it is not a numpy array");
        }

        int lengthBytes = start[6] switch
        {
            1 => 2,
            2 or 3 => 4,
            _ => throw FeatureFileErrors.Unsupported(path, $"it has version {start[6]}.{start[7]} of the numpy format"),
        };
        byte[] lengthField = new byte[4];
        stream.ReadExactly(lengthField, 0, lengthBytes);
        uint headerLength = BinaryPrimitives.ReadUInt32LittleEndian(lengthField);
        if (headerLength > MaximumLength)
        {
            throw FeatureFileErrors.Damaged(path, $"its header claims {headerLength} bytes");
        }

        byte[] text = new byte[headerLength];
        stream.ReadExactly(text);
        Encoding encoding = start[6] == 3 ? Encoding.UTF8 : Encoding.Latin1;
        NpyHeader header = new NpyHeaderParser(encoding.GetString(text), path).Parse() with
        {
            DataOffset = 8 + lengthBytes + headerLength,
        };
        header.CheckLength(path, length);
        return header;
    }

    private static bool IsMagic(ReadOnlySpan<byte> start) => start[0] == 0x93 && start[1..6].SequenceEqual("NUMPY"u8);

    private void CheckLength(string path, long length)
    {
        long expected;
        try
        {
            expected = checked(DataOffset + DataLength);
        }
        catch (OverflowException exception)
        {
            throw FeatureFileErrors.Damaged(path, $"its shape {MatrixShape.Text(Shape)} is too large", exception);
        }

        if (expected != length)
        {
            throw FeatureFileErrors.Damaged(
                path, $"its header says {MatrixShape.Text(Shape)} of {Type}, which is {expected} bytes, but it has {length}");
        }
    }
}
