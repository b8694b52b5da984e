using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Neighbours;

/// <summary>
/// Nearest other rows inside one set. Each pair of blocks is multiplied once and offered to the rows of both; a block is resolved and
/// forgotten as soon as its last tile is done.
/// </summary>
internal sealed class SelfPass
{
    // A shortlist holds a few tens of bytes a neighbour. Beyond this many in all, blocks of rows go one after another instead.
    private const long MostNeighboursAtOnce = 8 << 20;

    private readonly NeighbourSpace _space;
    private readonly CentredRows _rows;
    private readonly int[] _ks;
    private readonly int _keptK;
    private readonly bool _isSymmetric;
    private readonly float[] _limits;
    private readonly ShortlistBlock?[] _blocks;

    private SelfPass(NeighbourSpace space, CentredRows rows, IReadOnlyCollection<int> ks, int keptK)
    {
        _space = space;
        _rows = rows;
        _ks = [.. ks];
        _keptK = keptK;
        _isSymmetric = (long)rows.Count * _ks[^1] <= MostNeighboursAtOnce;
        _limits = new float[rows.PaddedCount];
        _blocks = new ShortlistBlock?[(rows.Count + space.TileColumns - 1) / space.TileColumns];
        Radii = _ks.ToDictionary(k => k, _ => new double[rows.Count]);
        Kept = keptK > 0 ? new (int, double)[rows.Count][] : [];
        Array.Fill(_limits, float.MaxValue, 0, rows.Count);
        Array.Fill(_limits, float.NegativeInfinity, rows.Count, _limits.Length - rows.Count);
    }

    /// <summary>Squared distances to the k-th nearest, by k, one a group.</summary>
    public Dictionary<int, double[]> Radii { get; }

    /// <summary>For each group the other groups no farther than its neighbour <c>keptK</c>, with their squared distances.</summary>
    public (int Row, double Distance)[][] Kept { get; }

    /// <summary>Finds the neighbours.</summary>
    /// <param name="space">Both sets.</param>
    /// <param name="rows">The set in question.</param>
    /// <param name="ks">Which neighbours, ascending.</param>
    /// <param name="keptK">Which neighbour's distance bounds <see cref="Kept"/>; 0 for none.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static SelfPass Run(NeighbourSpace space, CentredRows rows, IReadOnlyCollection<int> ks, int keptK, CancellationToken cancellation)
    {
        SelfPass pass = new(space, rows, ks, keptK);
        TileWork work = new(rows.Count, rows.Count, (space.TileRows, space.TileColumns), pass._isSymmetric);
        TileWork.Run(space.Workers, worker =>
        {
            TileScratch scratch = space.Scratch(worker);
            while (work.TryNext(out int row, out int column))
            {
                cancellation.ThrowIfCancellationRequested();
                pass.Tile(row, column, scratch);
            }
        });
        return pass;
    }

    // Of a tile on the diagonal only the rows down to its last column are multiplied.
    private void Tile(int rowStart, int columnStart, TileScratch scratch)
    {
        int packed = Math.Min(_space.TileRows, _rows.Count - rowStart);
        int count = _isSymmetric ? Math.Min(packed, columnStart + _space.TileColumns - rowStart) : packed;
        scratch.Multiply(_rows, rowStart, packed, count, _rows, columnStart);
        for (int start = 0; start < count; start += _space.TileColumns)
        {
            Offer(rowStart + start, Math.Min(_space.TileColumns, count - start), start, columnStart, scratch);
        }
    }

    private void Offer(int rowStart, int rowCount, int firstInTile, int columnStart, TileScratch scratch)
    {
        int rowBlock = rowStart / _space.TileColumns, columnBlock = columnStart / _space.TileColumns;
        ShortlistBlock ours = Block(rowBlock), theirs = _isSymmetric ? Block(columnBlock) : ours;

        // The upper half only: always the lower block first, so that two workers cannot wait for each other.
        lock (ours)
        {
            lock (theirs)
            {
                for (int i = 0; i < rowCount; i++)
                {
                    Scan(rowStart + i, columnStart, scratch.Row(firstInTile + i), ours, theirs);
                }
            }
        }

        Done(ours, rowBlock);
        if (_isSymmetric && rowBlock != columnBlock)
        {
            Done(theirs, columnBlock);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Scan(int row, int columnStart, ReadOnlySpan<float> products, ShortlistBlock ours, ShortlistBlock theirs)
    {
        ref float product = ref MemoryMarshal.GetReference(products);
        ref float norm = ref _rows.SquaredNorms[columnStart];
        ref float limit = ref _limits[columnStart];
        Vector256<float> own = Vector256.Create(_rows.SquaredNorms[row]), two = Vector256.Create(2f);
        Vector256<float> low = Vector256.Create(1 - _space.Margin.Relative), rowLimit = Vector256.Create(_limits[row]);
        int first = _isSymmetric && row >= columnStart ? (row - columnStart) / CentredRows.Lanes * CentredRows.Lanes : 0;
        for (int j = first; j < products.Length; j += CentredRows.Lanes)
        {
            Vector256<float> sum = own + Vector256.LoadUnsafe(ref norm, (nuint)j);
            Vector256<float> lower = (low * sum) - (two * Vector256.LoadUnsafe(ref product, (nuint)j));
            Vector256<float> most = _isSymmetric ? Vector256.Max(rowLimit, Vector256.LoadUnsafe(ref limit, (nuint)j)) : rowLimit;
            uint hits = Vector256.LessThanOrEqual(lower, most).ExtractMostSignificantBits();
            if (hits != 0)
            {
                Hits(row, columnStart, j, hits, products, ours, theirs);
                rowLimit = Vector256.Create(_limits[row]);
            }
        }
    }

    private void Hits(int row, int columnStart, int lane, uint hits, ReadOnlySpan<float> products, ShortlistBlock ours, ShortlistBlock theirs)
    {
        for (; hits != 0; hits &= hits - 1)
        {
            int j = lane + System.Numerics.BitOperations.TrailingZeroCount(hits), column = columnStart + j;
            if (column >= _rows.Count || column == row || (_isSymmetric && column < row))
            {
                continue;
            }

            float sum = _rows.SquaredNorms[row] + _rows.SquaredNorms[column];
            float estimate = sum - (2 * products[j]);
            float error = (_space.Margin.Relative * sum) + _space.Margin.Absolute;
            Offer(ours, row, column, estimate - error, estimate + error);
            if (_isSymmetric)
            {
                Offer(theirs, column, row, estimate - error, estimate + error);
            }
        }
    }

    private void Offer(ShortlistBlock block, int row, int other, float lower, float upper)
    {
        Shortlist list = block.Lists[row - block.Start];
        list.Add(Owner(row), other, lower, upper);
        _limits[row] = list.Limit + _space.Margin.Absolute;
    }

    private ShortlistOwner Owner(int row) => new(_rows, row, _rows.Scale, _keptK > 0);

    private ShortlistBlock Block(int index)
    {
        lock (_blocks)
        {
            return _blocks[index] ??= new ShortlistBlock(_rows, index * _space.TileColumns, _space.TileColumns, _ks[^1], _blocks.Length);
        }
    }

    private void Done(ShortlistBlock block, int index)
    {
        if (Interlocked.Decrement(ref block.TilesLeft) > 0)
        {
            return;
        }

        for (int i = 0; i < block.Lists.Length; i++)
        {
            Resolve(block.Start + i, block.Lists[i]);
        }

        lock (_blocks)
        {
            _blocks[index] = null;
        }
    }

    private void Resolve(int row, Shortlist list)
    {
        ReadOnlySpan<Shortlist.Entry> neighbours = list.Resolve(Owner(row));
        int seen = _rows.Weights[row] - 1, next = 0, withinKept = 0;
        foreach (int k in _ks)
        {
            while (seen < k)
            {
                seen += _rows.Weights[neighbours[next++].Row];
            }

            Radii[k][row] = k <= _rows.Weights[row] - 1 ? 0 : neighbours[next - 1].Distance;
        }

        if (_keptK > 0)
        {
            double most = Radii[_keptK][row];
            while (withinKept < neighbours.Length && neighbours[withinKept].Distance <= most)
            {
                withinKept++;
            }

            Kept[row] = new (int, double)[withinKept];
            for (int i = 0; i < withinKept; i++)
            {
                Kept[row][i] = (neighbours[i].Row, neighbours[i].Distance);
            }
        }
    }
}

/// <summary>The shortlists of one block of rows, while tiles are still to come.</summary>
internal sealed class ShortlistBlock
{
    /// <summary>Tiles that this block still takes part in.</summary>
    public int TilesLeft;

    public ShortlistBlock(CentredRows rows, int start, int size, int k, int tiles)
    {
        Start = start;
        TilesLeft = tiles;
        Lists = new Shortlist[Math.Min(size, rows.Count - start)];
        for (int i = 0; i < Lists.Length; i++)
        {
            Lists[i] = new Shortlist(k, rows.Weights[start + i] - 1);
        }
    }

    public int Start { get; }

    public Shortlist[] Lists { get; }
}
