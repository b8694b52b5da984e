namespace QualityGate.Images;

/// <summary>
/// Nearest neighbour, <c>min(floor(target * (source / target length)), source length - 1)</c> in float32 as
/// torch.nn.functional.interpolate(mode="nearest"); equal lengths copy the pixels. Values stay whole, so the normalisation is
/// a table.
/// </summary>
internal sealed class PointResampler : Resampler
{
    private static readonly float[] Identity = [.. Enumerable.Range(0, 256).Select(i => (float)i)];

    private readonly WeightCache<int[]> _places = new(Places);

    /// <inheritdoc />
    public override void Resample(SamplePlane source, ResizeWindow window, Span<float> destination) =>
        Sample(source, window, Identity, destination);

    /// <summary>Writes <c>table[pixel]</c> for each pixel kept.</summary>
    public void Sample(SamplePlane source, ResizeWindow window, ReadOnlySpan<float> table, Span<float> destination)
    {
        int[] rows = _places.Get(source.Height, window.ResizedHeight);
        ReadOnlySpan<int> columns = _places.Get(source.Width, window.ResizedWidth).AsSpan(window.Left, window.Width);
        for (int y = 0; y < window.Height; y++)
        {
            ReadOnlySpan<byte> row = source.Row(rows[window.Top + y]);
            Span<float> output = destination.Slice(y * window.Width, window.Width);
            for (int x = 0; x < output.Length; x++)
                output[x] = table[row[columns[x] * source.Step]];
        }
    }

    private static int[] Places(int source, int target)
    {
        float scale = (float)source / target;
        var places = new int[target];
        for (int i = 0; i < target; i++)
            places[i] = Math.Min((int)MathF.Floor(i * scale), source - 1);
        return places;
    }
}
