using System.Buffers.Binary;
using System.Text;

namespace QualityGate.Onnx.Weights.Pickle;

/// <summary>Reads a pickle's bytes within bounds: what ends early or claims to be longer than the file is an error, never an allocation.</summary>
/// <param name="stream">At the pickle's first byte.</param>
/// <param name="most">Bytes that may be read.</param>
internal sealed class PickleInput(Stream stream, long most)
{
    private const int LongestText = 1 << 20;

    private long _read;

    public byte Byte()
    {
        Take(1);
        int value = stream.ReadByte();
        return value < 0 ? throw Early() : (byte)value;
    }

    public int Int16() => BinaryPrimitives.ReadUInt16LittleEndian(Bytes(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Bytes(4));

    public double Double() => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8));

    /// <summary>A two's complement integer of <paramref name="length"/> bytes; longer ones than 64 bits are given as null, since no length or key is one.</summary>
    public long? Long(int length)
    {
        byte[] bytes = Bytes(length);
        if (length > 8) return null;
        long value = length > 0 && (bytes[^1] & 0x80) != 0 ? -1 : 0;
        for (int i = length - 1; i >= 0; i--) value = (value << 8) | bytes[i];
        return value;
    }

    public string Text(long length) => Encoding.UTF8.GetString(Bytes(length));

    public string Line()
    {
        var bytes = new List<byte>();
        for (byte next = Byte(); next != (byte)'\n'; next = Byte())
        {
            if (bytes.Count >= LongestText) throw new WeightFormatException("A line of its pickle is longer than 1 MiB.");
            bytes.Add(next);
        }

        return Encoding.UTF8.GetString([.. bytes]).TrimEnd('\r');
    }

    public byte[] Bytes(long length)
    {
        if (length is < 0 or > LongestText) throw new WeightFormatException($"Its pickle holds {length} bytes in one piece; no name is that long.");
        Take(length);
        byte[] bytes = new byte[length];
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException)
        {
            throw Early();
        }

        return bytes;
    }

    private void Take(long length)
    {
        _read += length;
        if (_read > most) throw new WeightFormatException($"Its pickle is longer than {most:N0} bytes, which no state dict needs.");
    }

    private static WeightFormatException Early() => new("Its pickle ends early: the file is cut short.");
}
