using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Images;

/// <summary>
/// Resizes with a weighted sum of all source pixels under a kernel, rows first and columns second: float64 sums rounded to
/// float32 after each pass, taps from left to right and from top to bottom, then clipped to 0..255. Equal bit for bit to
/// Pillow's resize of a mode "F" image. Eight rows, then eight columns, are summed side by side, each in its own lane, so the
/// order of every sum is the plain one.
/// </summary>
/// <param name="kind">The kernel.</param>
internal sealed class FilterResampler(FilterKind kind) : Resampler
{
    private const int Lanes = 8;

    private readonly WeightCache<FilterWeights> _weights = new((source, target) => FilterWeights.Make(kind, source, target));

    /// <inheritdoc />
    public override void Resample(SamplePlane source, ResizeWindow window, Span<float> destination)
    {
        FilterWeights columns = _weights.Get(source.Width, window.ResizedWidth);
        FilterWeights rows = _weights.Get(source.Height, window.ResizedHeight);
        (int firstRow, int endRow) = Needed(rows, window.Top, window.Height);
        int rowCount = endRow - firstRow;
        float[] between = ArrayPool<float>.Shared.Rent(rowCount * window.Width);
        double[] scratch = ArrayPool<double>.Shared.Rent(source.Width * Lanes);
        for (int row = 0; row < rowCount; row += Lanes)
        {
            int lanes = Math.Min(Lanes, rowCount - row);
            (int first, int end) = Needed(columns, window.Left, window.Width);
            Spread(source, firstRow + row, lanes, first, end, scratch);
            SumAlongRows(scratch, columns, window, lanes, between.AsSpan(row * window.Width, lanes * window.Width));
        }

        for (int y = 0; y < window.Height; y++)
        {
            int target = window.Top + y;
            ReadOnlySpan<float> from = between.AsSpan((rows.Start[target] - firstRow) * window.Width);
            SumAlongColumns(from, rows.Of(target), destination.Slice(y * window.Width, window.Width));
        }

        ArrayPool<double>.Shared.Return(scratch);
        ArrayPool<float>.Shared.Return(between);
    }

    private static (int First, int End) Needed(FilterWeights weights, int from, int count)
    {
        int last = from + count - 1;
        return (weights.Start[from], weights.Start[last] + weights.Count[last]);
    }

    /// <summary>Writes up to eight rows so that the eight pixels of one column lie side by side.</summary>
    private static void Spread(SamplePlane source, int row, int lanes, int first, int end, Span<double> scratch)
    {
        for (int lane = 0; lane < lanes; lane++)
        {
            ReadOnlySpan<byte> pixels = source.Row(row + lane);
            int step = source.Step;
            for (int x = first, from = first * step, to = (first * Lanes) + lane; x < end; x++, from += step, to += Lanes)
                scratch[to] = pixels[from];
        }
    }

    private static void SumAlongRows(
        ReadOnlySpan<double> scratch, FilterWeights columns, ResizeWindow window, int lanes, Span<float> output)
    {
        ref double start = ref MemoryMarshal.GetReference(scratch);
        for (int x = 0; x < window.Width; x++)
        {
            int target = window.Left + x;
            nuint at = (nuint)(columns.Start[target] * Lanes);
            Vector256<double> low = Vector256<double>.Zero;
            Vector256<double> high = Vector256<double>.Zero;
            foreach (double weight in columns.Of(target))
            {
                Vector256<double> factor = Vector256.Create(weight);
                low += Vector256.LoadUnsafe(ref start, at) * factor;
                high += Vector256.LoadUnsafe(ref start, at + 4) * factor;
                at += Lanes;
            }

            Vector256<float> sums = Vector256.Narrow(low, high);
            for (int lane = 0; lane < lanes; lane++)
                output[(lane * window.Width) + x] = sums[lane];
        }
    }

    private static void SumAlongColumns(ReadOnlySpan<float> rows, ReadOnlySpan<double> weights, Span<float> output)
    {
        int width = output.Length;
        int x = 0;
        for (; x <= width - Lanes; x += Lanes)
        {
            Vector256<double> low = Vector256<double>.Zero;
            Vector256<double> high = Vector256<double>.Zero;
            for (int k = 0; k < weights.Length; k++)
            {
                Vector256<double> factor = Vector256.Create(weights[k]);
                (Vector256<double> a, Vector256<double> b) = Vector256.Widen(Vector256.Create(rows.Slice((k * width) + x, Lanes)));
                low += a * factor;
                high += b * factor;
            }

            Vector256<float> sums = Vector256.Narrow(low, high);
            Vector256.Min(Vector256.Max(sums, Vector256<float>.Zero), Vector256.Create(255f)).CopyTo(output[x..]);
        }

        for (; x < width; x++)
        {
            double sum = 0;
            for (int k = 0; k < weights.Length; k++)
                sum += rows[(k * width) + x] * weights[k];
            output[x] = Math.Clamp((float)sum, 0f, 255f);
        }
    }
}
