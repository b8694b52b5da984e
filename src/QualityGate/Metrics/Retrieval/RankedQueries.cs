namespace QualityGate.Metrics;

/// <summary>Goes through the ranked neighbours of each query. Queries may come from several threads; each has places of its own.</summary>
internal sealed class RankedQueries(RetrievalClasses classes, int largestK, bool dropsNearest)
{
    public int[] FirstHit { get; } = new int[classes.Queries.Length];

    public double[] AveragePrecision { get; } = new double[classes.Queries.Length];

    public int[] Nearest { get; } = [.. Enumerable.Repeat(-1, classes.Queries.Length)];

    public int[] NearestOfClass { get; } = [.. Enumerable.Repeat(-1, classes.Queries.Length)];

    /// <summary>Neighbours that must be ranked for a query.</summary>
    public int Wanted(int query) => Math.Max(largestK, classes.RelevantTo(query)) + (dropsNearest ? 1 : 0);

    /// <summary>Takes the neighbours of a query, nearest first.</summary>
    public void Take(int query, ReadOnlySpan<int> neighbours)
    {
        ReadOnlySpan<int> ranked = dropsNearest && neighbours.Length > 0 ? neighbours[1..] : neighbours;
        int relevant = classes.RelevantTo(query), hits = 0;
        double precision = 0;
        Nearest[query] = ranked.Length > 0 ? ranked[0] : -1;
        for (int i = 0; i < ranked.Length; i++)
        {
            if (classes.Gallery[ranked[i]] != classes.Queries[query])
            {
                continue;
            }

            hits++;
            if (hits == 1)
            {
                (FirstHit[query], NearestOfClass[query]) = (i + 1, ranked[i]);
            }

            precision += i < relevant ? (double)hits / (i + 1) : 0;
        }

        AveragePrecision[query] = relevant > 0 ? precision / relevant : 0;
    }
}
