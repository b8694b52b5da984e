using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Linear;

/// <summary>
/// <c>y = A x</c> for the leading block of a symmetric matrix of which only the lower triangle is read, each element once for both of its
/// places. Parts of fixed bounds go to threads and are added in a fixed order.
/// </summary>
internal sealed class SymmetricProduct
{
    private const int Parts = 8;
    private const int SmallestForThreads = 384;

    private readonly double[] _matrix;
    private readonly int _n;
    private readonly double[][] _sums;
    private readonly Action<int> _runPart;
    private double[] _x = [];
    private int _size;

    public SymmetricProduct(double[] matrix, int n)
    {
        _matrix = matrix;
        _n = n;
        _sums = [.. Enumerable.Range(0, n >= SmallestForThreads ? Parts : 1).Select(_ => new double[n])];
        _runPart = part => RunPart(part);
    }

    /// <summary>Computes the first <paramref name="size"/> elements.</summary>
    public void Run(double[] x, double[] y, int size)
    {
        _x = x;
        _size = size;
        if (size < SmallestForThreads)
        {
            Multiply(0, size, _sums[0]);
            _sums[0].AsSpan(0, size).CopyTo(y);
            return;
        }

        Parallel.For(0, Parts, _runPart);
        Array.Clear(y, 0, size);
        for (int part = 0; part < Parts; part++)
        {
            VectorKernels.AddScaled(y.AsSpan(0, End(part)), 1, _sums[part]);
        }
    }

    private void RunPart(int part) => Multiply(part == 0 ? 0 : End(part - 1), End(part), _sums[part]);

    // Rows up to here hold the first (part + 1) / Parts of the triangle's area.
    private int End(int part) => part == Parts - 1 ? _size : (int)(_size * Math.Sqrt((part + 1.0) / Parts)) / 4 * 4;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply(int first, int end, double[] sum)
    {
        Array.Clear(sum, 0, end);
        int i = first;
        for (; i <= end - 4; i += 4)
        {
            FourRows(i, sum);
        }

        for (; i < end; i++)
        {
            ReadOnlySpan<double> row = _matrix.AsSpan(i * _n, i + 1);
            sum[i] += (row[i] * _x[i]) + VectorKernels.Dot(row[..i], _x.AsSpan(0, i));
            VectorKernels.AddScaled(sum.AsSpan(0, i), _x[i], row[..i]);
        }
    }

    // Four rows share the loads and stores of x and of the sums.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FourRows(int i, double[] sums)
    {
        ref double a = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_matrix), (nint)i * _n);
        ref double b = ref Unsafe.Add(ref a, _n);
        ref double c = ref Unsafe.Add(ref b, _n);
        ref double d = ref Unsafe.Add(ref c, _n);
        ref double x = ref MemoryMarshal.GetArrayDataReference(_x);
        ref double y = ref MemoryMarshal.GetArrayDataReference(sums);
        double xa = _x[i], xb = _x[i + 1], xc = _x[i + 2], xd = _x[i + 3];
        Vector256<double> va = Vector256.Create(xa), vb = Vector256.Create(xb), vc = Vector256.Create(xc), vd = Vector256.Create(xd);
        Vector256<double> sa = default, sb = default, sc = default, sd = default;
        int j = 0;
        for (; j <= i - 4; j += 4)
        {
            Vector256<double> xs = Vector256.LoadUnsafe(ref x, (nuint)j), ys = Vector256.LoadUnsafe(ref y, (nuint)j);
            Vector256<double> ra = Vector256.LoadUnsafe(ref a, (nuint)j), rb = Vector256.LoadUnsafe(ref b, (nuint)j);
            Vector256<double> rc = Vector256.LoadUnsafe(ref c, (nuint)j), rd = Vector256.LoadUnsafe(ref d, (nuint)j);
            sa = Vector256.FusedMultiplyAdd(ra, xs, sa);
            sb = Vector256.FusedMultiplyAdd(rb, xs, sb);
            sc = Vector256.FusedMultiplyAdd(rc, xs, sc);
            sd = Vector256.FusedMultiplyAdd(rd, xs, sd);
            ys = Vector256.FusedMultiplyAdd(ra, va, ys);
            ys = Vector256.FusedMultiplyAdd(rb, vb, ys);
            ys = Vector256.FusedMultiplyAdd(rc, vc, ys);
            ys = Vector256.FusedMultiplyAdd(rd, vd, ys);
            ys.StoreUnsafe(ref y, (nuint)j);
        }

        double ta = Vector256.Sum(sa), tb = Vector256.Sum(sb), tc = Vector256.Sum(sc), td = Vector256.Sum(sd);
        for (; j < i; j++)
        {
            double xs = _x[j];
            ta += Unsafe.Add(ref a, j) * xs;
            tb += Unsafe.Add(ref b, j) * xs;
            tc += Unsafe.Add(ref c, j) * xs;
            td += Unsafe.Add(ref d, j) * xs;
            sums[j] += (Unsafe.Add(ref a, j) * xa) + (Unsafe.Add(ref b, j) * xb) + (Unsafe.Add(ref c, j) * xc) + (Unsafe.Add(ref d, j) * xd);
        }

        // The corner: rows i..i+3, columns i..i+3.
        double ba = Unsafe.Add(ref b, i), ca = Unsafe.Add(ref c, i), da = Unsafe.Add(ref d, i);
        double cb = Unsafe.Add(ref c, i + 1), db = Unsafe.Add(ref d, i + 1), dc = Unsafe.Add(ref d, i + 2);
        sums[i] += ta + (Unsafe.Add(ref a, i) * xa) + (ba * xb) + (ca * xc) + (da * xd);
        sums[i + 1] += tb + (ba * xa) + (Unsafe.Add(ref b, i + 1) * xb) + (cb * xc) + (db * xd);
        sums[i + 2] += tc + (ca * xa) + (cb * xb) + (Unsafe.Add(ref c, i + 2) * xc) + (dc * xd);
        sums[i + 3] += td + (da * xa) + (db * xb) + (dc * xc) + (Unsafe.Add(ref d, i + 3) * xd);
    }
}
