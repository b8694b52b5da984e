namespace QualityGate.Images;

/// <summary>Kernels of <see cref="FilterResampler"/>.</summary>
internal enum FilterKind
{
    /// <summary>Pillow's BILINEAR: <c>1 - |x|</c>, widened when the image shrinks.</summary>
    Triangle,

    /// <summary>Pillow's BICUBIC: Keys' cubic with a = -0.5, widened when the image shrinks.</summary>
    Bicubic,

    /// <summary>The share of the target pixel's area that each source pixel covers.</summary>
    Area,
}

/// <summary>For each target pixel of one axis, the source pixels it is made of and their weights (float64, summing to 1).</summary>
internal sealed class FilterWeights
{
    private FilterWeights(int target, int most)
    {
        Start = new int[target];
        Count = new int[target];
        Stride = most;
        Values = new double[target * most];
    }

    /// <summary>First source pixel of each target pixel.</summary>
    public int[] Start { get; }

    /// <summary>How many source pixels each has.</summary>
    public int[] Count { get; }

    /// <summary>Room of one target pixel in <see cref="Values"/>.</summary>
    public int Stride { get; }

    /// <summary>The weights, <see cref="Stride"/> a target pixel.</summary>
    public double[] Values { get; }

    /// <summary>Weights of one target pixel.</summary>
    public ReadOnlySpan<double> Of(int target) => Values.AsSpan(target * Stride, Count[target]);

    /// <summary>Computes the weights for a pair of lengths.</summary>
    public static FilterWeights Make(FilterKind kind, int source, int target) =>
        kind == FilterKind.Area ? MakeArea(source, target) : MakeKernel(kind, source, target);

    /// <summary>Pillow's precomputation, in its order of operations, so that the sums agree to the last bit.</summary>
    private static FilterWeights MakeKernel(FilterKind kind, int source, int target)
    {
        double scale = (double)source / target;
        double widening = Math.Max(scale, 1.0);
        double support = (kind == FilterKind.Bicubic ? 2.0 : 1.0) * widening;
        double inverse = 1.0 / widening;
        var weights = new FilterWeights(target, ((int)Math.Ceiling(support) * 2) + 1);
        for (int i = 0; i < target; i++)
        {
            double center = (i + 0.5) * scale;
            int first = Math.Max((int)(center - support + 0.5), 0);
            int count = Math.Min((int)(center + support + 0.5), source) - first;
            Span<double> values = weights.Values.AsSpan(i * weights.Stride, count);
            double sum = 0;
            for (int x = 0; x < count; x++)
            {
                values[x] = Kernel(kind, (x + first - center + 0.5) * inverse);
                sum += values[x];
            }

            for (int x = 0; x < count && sum != 0; x++)
                values[x] /= sum;
            weights.Start[i] = first;
            weights.Count[i] = count;
        }

        return weights;
    }

    private static double Kernel(FilterKind kind, double x)
    {
        const double A = -0.5;
        x = Math.Abs(x);
        if (kind == FilterKind.Triangle)
            return x < 1.0 ? 1.0 - x : 0.0;
        if (x < 1.0)
            return ((((A + 2.0) * x) - (A + 3.0)) * x * x) + 1;
        return x < 2.0 ? ((((x - 5) * x) + 8) * x - 4) * A : 0.0;
    }

    private static FilterWeights MakeArea(int source, int target)
    {
        var weights = new FilterWeights(target, (source / target) + 2);
        for (int i = 0; i < target; i++)
        {
            // In units of 1/target pixel all borders are whole numbers, so no rounding decides which pixels take part.
            long from = (long)i * source;
            long to = from + source;
            int first = (int)(from / target);
            int end = (int)((to + target - 1) / target);
            Span<double> values = weights.Values.AsSpan(i * weights.Stride, end - first);
            for (int x = first; x < end; x++)
                values[x - first] = (double)(Math.Min(to, (x + 1L) * target) - Math.Max(from, (long)x * target)) / source;
            weights.Start[i] = first;
            weights.Count[i] = end - first;
        }

        return weights;
    }
}
