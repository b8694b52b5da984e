using System.Runtime.InteropServices;

namespace QualityGate.Features.Files;

/// <summary>Other floating point types to float32, rounded to nearest.</summary>
internal static class FloatConversion
{
    private const int Block = 1 << 16;

    /// <summary>Converts <c>destination.Length</c> values that begin at a byte of a mapped file.</summary>
    public static void ToSingles(string type, FileMapping source, long offset, Span<float> destination)
    {
        int size = SafetensorsType.TryGetSize(type, out int known) ? known : throw new ArgumentException(type, nameof(type));
        for (int start = 0; start < destination.Length; start += Block)
        {
            int count = Math.Min(Block, destination.Length - start);
            ReadOnlySpan<byte> bytes = source.Slice<byte>(offset + ((long)start * size), count * size);
            Span<float> target = destination.Slice(start, count);
            switch (type)
            {
                case SafetensorsType.Float16:
                    FromHalf(bytes, target);
                    break;
                case SafetensorsType.BFloat16:
                    FromBFloat16(bytes, target);
                    break;
                case SafetensorsType.Float64:
                    FromDouble(bytes, target);
                    break;
                default:
                    MemoryMarshal.Cast<byte, float>(bytes).CopyTo(target);
                    break;
            }
        }
    }

    /// <summary>From IEEE half precision.</summary>
    public static void FromHalf(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ReadOnlySpan<Half> values = MemoryMarshal.Cast<byte, Half>(source);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)values[i];
        }
    }

    /// <summary>From double precision.</summary>
    public static void FromDouble(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ReadOnlySpan<double> values = MemoryMarshal.Cast<byte, double>(source);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = (float)values[i];
        }
    }

    /// <summary>From bfloat16, which is the upper half of a float32.</summary>
    public static void FromBFloat16(ReadOnlySpan<byte> source, Span<float> destination)
    {
        ReadOnlySpan<ushort> values = MemoryMarshal.Cast<byte, ushort>(source);
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = BitConverter.UInt32BitsToSingle((uint)values[i] << 16);
        }
    }
}
