using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Metrics;

/// <summary>KID's kernel, <c>(a.b / D + 1)^3</c>.</summary>
internal readonly struct PolynomialKernel(int width) : IPairKernel
{
    private readonly double _perFeature = 1.0 / width;

    public static bool NeedsNorms => false;

    public double Of(double product)
    {
        double x = (product * _perFeature) + 1;
        return x * x * x;
    }

    public void Fill(Span<double> products, ReadOnlySpan<double> norms, double own)
    {
        for (int j = 0; j < products.Length; j++)
        {
            products[j] = Of(products[j]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Sum(ReadOnlySpan<double> products, ReadOnlySpan<double> norms, double own)
    {
        ref double p = ref MemoryMarshal.GetReference(products);
        Vector256<double> sum = default, perFeature = Vector256.Create(_perFeature);
        int j = 0;
        for (; j <= products.Length - 4; j += 4)
        {
            Vector256<double> x = (Vector256.LoadUnsafe(ref p, (nuint)j) * perFeature) + Vector256<double>.One;
            sum += x * x * x;
        }

        double total = Vector256.Sum(sum);
        for (; j < products.Length; j++)
        {
            total += Of(products[j]);
        }

        return total;
    }
}
