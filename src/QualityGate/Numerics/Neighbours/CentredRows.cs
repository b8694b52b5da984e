namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// The distinct rows of a set, centred and scaled for the float32 product, with what bounds its rounding error. Centring (by one
/// vector for both sets) keeps |a|^2 + |b|^2 - 2ab from cancelling; scaling by a power of two, which is exact, keeps squares inside
/// float32's range. Rows are centred anew for each tile: a copy of them would double the memory.
/// </summary>
internal sealed class CentredRows
{
    /// <summary>Vector kernels read rows of tiles in lanes of this many, without a remainder.</summary>
    public const int Lanes = 8;

    private readonly RowCentre _centre;

    public CentredRows(FeatureMatrix rows, RowCentre centre, DistinctRows distinct, double[] squaredNorms)
    {
        Source = rows;
        Distinct = distinct;
        _centre = centre;
        PaddedCount = RoundUp(distinct.Count);
        SquaredNorms = new float[PaddedCount];
        Weights = new int[PaddedCount];

        // Nothing is as near as what is infinitely long: rows that only fill up lanes are never looked at.
        Array.Fill(SquaredNorms, float.PositiveInfinity);
        for (int i = 0; i < distinct.Count; i++)
        {
            SquaredNorms[i] = (float)(squaredNorms[distinct.Representative[i]] * centre.Scale * centre.Scale);
            Weights[i] = distinct.Weight[i];
        }
    }

    /// <summary>All rows as given.</summary>
    public FeatureMatrix Source { get; }

    /// <summary>What rows are multiplied by after centring.</summary>
    public double Scale => _centre.Scale;

    /// <summary>Groups of equal rows.</summary>
    public DistinctRows Distinct { get; }

    /// <summary>Number of distinct rows.</summary>
    public int Count => Distinct.Count;

    /// <summary>The same, rounded up to whole lanes.</summary>
    public int PaddedCount { get; }

    /// <summary>Squared norm of each distinct row after centring and scaling; infinite beyond <see cref="Count"/>.</summary>
    public float[] SquaredNorms { get; }

    /// <summary>How often each distinct row occurs; 0 beyond <see cref="Count"/>.</summary>
    public int[] Weights { get; }

    public static int RoundUp(int count) => (count + Lanes - 1) / Lanes * Lanes;

    /// <summary>Fills <paramref name="destination"/> with distinct rows <c>[start, start + count)</c>, centred and scaled; rows beyond the last are zero.</summary>
    public void Fill(int start, int count, Span<float> destination)
    {
        int width = Source.Width;
        for (int i = 0; i < count; i++)
        {
            Span<float> target = destination.Slice(i * width, width);
            if (start + i < Count) _centre.Apply(Original(start + i), target);
            else target.Clear();
        }
    }

    /// <summary>The row itself, not centred: what exact decisions are made from.</summary>
    public ReadOnlySpan<float> Original(int distinct) => Source.Row(Distinct.Representative[distinct]);

    /// <summary>One value a row from one value a group.</summary>
    public T[] PerRow<T>(T[] perGroup) => Array.ConvertAll(Distinct.GroupOf, group => perGroup[group]);
}
