namespace QualityGate.Metrics;

/// <summary>Counts hits among ranked neighbours, query by query.</summary>
internal sealed class RetrievalScores(int[] labels, int[] classSizes, int[] ks, bool dropsNearest)
{
    private readonly double[] _precision = new double[labels.Length];
    private readonly int[] _firstHit = new int[labels.Length];

    /// <summary>Queries with a hit among the K nearest, for each K.</summary>
    public IReadOnlyList<int> Hits => [.. ks.Select(k => _firstHit.Count(rank => rank > 0 && rank <= k))];

    /// <summary>Sum of average precisions, in the order of rows.</summary>
    public double Precision => _precision.Sum();

    /// <summary>Neighbours that must be ranked for a query.</summary>
    public int Wanted(int query) => Math.Max(ks[^1], classSizes[labels[query]] - 1) + (dropsNearest ? 1 : 0);

    /// <summary>Takes the neighbours of a query, nearest first.</summary>
    public void Take(int query, ReadOnlySpan<int> neighbours)
    {
        ReadOnlySpan<int> ranked = dropsNearest && neighbours.Length > 0 ? neighbours[1..] : neighbours;
        int relevant = classSizes[labels[query]] - 1, hits = 0;
        double precision = 0;
        for (int i = 0; i < ranked.Length; i++)
        {
            if (labels[ranked[i]] != labels[query])
            {
                continue;
            }

            hits++;
            if (_firstHit[query] == 0)
            {
                _firstHit[query] = i + 1;
            }

            precision += i < relevant ? (double)hits / (i + 1) : 0;
        }

        _precision[query] = relevant > 0 ? precision / relevant : 0;
    }
}
