using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Metrics;

/// <summary><c>exp(-|a - b|^2 / (2 sigma^2)) - 1</c>: less 1, since differences of means do not see it and small ones keep more digits.</summary>
internal readonly struct GaussianKernel(double sigma) : IPairKernel
{
    private readonly double _scale = -1 / (2 * sigma * sigma);

    public static bool NeedsNorms => true;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<double> products, ReadOnlySpan<double> norms, double own)
    {
        ref double p = ref MemoryMarshal.GetReference(products);
        ref double n = ref MemoryMarshal.GetReference(norms);
        Vector256<double> two = Vector256.Create(2.0), self = Vector256.Create(own), scale = Vector256.Create(_scale);
        int j = 0;
        for (; j <= products.Length - 4; j += 4)
        {
            Vector256<double> distance = self + Vector256.LoadUnsafe(ref n, (nuint)j) - (two * Vector256.LoadUnsafe(ref p, (nuint)j));
            (Vector256.Exp(Vector256.Max(distance, Vector256<double>.Zero) * scale) - Vector256<double>.One).StoreUnsafe(ref p, (nuint)j);
        }

        for (; j < products.Length; j++)
        {
            products[j] = Math.Exp(Math.Max(own + norms[j] - (2 * products[j]), 0) * _scale) - 1;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Sum(ReadOnlySpan<double> products, ReadOnlySpan<double> norms, double own)
    {
        ref double p = ref MemoryMarshal.GetReference(products);
        ref double n = ref MemoryMarshal.GetReference(norms);
        Vector256<double> sum = default, two = Vector256.Create(2.0), self = Vector256.Create(own), scale = Vector256.Create(_scale);
        int j = 0;
        for (; j <= products.Length - 4; j += 4)
        {
            Vector256<double> distance = self + Vector256.LoadUnsafe(ref n, (nuint)j) - (two * Vector256.LoadUnsafe(ref p, (nuint)j));
            sum += Vector256.Exp(Vector256.Max(distance, Vector256<double>.Zero) * scale) - Vector256<double>.One;
        }

        double total = Vector256.Sum(sum);
        for (; j < products.Length; j++)
        {
            total += Math.Exp(Math.Max(own + norms[j] - (2 * products[j]), 0) * _scale) - 1;
        }

        return total;
    }
}
