using QualityGate.Numerics.Linear;

namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// Keeps, for one row, every other row that could be among its k nearest. The k-th smallest upper bound seen so far is a
/// bound on the answer: whoever's lower bound lies above it is out for good.
/// </summary>
internal sealed class NearestShortlist
{
    private const int Capacity = 256;

    private readonly int _k;
    private readonly int _copies;
    private readonly PriorityQueue<float, float> _smallestUppers = new();
    private readonly List<(int Row, float Lower, int Weight)> _entries = [];
    private bool _overflowed;

    /// <param name="k">Which neighbour is sought.</param>
    /// <param name="copies">Other rows equal to this one: neighbours at distance zero.</param>
    public NearestShortlist(int k, int copies)
    {
        _k = k;
        _copies = Math.Min(copies, k);
        for (int i = 0; i < _copies; i++)
        {
            _smallestUppers.Enqueue(0, 0);
        }
    }

    /// <summary>No row whose lower bound is above this can be among the k nearest.</summary>
    public float Threshold => _smallestUppers.Count < _k ? float.MaxValue : _smallestUppers.Peek();

    public void Add(int row, float lower, float upper, int weight)
    {
        for (int i = 0; i < Math.Min(weight, _k); i++)
        {
            // Negated priorities turn the queue's smallest-first order into largest-first.
            _smallestUppers.Enqueue(upper, -upper);
            if (_smallestUppers.Count > _k)
            {
                _smallestUppers.Dequeue();
            }
        }

        if (_overflowed)
        {
            return;
        }

        if (_entries.Count == Capacity)
        {
            float threshold = Threshold;
            _entries.RemoveAll(entry => entry.Lower > threshold);
            _overflowed = _entries.Count == Capacity;
        }

        _entries.Add((row, lower, weight));
    }

    /// <summary>The exact squared distance to the k-th nearest other row.</summary>
    public double Resolve(CentredRows rows, int self)
    {
        if (_copies >= _k)
        {
            return 0;
        }

        // So many rows inside the margin happens on lattices of few dimensions, where measuring all is cheap.
        List<(double Distance, int Weight)> measured = _overflowed ? MeasureAll(rows, self) : MeasureEntries(rows, self);
        measured.Sort((a, b) => a.Distance.CompareTo(b.Distance));
        int seen = _copies;
        foreach ((double distance, int weight) in measured)
        {
            seen += weight;
            if (seen >= _k)
            {
                return distance;
            }
        }

        throw new InvalidOperationException("A row has fewer neighbours than its set has rows.");
    }

    private List<(double Distance, int Weight)> MeasureEntries(CentredRows rows, int self)
    {
        List<(double Distance, int Weight)> measured = [];
        float threshold = Threshold;
        foreach ((int row, float lower, int weight) in _entries)
        {
            if (lower <= threshold)
            {
                measured.Add((VectorKernels.SquaredDistance(rows.Original(self), rows.Original(row)), weight));
            }
        }

        return measured;
    }

    private static List<(double Distance, int Weight)> MeasureAll(CentredRows rows, int self)
    {
        List<(double Distance, int Weight)> measured = [];
        for (int row = 0; row < rows.Count; row++)
        {
            if (row != self)
            {
                measured.Add((VectorKernels.SquaredDistance(rows.Original(self), rows.Original(row)), rows.Distinct.Weight[row]));
            }
        }

        return measured;
    }
}
