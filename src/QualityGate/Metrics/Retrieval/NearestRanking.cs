using QualityGate.Numerics;
using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// The nearest gallery rows of each query row, in order, by cosine or Euclidean distance in float64; of equally near ones the first comes first. Tiles
/// of products rank them; where two lie closer than a tile's rounding both are measured by themselves, so that neither tiles nor threads decide.
/// </summary>
/// <param name="rows">The queries <c>[N, D]</c>.</param>
/// <param name="factors">What brings each query to length 1, for cosine similarity; null for Euclidean distance.</param>
/// <param name="gallery">What is searched, <c>[M, D]</c>; the queries themselves for one set.</param>
/// <param name="galleryFactors">As <paramref name="factors"/>, for the gallery.</param>
/// <param name="products">Matrix products.</param>
internal sealed class NearestRanking(FeatureMatrix rows, double[]? factors, FeatureMatrix gallery, double[]? galleryFactors, IMatrixProducts products)
{
    private const int TileRows = 128;
    private const int TileColumns = 256;
    private const double UnitRoundoff = 1.1102230246251565e-16;

    private readonly PairSide _queries = new(rows, factors);
    private readonly PairSide _gallery = new(gallery, galleryFactors);

    /// <summary>The rows of one set among themselves.</summary>
    public NearestRanking(FeatureMatrix rows, double[]? factors, IMatrixProducts products)
        : this(rows, factors, rows, factors, products)
    {
    }

    /// <summary>Calls <paramref name="take"/> for each row with its nearest rows; on several threads at once.</summary>
    /// <param name="wanted">How many a row wants.</param>
    /// <param name="keepSelf">Whether the gallery row of a query's own number may be its neighbour; so of one set only without.</param>
    /// <param name="take">Takes a row's index and its neighbours, the nearest first.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public void ForEach(Func<int, int> wanted, bool keepSelf, Taker take, CancellationToken cancellation)
    {
        int blocks = (rows.Count + TileRows - 1) / TileRows;
        Parallel.For(0, blocks, new ParallelOptions { CancellationToken = cancellation }, () => new Scratch(rows.Width), (block, _, scratch) =>
        {
            Block(block * TileRows, wanted, keepSelf, take, scratch, cancellation);
            return scratch;
        }, _ => { });
    }

    private void Block(int start, Func<int, int> wanted, bool keepSelf, Taker take, Scratch scratch, CancellationToken cancellation)
    {
        int width = rows.Width, count = Math.Min(TileRows, rows.Count - start);
        _queries.Fill(start, count, scratch.Left);
        PairSide.Norms(scratch.Left.AsSpan(0, count * width), width, scratch.LeftNorms);
        RankedRows[] lists = [.. Enumerable.Range(start, count).Select(i => new RankedRows(Math.Min(wanted(i), gallery.Count)))];
        for (int column = 0; column < gallery.Count; column += TileColumns)
        {
            cancellation.ThrowIfCancellationRequested();
            int columns = Math.Min(TileColumns, gallery.Count - column);
            _gallery.Fill(column, columns, scratch.Right);
            PairSide.Norms(scratch.Right.AsSpan(0, columns * width), width, scratch.RightNorms);
            products.MultiplyTile(
                scratch.Left.AsSpan(0, count * width), scratch.Right.AsSpan(0, columns * width), scratch.Products.AsSpan(0, count * columns), count, columns, width);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<double> tile = scratch.Products.AsSpan(i * columns, columns);
                for (int j = 0; j < columns; j++)
                {
                    double norms = scratch.LeftNorms[i] + scratch.RightNorms[j];
                    double near = factors is null ? (2 * tile[j]) - norms : tile[j];
                    if (near >= lists[i].Bar && (keepSelf || column + j != start + i))
                    {
                        lists[i].Add(column + j, near, Margin(norms));
                    }
                }
            }
        }

        for (int i = 0; i < count; i++)
        {
            int query = start + i;
            take(query, lists[i].Resolve(other => Exact(query, other)));
        }
    }

    private double Margin(double norms) => 2 * (rows.Width + 16) * UnitRoundoff * norms;

    private double Exact(int query, int other) => factors is null
        ? -RowKernels.SquaredDistance(rows.Row(query), gallery.Row(other))
        : UnitProduct(rows.Row(query), factors[query], gallery.Row(other), galleryFactors![other]);

    private static double UnitProduct(ReadOnlySpan<float> a, double factorA, ReadOnlySpan<float> b, double factorB)
    {
        double sum = 0;
        for (int d = 0; d < a.Length; d++)
        {
            sum += a[d] * factorA * (b[d] * factorB);
        }

        return sum;
    }

    /// <summary>Takes the neighbours of a row.</summary>
    public delegate void Taker(int row, ReadOnlySpan<int> neighbours);

    /// <summary>The best of the rows seen so far, with room for those that rounding could yet promote.</summary>
    private sealed class RankedRows(int wanted)
    {
        private readonly List<(double Near, int Row)> _rows = [];
        private double _margin;

        /// <summary>Whoever is below this is not wanted.</summary>
        public double Bar { get; private set; } = double.NegativeInfinity;

        public void Add(int row, double near, double margin)
        {
            _margin = Math.Max(_margin, margin);
            _rows.Add((near, row));
            if (_rows.Count >= (2 * wanted) + 64)
            {
                Prune();
            }
        }

        public int[] Resolve(Func<int, double> exact)
        {
            Prune();
            for (int first = 0, end; first < _rows.Count; first = end)
            {
                for (end = first + 1; end < _rows.Count && _rows[end - 1].Near - _rows[end].Near <= 2 * _margin; end++)
                {
                }

                if (end - first > 1)
                {
                    for (int i = first; i < end; i++)
                    {
                        _rows[i] = (exact(_rows[i].Row), _rows[i].Row);
                    }

                    _rows.Sort(first, end - first, Order);
                }
            }

            return [.. _rows.Take(wanted).Select(r => r.Row)];
        }

        private static readonly Comparer<(double Near, int Row)> Order =
            Comparer<(double Near, int Row)>.Create((a, b) => a.Near != b.Near ? b.Near.CompareTo(a.Near) : a.Row.CompareTo(b.Row));

        // Ties at the end stay, however many: which of them are wanted is decided when all have been seen.
        private void Prune()
        {
            _rows.Sort(Order);
            if (_rows.Count > wanted)
            {
                Bar = _rows[wanted - 1].Near - (2 * _margin);
                int kept = _rows.FindIndex(wanted, r => r.Near < Bar);
                _rows.RemoveRange(kept < 0 ? _rows.Count : kept, kept < 0 ? 0 : _rows.Count - kept);
            }
        }
    }

    private sealed class Scratch(int width)
    {
        public double[] Left { get; } = new double[TileRows * width];

        public double[] Right { get; } = new double[TileColumns * width];

        public double[] LeftNorms { get; } = new double[TileRows];

        public double[] RightNorms { get; } = new double[TileColumns];

        public double[] Products { get; } = new double[TileRows * TileColumns];
    }
}
