using System.Buffers;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Images;

/// <summary>
/// Resizes 8-bit pixels in whole numbers, as Pillow does with images that are not of mode "F" and as torchvision therefore does with files: weights
/// of 22 fractional bits, rows first, rounded to 0..255 after each pass. Equal to Pillow to the last bit, so no value is ever between
/// two levels. Eight rows, then eight columns, are summed side by side.
/// </summary>
/// <param name="kind">The kernel.</param>
internal sealed class FixedPointResampler(FilterKind kind) : Resampler
{
    private const int Lanes = 8;
    private const int FractionBits = 22;
    private const int Half = 1 << (FractionBits - 1);

    private readonly WeightCache<FixedWeights> _weights = new((source, target) => new FixedWeights(FilterWeights.Make(kind, source, target)));

    /// <inheritdoc />
    public override void Resample(SamplePlane source, ResizeWindow window, Span<float> destination)
    {
        FixedWeights columns = _weights.Get(source.Width, window.ResizedWidth);
        FixedWeights rows = _weights.Get(source.Height, window.ResizedHeight);
        (int firstRow, int endRow) = rows.Needed(window.Top, window.Height);
        (int first, int end) = columns.Needed(window.Left, window.Width);
        int[] between = ArrayPool<int>.Shared.Rent((endRow - firstRow) * window.Width);
        int[] scratch = ArrayPool<int>.Shared.Rent(source.Width * Lanes);
        for (int row = firstRow; row < endRow; row += Lanes)
        {
            int lanes = Math.Min(Lanes, endRow - row);
            Spread(source, row, lanes, first, end, scratch);
            SumAlongRows(scratch, columns, window, lanes, between.AsSpan((row - firstRow) * window.Width, lanes * window.Width));
        }

        for (int y = 0; y < window.Height; y++)
        {
            int target = window.Top + y;
            ReadOnlySpan<int> from = between.AsSpan((rows.Start(target) - firstRow) * window.Width);
            SumAlongColumns(from, rows.Of(target), destination.Slice(y * window.Width, window.Width));
        }

        ArrayPool<int>.Shared.Return(scratch);
        ArrayPool<int>.Shared.Return(between);
    }

    /// <summary>Writes up to eight rows so that the eight pixels of one column lie side by side.</summary>
    private static void Spread(SamplePlane source, int row, int lanes, int first, int end, Span<int> scratch)
    {
        int step = source.Step;
        for (int lane = 0; lane < lanes; lane++)
        {
            ReadOnlySpan<byte> pixels = source.Row(row + lane);
            for (int x = first, from = first * step, to = (first * Lanes) + lane; x < end; x++, from += step, to += Lanes)
                scratch[to] = pixels[from];
        }
    }

    private static void SumAlongRows(ReadOnlySpan<int> scratch, FixedWeights columns, ResizeWindow window, int lanes, Span<int> output)
    {
        ref int start = ref MemoryMarshal.GetReference(scratch);
        for (int x = 0; x < window.Width; x++)
        {
            int target = window.Left + x;
            nuint at = (nuint)(columns.Start(target) * Lanes);
            Vector256<int> sum = Vector256.Create(Half);
            foreach (int weight in columns.Of(target))
            {
                sum += Vector256.LoadUnsafe(ref start, at) * Vector256.Create(weight);
                at += Lanes;
            }

            sum = Clip(sum);
            for (int lane = 0; lane < lanes; lane++)
                output[(lane * window.Width) + x] = sum[lane];
        }
    }

    private static void SumAlongColumns(ReadOnlySpan<int> rows, ReadOnlySpan<int> weights, Span<float> output)
    {
        int width = output.Length;
        int x = 0;
        for (; x <= width - Lanes; x += Lanes)
        {
            Vector256<int> sum = Vector256.Create(Half);
            for (int k = 0; k < weights.Length; k++)
                sum += Vector256.Create(rows.Slice((k * width) + x, Lanes)) * Vector256.Create(weights[k]);
            Vector256.ConvertToSingle(Clip(sum)).CopyTo(output[x..]);
        }

        for (; x < width; x++)
        {
            int sum = Half;
            for (int k = 0; k < weights.Length; k++)
                sum += rows[(k * width) + x] * weights[k];
            output[x] = Math.Clamp(sum >> FractionBits, 0, 255);
        }
    }

    private static Vector256<int> Clip(Vector256<int> sum) =>
        Vector256.Min(Vector256.Max(Vector256.ShiftRightArithmetic(sum, FractionBits), Vector256<int>.Zero), Vector256.Create(255));

    /// <summary>Weights rounded to whole numbers, halves away from zero.</summary>
    private sealed class FixedWeights
    {
        private readonly FilterWeights _weights;
        private readonly int[] _values;

        public FixedWeights(FilterWeights weights)
        {
            _weights = weights;
            _values = Array.ConvertAll(weights.Values, value => (int)((value < 0 ? -0.5 : 0.5) + (value * (1 << FractionBits))));
        }

        public int Start(int target) => _weights.Start[target];

        public ReadOnlySpan<int> Of(int target) => _values.AsSpan(target * _weights.Stride, _weights.Count[target]);

        public (int First, int End) Needed(int from, int count)
        {
            int last = from + count - 1;
            return (_weights.Start[from], _weights.Start[last] + _weights.Count[last]);
        }
    }
}
