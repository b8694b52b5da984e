using QualityGate.Numerics;
using QualityGate.Numerics.Neighbours;

namespace QualityGate.Metrics;

/// <summary>
/// Unbiased MMD^2 with KID's kernel for subsets of two sets, in float64. Subsets that overlap much share their kernel values; otherwise each
/// is a small problem of its own. Both are cut into tiles that do not depend on the number of workers.
/// </summary>
internal static class SubsetDiscrepancies
{
    private const int TileRows = 256;

    // Picking a value out of a shared tile costs more than summing a tile of one's own.
    private const double CostOfSharing = 2;

    /// <summary>The U-statistic of the whole sets.</summary>
    public static double Whole(FeatureMatrix candidate, FeatureMatrix reference, IMatrixProducts products, int workers, CancellationToken cancellation)
    {
        PairSums<PolynomialKernel> sums = new(new PolynomialKernel(reference.Width), reference.Width, products, workers, cancellation);
        return Whole(new PairSide(candidate), new PairSide(reference), sums);
    }

    private static double Whole(PairSide x, PairSide y, PairSums<PolynomialKernel> sums) =>
        Combine(x.Rows.Count, y.Rows.Count, sums.Sum(x, x), sums.Sum(y, y), sums.Sum(x, y));

    /// <summary>One value a draw. Rows of each draw are sorted: their order is not part of it.</summary>
    public static double[] Compute(
        FeatureMatrix candidate, FeatureMatrix reference, KernelInceptionDistance.Draw[] draws, IMatrixProducts products, int workers, CancellationToken cancellation)
    {
        foreach (KernelInceptionDistance.Draw draw in draws)
        {
            Array.Sort(draw.Candidate);
            Array.Sort(draw.Reference);
        }

        double each = draws.Sum(d => Pairs(d.Candidate.Length, d.Reference.Length));
        if (Pairs(candidate.Count, reference.Count) * CostOfSharing < each)
        {
            return Shared(candidate, reference, draws, products, workers, cancellation);
        }

        double[] values = new double[draws.Length];
        int next = -1;

        // One subset after another, so that no worker is left with a long tail.
        TileWork.Run(workers, _ =>
        {
            Room room = new(draws, candidate.Width, products, cancellation);
            for (int s = Interlocked.Increment(ref next); s < draws.Length; s = Interlocked.Increment(ref next))
            {
                PairSide x = new(new SelectedRows(candidate, draws[s].Candidate), null, room.Candidate), y = new(new SelectedRows(reference, draws[s].Reference), null, room.Reference);
                values[s] = Whole(x, y, room.Sums);
            }
        });
        return values;
    }

    private static double Pairs(double candidates, double references) => (candidates * candidates / 2) + (references * references / 2) + (candidates * references);

    private static double Combine(double m, double n, double candidates, double references, double cross) =>
        (candidates / (m * (m - 1))) + (references / (n * (n - 1))) - (2 * cross / (m * n));

    private static double[] Shared(
        FeatureMatrix candidate, FeatureMatrix reference, KernelInceptionDistance.Draw[] draws, IMatrixProducts products, int workers, CancellationToken cancellation)
    {
        int[][] candidates = Array.ConvertAll(draws, d => d.Candidate), references = Array.ConvertAll(draws, d => d.Reference);
        PairSide x = new(candidate), y = new(reference);
        SharedSums sums = new(new PolynomialKernel(reference.Width), products, workers, cancellation);
        double[] xx = sums.Sum(x, candidates, x, candidates), yy = sums.Sum(y, references, y, references), xy = sums.Sum(x, candidates, y, references);
        return [.. draws.Select((d, s) => Combine(d.Candidate.Length, d.Reference.Length, xx[s], yy[s], xy[s]))];
    }

    /// <summary>
    /// What one worker keeps from subset to subset: its buffers, and room for both subsets widened when they are small enough; larger ones are
    /// widened tile by tile.
    /// </summary>
    private sealed class Room(KernelInceptionDistance.Draw[] draws, int width, IMatrixProducts products, CancellationToken cancellation)
    {
        private const long MostValues = 4 << 20;

        public PairSums<PolynomialKernel> Sums { get; } = new(new PolynomialKernel(width), width, products, workers: 1, cancellation);

        public double[]? Candidate { get; } = For(draws.Max(d => d.Candidate.Length), width);

        public double[]? Reference { get; } = For(draws.Max(d => d.Reference.Length), width);

        private static double[]? For(long rows, int width) => rows * width <= MostValues ? GC.AllocateUninitializedArray<double>((int)(rows * width)) : null;
    }

    /// <summary>Kernel values of a strip of rows with all columns, and the sums of every draw over them.</summary>
    private sealed class SharedSums(PolynomialKernel kernel, IMatrixProducts products, int workers, CancellationToken cancellation)
    {
        private readonly ParallelOptions _options = new() { MaxDegreeOfParallelism = workers, CancellationToken = cancellation };

        public double[] Sum(PairSide left, int[][] leftRows, PairSide right, int[][] rightRows)
        {
            int width = left.Rows.Width, columns = right.Rows.Count;
            bool isSame = ReferenceEquals(left, right);
            double[] sums = new double[leftRows.Length];
            double[] rows = new double[TileRows * width], strip = new double[(long)TileRows * columns];
            for (int start = 0; start < left.Rows.Count; start += TileRows)
            {
                int first = start, count = Math.Min(TileRows, left.Rows.Count - start);
                left.Fill(start, count, rows);
                int tiles = (columns - (isSame ? start : 0) + TileRows - 1) / TileRows;
                Parallel.For(0, tiles, _options, () => new Tile(width), (t, _, tile) =>
                {
                    FillStrip(rows, count, right, (isSame ? first : 0) + (t * TileRows), strip, tile);
                    return tile;
                }, _ => { });
                Parallel.For(0, sums.Length, _options, s => sums[s] += SumStrip(strip, columns, first, count, leftRows[s], rightRows[s], isSame));
            }

            return sums;
        }

        private void FillStrip(double[] rows, int count, PairSide right, int column, double[] strip, Tile tile)
        {
            int width = right.Rows.Width, columns = Math.Min(TileRows, right.Rows.Count - column);
            right.Fill(column, columns, tile.Right);
            products.MultiplyTile(rows.AsSpan(0, count * width), tile.Right.AsSpan(0, columns * width), tile.Products.AsSpan(0, count * columns), count, columns, width);
            for (int i = 0; i < count; i++)
            {
                Span<double> target = strip.AsSpan(checked((i * right.Rows.Count) + column), columns);
                for (int j = 0; j < columns; j++)
                {
                    target[j] = kernel.Of(tile.Products[(i * columns) + j]);
                }
            }
        }

        // In the upper half each pair stands for its mirror image too, and a row is not paired with itself.
        private static double SumStrip(double[] strip, int columns, int start, int count, int[] left, int[] right, bool isSame)
        {
            double sum = 0;
            int from = Array.BinarySearch(left, start);
            for (int i = from < 0 ? ~from : from; i < left.Length && left[i] < start + count; i++)
            {
                ReadOnlySpan<double> row = strip.AsSpan(checked((left[i] - start) * columns), columns);
                double rowSum = 0;
                for (int j = isSame ? i + 1 : 0; j < right.Length; j++)
                {
                    rowSum += row[right[j]];
                }

                sum += isSame ? 2 * rowSum : rowSum;
            }

            return sum;
        }

        private sealed class Tile(int width)
        {
            public double[] Right { get; } = new double[TileRows * width];

            public double[] Products { get; } = new double[TileRows * TileRows];
        }
    }
}
