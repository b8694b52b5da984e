using QualityGate.Numerics.Random;

namespace QualityGate.Numerics.Clustering;

/// <summary>
/// k-means on small random batches (Sculley, 2010): each centre is the running mean of all rows that were ever assigned to it. It starts from the best of
/// several k-means++ starts (Arthur and Vassilvitskii, 2007, each step the best of a few draws), and ends when batches stop getting nearer to their centres.
/// Batch and stopping rule are those that published PRD numbers were made with (scikit-learn's defaults). One seed gives one answer; nothing depends on threads.
/// </summary>
internal sealed class MiniBatchKMeans
{
    private const int BatchRows = 1024;
    private const int StartRows = 3 * BatchRows;
    private const int MostEpochs = 100;
    private const int StepsWithoutGain = 10;
    private const double SmallestShare = 0.01;

    private readonly UnionRows _union;
    private readonly int _clusters;
    private readonly int _width;
    private readonly NumpyRandomState _random;
    private readonly IMatrixProducts _products;

    private MiniBatchKMeans(UnionRows union, int clusters, NumpyRandomState random, IMatrixProducts products) =>
        (_union, _clusters, _width, _random, _products) = (union, clusters, union.Width, random, products);

    /// <summary>Finds centres <c>[clusters, D]</c>.</summary>
    /// <param name="union">The rows.</param>
    /// <param name="clusters">How many.</param>
    /// <param name="restarts">Starts to choose from.</param>
    /// <param name="random">Draws starts and batches.</param>
    /// <param name="products">Matrix products.</param>
    /// <param name="cancellation">Stops between steps.</param>
    public static float[] Fit(
        UnionRows union, int clusters, int restarts, NumpyRandomState random, IMatrixProducts products, CancellationToken cancellation)
    {
        MiniBatchKMeans fit = new(union, clusters, random, products);
        float[] centres = fit.BestStart(restarts, cancellation);
        int batch = Math.Min(BatchRows, union.Count);
        double[] weights = new double[clusters];
        double weight = Math.Min(1, 2.0 * batch / (union.Count + 1)), smoothed = 0, least = double.PositiveInfinity;
        long steps = (long)MostEpochs * union.Count / batch;
        for (long step = 0, withoutGain = 0; step < steps && withoutGain < StepsWithoutGain; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            double spread = fit.Step(centres, weights, fit.Draw(batch)) / batch;
            if (step == 0)
            {
                // The start says nothing of how batches go.
                continue;
            }

            smoothed = step == 1 ? spread : (smoothed * (1 - weight)) + (spread * weight);
            withoutGain = smoothed < least ? 0 : withoutGain + 1;
            least = Math.Min(least, smoothed);
        }

        return centres;
    }

    private Batch Draw(int count) => new(_union, [.. Enumerable.Range(0, count).Select(_ => Index(_union.Count))]);

    private int Index(int count) => Math.Min((int)(_random.NextDouble() * count), count - 1);

    private float[] BestStart(int restarts, CancellationToken cancellation)
    {
        bool all = _union.Count <= StartRows;
        Batch everything = all ? new Batch(_union, [.. Enumerable.Range(0, _union.Count)]) : Draw(StartRows);
        float[] best = [];
        double least = double.PositiveInfinity;
        for (int start = 0; start < restarts; start++)
        {
            cancellation.ThrowIfCancellationRequested();
            float[] centres = Start(all ? everything : Draw(StartRows));
            double spread = Assign(centres, everything).Spread;
            if (spread < least)
            {
                (best, least) = (centres, spread);
            }
        }

        return best;
    }

    // Each next centre is a row, drawn with a chance that grows with its squared distance from the centres so far; of a few such draws the one that helps most.
    private float[] Start(Batch batch)
    {
        float[] centres = new float[_clusters * _width];
        int draws = 2 + (int)Math.Log(_clusters);
        double[] distances = new double[batch.Count];
        Array.Fill(distances, double.MaxValue);
        int[] candidates = [Index(batch.Count)];
        for (int c = 0; c < _clusters; c++)
        {
            double[] nearest = Nearer(batch, distances, candidates, out int chosen);
            distances = nearest;
            batch.Row(chosen).CopyTo(centres.AsSpan(c * _width));
            double total = distances.Sum();
            candidates = [.. Enumerable.Range(0, draws).Select(_ => Pick(distances, _random.NextDouble() * total))];
        }

        return centres;
    }

    private double[] Nearer(Batch batch, double[] distances, int[] candidates, out int chosen)
    {
        float[] rows = new float[candidates.Length * _width], inner = new float[batch.Count * candidates.Length];
        for (int t = 0; t < candidates.Length; t++)
        {
            batch.Row(candidates[t]).CopyTo(rows.AsSpan(t * _width));
        }

        _products.MultiplyTile(batch.Values, rows, inner, batch.Count, candidates.Length, _width);
        double[] best = distances;
        double least = double.PositiveInfinity;
        chosen = candidates[0];
        for (int t = 0; t < candidates.Length; t++)
        {
            double[] nearest = new double[batch.Count];
            for (int i = 0; i < nearest.Length; i++)
            {
                double distance = batch.SquaredNorms[i] + batch.SquaredNorms[candidates[t]] - (2 * inner[(i * candidates.Length) + t]);
                nearest[i] = i == candidates[t] ? 0 : Math.Min(distances[i], Math.Max(distance, 0));
            }

            double total = nearest.Sum();
            if (total < least)
            {
                (best, least, chosen) = (nearest, total, candidates[t]);
            }
        }

        return best;
    }

    private static int Pick(double[] weights, double at)
    {
        int picked = 0;
        while (picked < weights.Length - 1 && (at -= weights[picked]) >= 0)
        {
            picked++;
        }

        return picked;
    }

    // Returns the sum of squared distances before the centres move.
    private double Step(float[] centres, double[] weights, Batch batch)
    {
        (int[] assigned, double spread) = Assign(centres, batch);
        double[] sums = new double[centres.Length];
        int[] sizes = new int[_clusters];
        for (int i = 0; i < batch.Count; i++)
        {
            sizes[assigned[i]]++;
            batch.AddTo(sums.AsSpan(assigned[i] * _width, _width), i);
        }

        for (int c = 0; c < _clusters; c++)
        {
            if (sizes[c] == 0)
            {
                continue;
            }

            for (int d = c * _width; d < (c + 1) * _width; d++)
            {
                centres[d] = (float)(((centres[d] * weights[c]) + sums[d]) / (weights[c] + sizes[c]));
            }

            weights[c] += sizes[c];
        }

        ReplaceIdle(centres, weights, batch);
        return spread;
    }

    // Centres that hardly any row chose start anew at random rows.
    private void ReplaceIdle(float[] centres, double[] weights, Batch batch)
    {
        double bar = SmallestShare * weights.Max();
        int[] idle = [.. Enumerable.Range(0, _clusters).Where(c => weights[c] < bar).Take(batch.Count / 2)];
        if (idle.Length == 0)
        {
            return;
        }

        double kept = Enumerable.Range(0, _clusters).Except(idle).Min(c => weights[c]);
        foreach (int c in idle)
        {
            batch.Row(Index(batch.Count)).CopyTo(centres.AsSpan(c * _width));
            weights[c] = kept;
        }
    }

    private (int[] Assigned, double Spread) Assign(float[] centres, Batch batch)
    {
        float[] inner = new float[batch.Count * _clusters];
        _products.MultiplyTile(batch.Values, centres, inner, batch.Count, _clusters, _width);
        double[] halves = Centres.HalfNorms(centres, _width);
        int[] assigned = new int[batch.Count];
        double spread = 0;
        for (int i = 0; i < assigned.Length; i++)
        {
            int c = assigned[i] = Centres.Nearest(inner, halves, i, 0, _clusters);
            spread += Math.Max(batch.SquaredNorms[i] - (2 * (inner[(i * _clusters) + c] - halves[c])), 0);
        }

        return (assigned, spread);
    }

    /// <summary>Some rows of the union, centred, in one array.</summary>
    private sealed class Batch
    {
        private readonly int _width;

        public Batch(UnionRows union, int[] rows)
        {
            _width = union.Width;
            Count = rows.Length;
            Values = new float[rows.Length * _width];
            SquaredNorms = new double[rows.Length];
            for (int i = 0; i < rows.Length; i++)
            {
                Span<float> target = Values.AsSpan(i * _width, _width);
                union.Copy(rows[i], target);
                foreach (float value in target)
                {
                    SquaredNorms[i] += (double)value * value;
                }
            }
        }

        public int Count { get; }

        public float[] Values { get; }

        public double[] SquaredNorms { get; }

        public ReadOnlySpan<float> Row(int index) => Values.AsSpan(index * _width, _width);

        public void AddTo(Span<double> sum, int index)
        {
            ReadOnlySpan<float> row = Row(index);
            for (int d = 0; d < row.Length; d++)
            {
                sum[d] += row[d];
            }
        }
    }
}
