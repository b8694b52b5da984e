namespace QualityGate.Onnx.Networks;

/// <summary>Brings a square grid of position embeddings to another size as torch's bicubic interpolation does (a = -0.75, half-pixel centres, edges repeated).</summary>
internal static class CubicPositions
{
    private const double A = -0.75;

    /// <summary>Resizes <c>[from, from, width]</c> to <c>[to, to, width]</c>.</summary>
    /// <param name="grid">The embeddings.</param>
    /// <param name="from">Side of the given grid.</param>
    /// <param name="to">Side of the wanted grid.</param>
    /// <param name="scale">Wanted positions per given one. DINOv2 passes (to + 0.1) / from, which moves every sample a little.</param>
    /// <param name="width">Width of an embedding.</param>
    public static float[] Resize(ReadOnlySpan<float> grid, int from, int to, double scale, int width)
    {
        float[] resized = new float[to * to * width];
        Span<double> vertical = stackalloc double[4];
        Span<double> horizontal = stackalloc double[4];
        double[] sum = new double[width];
        for (int row = 0; row < to; row++)
        {
            int top = Taps(row, scale, vertical);
            for (int column = 0; column < to; column++)
            {
                int left = Taps(column, scale, horizontal);
                Array.Clear(sum);
                for (int tap = 0; tap < 16; tap++)
                {
                    int y = Math.Clamp(top + (tap / 4), 0, from - 1);
                    int x = Math.Clamp(left + (tap % 4), 0, from - 1);
                    double weight = vertical[tap / 4] * horizontal[tap % 4];
                    ReadOnlySpan<float> source = grid.Slice(((y * from) + x) * width, width);
                    for (int i = 0; i < width; i++) sum[i] += weight * source[i];
                }

                Span<float> target = resized.AsSpan(((row * to) + column) * width, width);
                for (int i = 0; i < width; i++) target[i] = (float)sum[i];
            }
        }

        return resized;
    }

    /// <summary>Weights of the four samples around a place, and the index of the first.</summary>
    private static int Taps(int target, double scale, Span<double> weights)
    {
        double place = ((target + 0.5) / scale) - 0.5;
        int floor = (int)Math.Floor(place);
        double t = place - floor;
        weights[0] = Far(t + 1);
        weights[1] = Near(t);
        weights[2] = Near(1 - t);
        weights[3] = Far(2 - t);
        return floor - 1;
    }

    private static double Near(double x) => ((((A + 2) * x) - (A + 3)) * x * x) + 1;

    private static double Far(double x) => (((((A * x) - (5 * A)) * x) + (8 * A)) * x) - (4 * A);
}
