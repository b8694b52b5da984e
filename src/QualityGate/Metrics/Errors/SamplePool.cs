using QualityGate.Numerics;
using QualityGate.Numerics.Linear;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// Rows of both sets, in the proportion of the sets, with all distances between them: what standard errors of neighbour metrics are estimated from. Sets of up to 2,048
/// images are there whole; of larger ones a seeded random part, since a standard error of a few per cent's accuracy does not need more. Distances are float32 products
/// of blocks of a fixed size: they decide no metric, and one input gives the same bits whatever the thread count.
/// </summary>
internal sealed class SamplePool
{
    private const int Usual = 2048;
    private const int Most = 4096;
    private const int Fewest = 64;
    private const int BlockRows = 256;
    private const uint Seed = 1979;

    // What rounding leaves of the distance between two copies.
    private const float Rounding = 1e-5f;

    private readonly Lazy<PoolSide> _candidates;

    private SamplePool(Rows reference, Rows candidate, double share)
    {
        Share = share;
        float[] across = reference.DistancesTo(candidate);
        References = new PoolSide(reference.DistancesTo(reference), across, reference.Count, candidate.Count);
        _candidates = new Lazy<PoolSide>(() => new PoolSide(candidate.DistancesTo(candidate), Transposed(across, reference.Count, candidate.Count), candidate.Count, reference.Count));
    }

    /// <summary>Which share of each set is in the pool.</summary>
    public double Share { get; }

    /// <summary>Balls around reference rows, candidate rows as points.</summary>
    public PoolSide References { get; }

    /// <summary>Balls around candidate rows, reference rows as points.</summary>
    public PoolSide Candidates => _candidates.Value;

    /// <summary>Draws the pool.</summary>
    public static SamplePool Of(FeatureMatrix reference, FeatureMatrix candidate, IMatrixProducts products)
    {
        int larger = Math.Max(reference.Count, candidate.Count), smaller = Math.Min(reference.Count, candidate.Count);
        double share = Math.Min(1, (double)Usual / larger);

        // The smaller of two very different sets should not be reduced to a handful.
        share = Math.Min(1, Math.Max(share, Math.Min((double)Fewest / smaller, (double)Most / larger)));
        double[] mean = MomentAccumulator.Mean(reference);
        return new SamplePool(new Rows(reference, share, mean, Seed, products), new Rows(candidate, share, mean, Seed + 1, products), share);
    }

    private static float[] Transposed(float[] values, int rows, int columns)
    {
        float[] transposed = new float[values.Length];
        Parallel.For(0, columns, column =>
        {
            for (int row = 0; row < rows; row++)
            {
                transposed[(column * rows) + row] = values[(row * columns) + column];
            }
        });
        return transposed;
    }

    private sealed class Rows
    {
        private readonly float[] _values;
        private readonly float[] _norms;
        private readonly int _width;
        private readonly IMatrixProducts _products;

        public Rows(FeatureMatrix rows, double share, double[] mean, uint seed, IMatrixProducts products)
        {
            int count = Math.Clamp((int)Math.Round(rows.Count * share), 1, rows.Count);
            int[] chosen = count == rows.Count ? [.. Enumerable.Range(0, count)] : [.. new NumpyRandomState(seed).ChoiceWithoutReplacement(rows.Count, count).Order()];
            (Count, _width, _products) = (count, rows.Width, products);
            (_values, _norms) = (new float[count * _width], new float[count]);
            for (int i = 0; i < count; i++)
            {
                ReadOnlySpan<float> row = rows.Row(chosen[i]);
                double norm = 0;
                for (int d = 0; d < _width; d++)
                {
                    float value = (float)(row[d] - mean[d]);
                    _values[(i * _width) + d] = value;
                    norm += (double)value * value;
                }

                _norms[i] = (float)norm;
            }
        }

        public int Count { get; }

        public float[] DistancesTo(Rows others)
        {
            float[] distances = new float[Count * others.Count];
            Parallel.For(0, (Count + BlockRows - 1) / BlockRows, block =>
            {
                int start = block * BlockRows, count = Math.Min(BlockRows, Count - start);
                Span<float> tile = distances.AsSpan(start * others.Count, count * others.Count);
                _products.MultiplyTile(_values.AsSpan(start * _width, count * _width), others._values, tile, count, others.Count, _width);
                for (int i = 0; i < tile.Length; i++)
                {
                    float sum = _norms[start + (i / others.Count)] + others._norms[i % others.Count], distance = sum - (2 * tile[i]);
                    tile[i] = distance <= Rounding * sum ? 0 : distance;
                }
            });
            return distances;
        }
    }
}
