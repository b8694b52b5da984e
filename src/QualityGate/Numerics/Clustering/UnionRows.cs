namespace QualityGate.Numerics.Clustering;

/// <summary>The rows of two sets, one after the other, less the first set's mean: clusters do not depend on it, rounding does.</summary>
/// <param name="first"><c>[N, D]</c>.</param>
/// <param name="second"><c>[M, D]</c>.</param>
/// <param name="mean"><c>[D]</c>.</param>
internal sealed class UnionRows(FeatureMatrix first, FeatureMatrix second, double[] mean)
{
    public int Count => checked(first.Count + second.Count);

    public int Width => first.Width;

    /// <summary>Copies one row of the union, centred.</summary>
    public void Copy(int index, Span<float> destination) =>
        Centre(index < first.Count ? first.Row(index) : second.Row(index - first.Count), destination);

    /// <summary>Copies rows of one of the sets, centred.</summary>
    public void Copy(FeatureMatrix set, int start, int count, Span<float> destination)
    {
        for (int i = 0; i < count; i++)
        {
            Centre(set.Row(start + i), destination.Slice(i * Width, Width));
        }
    }

    private void Centre(ReadOnlySpan<float> row, Span<float> destination)
    {
        for (int d = 0; d < row.Length; d++)
        {
            destination[d] = (float)(row[d] - mean[d]);
        }
    }
}
