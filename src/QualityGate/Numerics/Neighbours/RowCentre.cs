namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// What rows are centred and scaled by. Distances do not depend on it; float32 rounding does, so it lies near the rows: the mean of some
/// of them is near enough.
/// </summary>
internal sealed class RowCentre
{
    private const int SampledRows = 256;

    // Beyond these exponents a float32 difference or factor could overflow; float64 does not.
    private const int LargestExponent = 200;

    private readonly float[] _centre;
    private readonly bool _isExtreme;

    private RowCentre(float[] centre, double scale, bool isExtreme)
    {
        _centre = centre;
        Scale = scale;
        _isExtreme = isExtreme;
    }

    /// <summary>A power of two.</summary>
    public double Scale { get; }

    /// <summary>Prepares a set <c>[N, D]</c> for distances inside it.</summary>
    public static CentredRows Alone(FeatureMatrix rows, int workers)
    {
        (RowCentre centre, double[][] norms) = Of(workers, rows);
        return new CentredRows(rows, centre, DistinctRows.Of(rows, norms[0]), norms[0]);
    }

    /// <summary>Prepares two sets for distances between them: one centre, near the first, and one scale.</summary>
    public static (CentredRows First, CentredRows Second) Together(CentredRows first, CentredRows second, int workers)
    {
        (RowCentre centre, double[][] norms) = Of(workers, first.Source, second.Source);
        return (new CentredRows(first.Source, centre, first.Distinct, norms[0]), new CentredRows(second.Source, centre, second.Distinct, norms[1]));
    }

    private static (RowCentre Centre, double[][] SquaredNorms) Of(int workers, params FeatureMatrix[] sets)
    {
        float[] centre = Sample(sets[0]);
        double[][] norms = Array.ConvertAll(sets, rows => SquaredNorms(rows, centre, workers, false));
        double largest = norms.Max(n => n.Max());
        bool isExtreme = !double.IsFinite(largest) || (largest > 0 && Math.Abs(Math.ILogB(largest)) > LargestExponent);
        if (isExtreme)
        {
            norms = Array.ConvertAll(sets, rows => SquaredNorms(rows, centre, workers, true));
            largest = norms.Max(n => n.Max());
        }

        return (new RowCentre(centre, largest > 0 ? Math.ScaleB(1, -(Math.ILogB(largest) / 2)) : 1, isExtreme), norms);
    }

    /// <summary>Writes the row, centred and scaled.</summary>
    public void Apply(ReadOnlySpan<float> row, Span<float> destination)
    {
        if (!_isExtreme)
        {
            RowKernels.Centre(row, _centre, (float)Scale, destination);
            return;
        }

        for (int d = 0; d < row.Length; d++)
        {
            destination[d] = (float)(((double)row[d] - _centre[d]) * Scale);
        }
    }

    private static float[] Sample(FeatureMatrix rows)
    {
        double[] sum = new double[rows.Width];
        int step = Math.Max(1, rows.Count / SampledRows), taken = 0;
        for (int i = 0; i < rows.Count; i += step, taken++)
        {
            ReadOnlySpan<float> row = rows.Row(i);
            for (int d = 0; d < sum.Length; d++)
            {
                sum[d] += row[d];
            }
        }

        return Array.ConvertAll(sum, value => (float)(value / taken));
    }

    private static double[] SquaredNorms(FeatureMatrix rows, float[] centre, int workers, bool isExtreme)
    {
        const int block = 256;
        double[] norms = new double[rows.Count];
        Parallel.For(0, (rows.Count + block - 1) / block, new ParallelOptions { MaxDegreeOfParallelism = workers }, b =>
        {
            for (int i = b * block; i < Math.Min((b + 1) * block, rows.Count); i++)
            {
                norms[i] = isExtreme ? ExtremeNorm(rows.Row(i), centre) : RowKernels.SquaredNorm(rows.Row(i), centre);
            }
        });
        return norms;
    }

    private static double ExtremeNorm(ReadOnlySpan<float> row, float[] centre)
    {
        double sum = 0;
        for (int d = 0; d < row.Length; d++)
        {
            double difference = (double)row[d] - centre[d];
            sum += difference * difference;
        }

        return sum;
    }
}
