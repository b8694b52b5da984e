using System.Buffers.Binary;
using QualityGate.Numerics.Random;

namespace QualityGate.Features.Extraction;

/// <summary>What the workers of one extraction share: whose turn it is, whether there is time left, and what became of each image.</summary>
internal sealed class ExtractionWork
{
    private const int HashBytes = 32;

    private readonly byte[] _hashes;
    private readonly HashSet<Int256Key> _claimed = [];
    private readonly Lock _gate = new();
    private readonly ExtractionBudget? _budget;
    private readonly int[]? _order;
    private readonly long _started;
    private volatile int _end;
    private int _next = -1;
    private int _computed;

    public ExtractionWork(int count, ExtractionBudget? budget)
    {
        _hashes = new byte[checked(count * HashBytes)];
        _end = count;
        _budget = budget;
        if (budget is not null)
        {
            _order = new NumpyRandomState(budget.Seed).Permutation(count);
            _started = budget.Clock.GetTimestamp();
        }
    }

    public List<(int Index, string Reason)> Unreadable { get; } = [];

    public int Computed => _computed;

    /// <summary>Whether no image may be computed any more that is not begun.</summary>
    public bool IsTimeUp => _budget is { } budget && budget.Clock.GetElapsedTime(_started) >= budget.Share;

    /// <summary>The next place in the order of work; false when the set is done, or a place before it was given up.</summary>
    public bool TryNext(out int place)
    {
        place = Interlocked.Increment(ref _next);
        return place < _end;
    }

    /// <summary>The image at a place of the order of work.</summary>
    public int IndexAt(int place) => _order is null ? place : _order[place];

    /// <summary>Gives up a place and all behind it.</summary>
    public void EndAt(int place)
    {
        lock (_gate)
        {
            _end = Math.Min(_end, place);
        }
    }

    /// <summary>The images that were not given up, ascending. Each place before the end was finished: what is begun is never dropped.</summary>
    public int[] Rows()
    {
        if (_order is null || _end == _order.Length)
        {
            return [.. Enumerable.Range(0, _end)];
        }

        int[] rows = _order[.._end];
        Array.Sort(rows);
        return rows;
    }

    public Span<byte> Hash(int index) => _hashes.AsSpan(index * HashBytes, HashBytes);

    /// <summary>Whether this image is the first of its equals, and so the one to compute.</summary>
    public bool Claim(int index)
    {
        lock (_gate)
        {
            return _claimed.Add(new Int256Key(Hash(index)));
        }
    }

    /// <summary>Whether an equal image is being computed or was.</summary>
    public bool IsClaimed(int index)
    {
        lock (_gate)
        {
            return _claimed.Contains(new Int256Key(Hash(index)));
        }
    }

    public void AddComputed(int images) => Interlocked.Add(ref _computed, images);

    public void Fail(int index, string reason)
    {
        lock (_gate)
        {
            Unreadable.Add((index, reason));
        }
    }

    /// <summary>A SHA-256 as a dictionary key.</summary>
    private readonly record struct Int256Key(UInt128 High, UInt128 Low)
    {
        public Int256Key(ReadOnlySpan<byte> hash)
            : this(BinaryPrimitives.ReadUInt128LittleEndian(hash), BinaryPrimitives.ReadUInt128LittleEndian(hash[16..]))
        {
        }
    }
}
