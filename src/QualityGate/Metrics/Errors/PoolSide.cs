namespace QualityGate.Metrics;

/// <summary>Squared distances of a pool of rows, seen from one side: balls around its rows, and points of the other side that may lie in them.</summary>
internal sealed class PoolSide
{
    private readonly float[] _own;
    private readonly float[] _across;
    private readonly int[][] _order;

    /// <param name="own">Distances among the rows, <c>[balls, balls]</c>.</param>
    /// <param name="across">Distances from the rows to the points, <c>[balls, points]</c>.</param>
    /// <param name="balls">Number of rows.</param>
    /// <param name="points">Number of points.</param>
    public PoolSide(float[] own, float[] across, int balls, int points)
    {
        (_own, _across, Balls, Points) = (own, across, balls, points);
        _order = new int[balls][];
        Parallel.For(0, balls, i =>
        {
            int[] order = [.. Enumerable.Range(0, balls).Where(row => row != i)];
            Array.Sort(Array.ConvertAll(order, row => own[(i * balls) + row]), order);
            _order[i] = order;
        });
        All = [.. Enumerable.Range(0, points)];
    }

    /// <summary>Rows that own a ball.</summary>
    public int Balls { get; }

    /// <summary>Rows of the other side.</summary>
    public int Points { get; }

    /// <summary>All points.</summary>
    public int[] All { get; }

    /// <summary>Squared distances from a row to all others of its side.</summary>
    public ReadOnlySpan<float> Own(int ball) => _own.AsSpan(ball * Balls, Balls);

    /// <summary>Squared distances from a row to all points.</summary>
    public ReadOnlySpan<float> Across(int ball) => _across.AsSpan(ball * Points, Points);

    /// <summary>Squared distance from each of some rows to its k-th nearest among them, itself not counted.</summary>
    public float[] Radii(int[] rows, int k)
    {
        bool[] isIn = new bool[Balls];
        foreach (int row in rows)
        {
            isIn[row] = true;
        }

        return Array.ConvertAll(rows, row => Own(row)[KthOf(_order[row], isIn, k)]);
    }

    private static int KthOf(int[] order, bool[] isIn, int k)
    {
        int seen = 0;
        foreach (int row in order)
        {
            if (isIn[row] && ++seen == k)
            {
                return row;
            }
        }

        throw new InvalidOperationException($"A sample of {seen + 1} rows has no neighbour {k}.");
    }
}
