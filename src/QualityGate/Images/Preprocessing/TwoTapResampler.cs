using System.Buffers;
using System.Numerics;
using System.Runtime.InteropServices;

namespace QualityGate.Images;

/// <summary>Where the two neighbours of each target pixel lie on one axis, and how far the target is from the first.</summary>
/// <param name="Low">First neighbour.</param>
/// <param name="High">Second neighbour, the same as the first at the end.</param>
/// <param name="Distance">Weight of the second neighbour, 0..1, float32.</param>
internal sealed record AxisTaps(int[] Low, int[] High, float[] Distance);

/// <summary>One convention of bilinear interpolation without antialiasing.</summary>
internal abstract class TapRule
{
    /// <summary>The neighbours for a pair of lengths.</summary>
    public abstract AxisTaps Taps(int source, int target);

    /// <summary>The value between two samples.</summary>
    public abstract float Between(float low, float high, float distance);

    /// <summary>The values between two rows.</summary>
    public abstract Vector<float> Between(Vector<float> low, Vector<float> high, Vector<float> distance);
}

/// <summary>
/// Half-pixel centres, as torch.nn.functional.interpolate(mode="bilinear", align_corners=False): a float32 scale, places in
/// float64, weights and sums in float32. torch's builds differ among themselves in the last bit of the sums.
/// </summary>
internal sealed class HalfPixelTaps : TapRule
{
    /// <inheritdoc />
    public override AxisTaps Taps(int source, int target)
    {
        float scale = (float)source / target;
        var taps = new AxisTaps(new int[target], new int[target], new float[target]);
        for (int i = 0; i < target; i++)
        {
            double place = Math.Max(0, (scale * (i + 0.5)) - 0.5);
            int low = Math.Min((int)place, source - 1);
            taps.Low[i] = low;
            taps.High[i] = Math.Min(low + 1, source - 1);
            taps.Distance[i] = (float)Math.Min(place - low, 1);
        }

        return taps;
    }

    /// <inheritdoc />
    public override float Between(float low, float high, float distance) => (low * (1 - distance)) + (high * distance);

    /// <inheritdoc />
    public override Vector<float> Between(Vector<float> low, Vector<float> high, Vector<float> distance) =>
        (low * (Vector<float>.One - distance)) + (high * distance);
}

/// <summary>Top-left corners, <c>source = target * (source length / target length)</c>, as TensorFlow 1's resize_bilinear, in float32.</summary>
internal sealed class CornerTaps : TapRule
{
    /// <inheritdoc />
    public override AxisTaps Taps(int source, int target)
    {
        float scale = (float)((double)source / target);
        var taps = new AxisTaps(new int[target], new int[target], new float[target]);
        for (int i = 0; i < target; i++)
        {
            float place = i * scale;
            int low = Math.Min((int)place, source - 1);
            taps.Low[i] = low;
            taps.High[i] = Math.Min(low + 1, source - 1);
            taps.Distance[i] = place - (int)place;
        }

        return taps;
    }

    /// <inheritdoc />
    public override float Between(float low, float high, float distance) => low + ((high - low) * distance);

    /// <inheritdoc />
    public override Vector<float> Between(Vector<float> low, Vector<float> high, Vector<float> distance) =>
        low + ((high - low) * distance);
}

/// <summary>Bilinear interpolation of the two nearest samples a side: along the rows first, then between two rows.</summary>
/// <param name="rule">The convention.</param>
internal sealed class TwoTapResampler(TapRule rule) : Resampler
{
    private readonly WeightCache<AxisTaps> _taps = new(rule.Taps);

    /// <inheritdoc />
    public override void Resample(SamplePlane source, ResizeWindow window, Span<float> destination)
    {
        AxisTaps rows = _taps.Get(source.Height, window.ResizedHeight);
        AxisTaps columns = _taps.Get(source.Width, window.ResizedWidth);
        int width = window.Width;
        float[] rented = ArrayPool<float>.Shared.Rent(2 * width);
        Span<int> held = [-1, -1];
        for (int y = 0; y < window.Height; y++)
        {
            // Neighbouring rows differ in their last bit, so each has its place among the two that are kept.
            int low = rows.Low[window.Top + y];
            int high = rows.High[window.Top + y];
            Span<float> lowRow = rented.AsSpan((low & 1) * width, width);
            Span<float> highRow = rented.AsSpan((high & 1) * width, width);
            HoldRow(source, low, columns, window.Left, held, lowRow);
            HoldRow(source, high, columns, window.Left, held, highRow);
            Blend(lowRow, highRow, rows.Distance[window.Top + y], destination.Slice(y * width, width));
        }

        ArrayPool<float>.Shared.Return(rented);
    }

    private void HoldRow(SamplePlane source, int y, AxisTaps columns, int left, Span<int> held, Span<float> output)
    {
        if (held[y & 1] == y)
            return;
        held[y & 1] = y;
        ReadOnlySpan<byte> row = source.Row(y);
        ReadOnlySpan<int> low = columns.Low.AsSpan(left, output.Length);
        ReadOnlySpan<int> high = columns.High.AsSpan(left, output.Length);
        ReadOnlySpan<float> distance = columns.Distance.AsSpan(left, output.Length);
        int step = source.Step;
        for (int x = 0; x < output.Length; x++)
            output[x] = rule.Between(row[low[x] * step], row[high[x] * step], distance[x]);
    }

    private void Blend(ReadOnlySpan<float> low, ReadOnlySpan<float> high, float distance, Span<float> output)
    {
        ReadOnlySpan<Vector<float>> lows = MemoryMarshal.Cast<float, Vector<float>>(low);
        ReadOnlySpan<Vector<float>> highs = MemoryMarshal.Cast<float, Vector<float>>(high);
        Span<Vector<float>> outputs = MemoryMarshal.Cast<float, Vector<float>>(output);
        var weight = new Vector<float>(distance);
        for (int i = 0; i < outputs.Length; i++)
            outputs[i] = rule.Between(lows[i], highs[i], weight);
        for (int i = outputs.Length * Vector<float>.Count; i < output.Length; i++)
            output[i] = rule.Between(low[i], high[i], distance);
    }
}
