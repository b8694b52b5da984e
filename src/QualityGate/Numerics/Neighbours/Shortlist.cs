namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// Every other row that could be among the k nearest of one row, given what float32 products say. The k-th smallest upper bound seen so
/// far bounds the answer: whoever's lower bound lies above it is out for good. When too many lie inside the rounding margin they are
/// measured, which tightens the bound, so that a list stays short whatever the data.
/// </summary>
internal sealed class Shortlist
{
    private const int FewestEntries = 16;
    private const int UnmeasuredEntries = 64;

    private readonly int _k;
    private readonly int _copies;
    private readonly float[] _uppers;
    private Entry[] _entries;
    private int _known;
    private int _count;

    /// <param name="k">The farthest neighbour that is sought.</param>
    /// <param name="copies">Other rows equal to this one: neighbours at distance zero.</param>
    public Shortlist(int k, int copies)
    {
        _k = k;
        _copies = Math.Min(copies, k);
        _known = _copies;
        _uppers = new float[k];
        _entries = new Entry[Math.Max(FewestEntries, 2 * k)];
    }

    /// <summary>No row whose lower bound is above this can be among the k nearest.</summary>
    public float Limit => _copies == _k ? float.NegativeInfinity : _known < _k ? float.MaxValue : _uppers[_k - 1];

    /// <summary>Adds a row between two bounds of its scaled squared distance.</summary>
    public void Add(ShortlistOwner owner, int row, float lower, float upper)
    {
        if (lower > Limit)
        {
            return;
        }

        if (_count == _entries.Length)
        {
            Shrink(owner);
        }

        Bound(upper, owner.Rows.Weights[row]);
        _entries[_count++] = new Entry(row, lower, double.NaN);
    }

    /// <summary>The exact neighbours in ascending order: group, squared distance. Those at the k-th distance are all there when ties are kept.</summary>
    public ReadOnlySpan<Entry> Resolve(ShortlistOwner owner)
    {
        Measure(owner);
        return _entries.AsSpan(0, _count);
    }

    private void Bound(float upper, int weight)
    {
        for (int copy = Math.Min(weight, _k); copy > 0; copy--)
        {
            if (_known == _k && upper >= _uppers[_k - 1])
            {
                return;
            }

            int at = Array.BinarySearch(_uppers, 0, _known, upper);
            at = at < 0 ? ~at : at;
            int moved = Math.Min(_known, _k - 1) - at;
            Array.Copy(_uppers, at, _uppers, at + 1, moved);
            _uppers[at] = upper;
            _known = Math.Min(_known + 1, _k);
        }
    }

    private void Shrink(ShortlistOwner owner)
    {
        DropBeyond(Limit);
        if (_count > _entries.Length / 4 * 3 && _entries.Length >= Math.Max(UnmeasuredEntries, 4 * _k))
        {
            Measure(owner);
        }

        if (_count > _entries.Length / 4 * 3)
        {
            Array.Resize(ref _entries, 2 * _entries.Length);
        }
    }

    private void DropBeyond(float limit)
    {
        int kept = 0;
        for (int i = 0; i < _count; i++)
        {
            if (_entries[i].Lower <= limit)
            {
                _entries[kept++] = _entries[i];
            }
        }

        _count = kept;
    }

    // Leaves the k nearest in order, and those as near as the k-th where ties are kept.
    private void Measure(ShortlistOwner owner)
    {
        DropBeyond(Limit);
        for (int i = 0; i < _count; i++)
        {
            if (double.IsNaN(_entries[i].Distance))
            {
                double distance = RowKernels.SquaredDistance(owner.Original, owner.Rows.Original(_entries[i].Row));
                _entries[i] = new Entry(_entries[i].Row, owner.LowerBound(distance), distance);
            }
        }

        Span<Entry> entries = _entries.AsSpan(0, _count);
        entries.Sort((a, b) => a.Distance != b.Distance ? a.Distance.CompareTo(b.Distance) : a.Row.CompareTo(b.Row));
        _known = _copies;
        Array.Clear(_uppers, 0, _copies);
        int seen = _copies, kept = 0;
        for (; kept < _count; kept++)
        {
            if (seen >= _k && !(owner.KeepsTies && kept > 0 && entries[kept].Distance == entries[kept - 1].Distance))
            {
                break;
            }

            int weight = owner.Rows.Weights[entries[kept].Row];
            seen += weight;
            Bound(owner.UpperBound(entries[kept].Distance), weight);
        }

        _count = kept;
    }

    /// <summary>One row on the list.</summary>
    /// <param name="Row">Its group.</param>
    /// <param name="Lower">Scaled squared distance at least.</param>
    /// <param name="Distance">Exact squared distance, or NaN while it is not measured.</param>
    public readonly record struct Entry(int Row, float Lower, double Distance);
}

/// <summary>The row that a shortlist belongs to, and what its distances are measured with.</summary>
internal readonly ref struct ShortlistOwner(CentredRows rows, int row, double scale, bool keepsTies)
{
    private const float Slack = 1e-6f;

    private readonly double _squaredScale = scale * scale;

    public CentredRows Rows { get; } = rows;

    public ReadOnlySpan<float> Original { get; } = rows.Original(row);

    public bool KeepsTies { get; } = keepsTies;

    /// <summary>A float32 below the scaled distance.</summary>
    public float LowerBound(double distance) => (float)(distance * _squaredScale) * (1 - Slack);

    /// <summary>A float32 above the scaled distance.</summary>
    public float UpperBound(double distance) => ((float)(distance * _squaredScale) * (1 + Slack)) + 1e-30f;
}
