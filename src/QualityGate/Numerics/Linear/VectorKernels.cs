using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Linear;

/// <summary>
/// Sums in float64 with a fixed shape: 256-bit lanes and a fixed order of addition whatever the processor, so that every
/// machine gives the same bits.
/// </summary>
internal static class VectorKernels
{
    /// <summary>Sum of products.</summary>
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        ref double x = ref MemoryMarshal.GetReference(a);
        ref double y = ref MemoryMarshal.GetReference(b);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int length = Math.Min(a.Length, b.Length), i = 0;
        for (; i <= length - 16; i += 16)
        {
            s0 += Load(ref x, i) * Load(ref y, i);
            s1 += Load(ref x, i + 4) * Load(ref y, i + 4);
            s2 += Load(ref x, i + 8) * Load(ref y, i + 8);
            s3 += Load(ref x, i + 12) * Load(ref y, i + 12);
        }

        double sum = Vector256.Sum((s0 + s1) + (s2 + s3));
        for (; i < length; i++)
        {
            sum += a[i] * b[i];
        }

        return sum;
    }

    /// <summary><c>destination += factor * source</c>.</summary>
    public static void AddScaled(Span<double> destination, double factor, ReadOnlySpan<double> source)
    {
        ref double d = ref MemoryMarshal.GetReference(destination);
        ref double s = ref MemoryMarshal.GetReference(source);
        Vector256<double> f = Vector256.Create(factor);
        int length = Math.Min(destination.Length, source.Length), i = 0;
        for (; i <= length - 4; i += 4)
        {
            (Load(ref d, i) + (f * Load(ref s, i))).StoreUnsafe(ref d, (nuint)i);
        }

        for (; i < length; i++)
        {
            destination[i] += factor * source[i];
        }
    }

    /// <summary><c>values *= factor</c>.</summary>
    public static void Scale(Span<double> values, double factor)
    {
        ref double v = ref MemoryMarshal.GetReference(values);
        Vector256<double> f = Vector256.Create(factor);
        int i = 0;
        for (; i <= values.Length - 4; i += 4)
        {
            (Load(ref v, i) * f).StoreUnsafe(ref v, (nuint)i);
        }

        for (; i < values.Length; i++)
        {
            values[i] *= factor;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<double> Load(ref double origin, int index) => Vector256.LoadUnsafe(ref origin, (nuint)index);
}
