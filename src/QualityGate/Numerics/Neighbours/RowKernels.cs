using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Neighbours;

/// <summary>Loops over the values of a row, in lanes of a fixed width and a fixed order of addition, so that every machine gives the same bits.</summary>
internal static class RowKernels
{
    /// <summary>
    /// Squared Euclidean distance of two float32 rows in float64. Differences of float32 values are exact in float64 unless
    /// their exponents lie more than 29 apart, squares of those are exact, and only the sum rounds; symmetric to the bit.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredDistance(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        ref float x = ref MemoryMarshal.GetReference(a);
        ref float y = ref MemoryMarshal.GetReference(b);
        Vector256<double> s0 = default, s1 = default, s2 = default, s3 = default;
        int length = Math.Min(a.Length, b.Length), i = 0;
        for (; i <= length - 16; i += 16)
        {
            (Vector256<double> xl, Vector256<double> xh) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)i));
            (Vector256<double> yl, Vector256<double> yh) = Vector256.Widen(Vector256.LoadUnsafe(ref y, (nuint)i));
            (Vector256<double> zl, Vector256<double> zh) = Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)i + 8));
            (Vector256<double> wl, Vector256<double> wh) = Vector256.Widen(Vector256.LoadUnsafe(ref y, (nuint)i + 8));
            Vector256<double> d0 = xl - yl, d1 = xh - yh, d2 = zl - wl, d3 = zh - wh;
            s0 += d0 * d0;
            s1 += d1 * d1;
            s2 += d2 * d2;
            s3 += d3 * d3;
        }

        double sum = Vector256.Sum((s0 + s1) + (s2 + s3));
        for (; i < length; i++)
        {
            double difference = (double)a[i] - b[i];
            sum += difference * difference;
        }

        return sum;
    }

    /// <summary>Writes <c>(row - centre) * scale</c> in float32 and returns nothing else.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Centre(ReadOnlySpan<float> row, ReadOnlySpan<float> centre, float scale, Span<float> destination)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref float c = ref MemoryMarshal.GetReference(centre);
        ref float t = ref MemoryMarshal.GetReference(destination);
        Vector256<float> factor = Vector256.Create(scale);
        int length = row.Length, i = 0;
        for (; i <= length - 8; i += 8)
        {
            ((Vector256.LoadUnsafe(ref x, (nuint)i) - Vector256.LoadUnsafe(ref c, (nuint)i)) * factor).StoreUnsafe(ref t, (nuint)i);
        }

        for (; i < length; i++)
        {
            destination[i] = (row[i] - centre[i]) * scale;
        }
    }

    /// <summary>Squared norm of <c>row - centre</c>, the difference rounded to float32, the sum in float64.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SquaredNorm(ReadOnlySpan<float> row, ReadOnlySpan<float> centre)
    {
        ref float x = ref MemoryMarshal.GetReference(row);
        ref float c = ref MemoryMarshal.GetReference(centre);
        Vector256<double> s0 = default, s1 = default;
        int length = row.Length, i = 0;
        for (; i <= length - 8; i += 8)
        {
            (Vector256<double> low, Vector256<double> high) =
                Vector256.Widen(Vector256.LoadUnsafe(ref x, (nuint)i) - Vector256.LoadUnsafe(ref c, (nuint)i));
            s0 += low * low;
            s1 += high * high;
        }

        double sum = Vector256.Sum(s0 + s1);
        for (; i < length; i++)
        {
            double difference = row[i] - centre[i];
            sum += difference * difference;
        }

        return sum;
    }
}
