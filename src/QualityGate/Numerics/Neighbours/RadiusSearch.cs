namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// Distance from each row to its k-th nearest other row. Tiles stream through a <see cref="NearestShortlist"/> a row, which
/// keeps every row that could be among the k nearest given the rounding margin; the shortlist is then measured exactly.
/// </summary>
internal static class RadiusSearch
{
    /// <summary>Squared k-th distances, for all rows of <paramref name="rows"/>.</summary>
    public static double[] Run(NeighbourSpace space, CentredRows rows, int k, CancellationToken cancellation)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(k, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(k, rows.Source.Count);
        double[] distinct = new double[rows.Count];
        int width = rows.Source.Width, height = Tiles.RowsFor(width), columns = Tiles.ColumnsFor(width);
        Tiles.ForEachRange(
            rows.Count,
            height,
            () => new TileScratch(height, columns, width),
            (start, count, scratch) => Block(space, rows, k, start, count, columns, scratch, distinct, cancellation),
            cancellation);
        return Array.ConvertAll(rows.Distinct.GroupOf, group => distinct[group]);
    }

    private static void Block(
        NeighbourSpace space, CentredRows rows, int k, int start, int count, int columns, TileScratch scratch, double[] radii, CancellationToken cancellation)
    {
        NearestShortlist[] shortlists = new NearestShortlist[count];
        for (int i = 0; i < count; i++)
        {
            shortlists[i] = new NearestShortlist(k, rows.Distinct.Weight[start + i] - 1);
        }

        rows.Fill(start, count, scratch.Left);
        for (int from = 0; from < rows.Count; from += columns)
        {
            cancellation.ThrowIfCancellationRequested();
            int size = Math.Min(columns, rows.Count - from);
            scratch.Multiply(space.Products, rows, from, size, count);
            for (int i = 0; i < count; i++)
            {
                Offer(shortlists[i], rows, start + i, from, scratch.Products.AsSpan(i * size, size), space.Margin);
            }
        }

        for (int i = 0; i < count; i++)
        {
            radii[start + i] = shortlists[i].Resolve(rows, start + i);
        }
    }

    private static void Offer(
        NearestShortlist shortlist, CentredRows rows, int row, int from, ReadOnlySpan<float> products, RoundingMargin margin)
    {
        ReadOnlySpan<float> norms = rows.SquaredNorms.AsSpan(from, products.Length);
        float own = rows.SquaredNorms[row];
        float low = 1 - margin.Relative;
        int next = 0;
        while ((next = FirstBelow.Find(norms, products, own, low, shortlist.Threshold + margin.Absolute, next)) < products.Length)
        {
            int column = from + next;
            if (column != row)
            {
                float sum = own + norms[next];
                float estimate = sum - (2 * products[next]);
                float error = (margin.Relative * sum) + margin.Absolute;
                shortlist.Add(column, estimate - error, estimate + error, rows.Distinct.Weight[column]);
            }

            next++;
        }
    }
}
