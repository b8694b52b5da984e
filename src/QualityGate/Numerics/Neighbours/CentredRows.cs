using QualityGate.Numerics.Linear;

namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// The distinct rows of a set, centred and scaled for the float32 product, with what bounds its rounding error.
/// Centring (by the reference's mean, for both sets) keeps |a|^2 + |b|^2 - 2ab from cancelling; scaling by a power of two, which
/// is exact, keeps squares inside float32's range.
/// </summary>
internal sealed class CentredRows
{
    private readonly double[] _mean;
    private readonly double _scale;

    public CentredRows(FeatureMatrix rows, double[] mean, double scale)
    {
        Source = rows;
        Distinct = DistinctRows.Of(rows);
        _mean = mean;
        _scale = scale;
        SquaredNorms = new float[Distinct.Count];
        double[] row = new double[rows.Width];
        for (int i = 0; i < Distinct.Count; i++)
        {
            MomentAccumulator.Centre(rows, mean, Distinct.Representative[i], 1, row);
            SquaredNorms[i] = (float)(VectorKernels.Dot(row, row) * scale * scale);
        }
    }

    /// <summary>All rows as given.</summary>
    public FeatureMatrix Source { get; }

    /// <summary>Groups of equal rows.</summary>
    public DistinctRows Distinct { get; }

    /// <summary>Number of distinct rows.</summary>
    public int Count => Distinct.Count;

    /// <summary>Squared norm of each distinct row after centring and scaling.</summary>
    public float[] SquaredNorms { get; }

    /// <summary>Fills <paramref name="destination"/> with distinct rows <c>[start, start + count)</c>, centred and scaled.</summary>
    public void Fill(int start, int count, Span<float> destination)
    {
        int width = Source.Width;
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<float> row = Source.Row(Distinct.Representative[start + i]);
            Span<float> target = destination.Slice(i * width, width);
            for (int d = 0; d < width; d++)
            {
                target[d] = (float)((row[d] - _mean[d]) * _scale);
            }
        }
    }

    /// <summary>The row itself, not centred: what exact decisions are made from.</summary>
    public ReadOnlySpan<float> Original(int distinct) => Source.Row(Distinct.Representative[distinct]);
}
