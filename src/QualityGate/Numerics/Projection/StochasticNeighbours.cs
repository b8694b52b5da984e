using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace QualityGate.Numerics.Projection;

/// <summary>
/// t-SNE in two dimensions (van der Maaten and Hinton, "Visualizing Data using t-SNE", 2008): rows that are alike end up near each other. Repulsion is exact, over
/// all pairs. The start is the first two principal components (Kobak and Berens, "The art of using t-SNE", 2019), nothing is drawn at random, and each row's force is
/// summed by itself in a fixed order, so equal rows give equal maps whatever the number of threads.
/// </summary>
public static class StochasticNeighbours
{
    private const double Exaggeration = 12;
    private const int ExaggeratedSteps = 150;
    private const int Steps = 500;
    private const double SmallestGain = 0.01;

    /// <summary>Places the rows.</summary>
    /// <param name="rows">A few thousand rows with a few dozen columns, the two widest first: scores of principal components.</param>
    /// <param name="perplexity">How many neighbours count; made smaller for few rows.</param>
    /// <param name="cancellation">Stops between steps.</param>
    /// <param name="threads">Most threads, or null for one a core.</param>
    /// <returns>x and y of each row.</returns>
    public static (double[] X, double[] Y) Place(IReadOnlyList<double[]> rows, double perplexity, CancellationToken cancellation, int? threads = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        double[] x = Start(rows, 0), y = Start(rows, 1);
        if (rows.Count < 4)
        {
            return (x, y);
        }

        ParallelOptions parallel = new() { CancellationToken = cancellation, MaxDegreeOfParallelism = threads ?? -1 };
        var state = new State(x, y, NeighbourAffinities.Of(rows, Math.Max(1, Math.Min(perplexity, (rows.Count - 1) / 3.0)), parallel), parallel);
        for (int step = 0; step < Steps; step++)
        {
            cancellation.ThrowIfCancellationRequested();
            state.Step(step < ExaggeratedSteps ? Exaggeration : 1, step < ExaggeratedSteps ? 0.5 : 0.8);
        }

        return (x, y);
    }

    // A tiny start lets the forces decide; equal rows are set apart by their index, else nothing would ever part them.
    private static double[] Start(IReadOnlyList<double[]> rows, int column)
    {
        double[] values = [.. rows.Select(row => row.Length > column ? row[column] : 0)];
        double spread = values.Length == 0 ? 0 : Math.Sqrt(values.Sum(v => v * v) / values.Length);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = (spread > 0 ? 1e-4 * values[i] / spread : 0) + (1e-7 * (((i * (column == 0 ? 7919 : 104729)) % 1000) - 500) / 500.0);
        }

        return values;
    }

    private sealed class State(double[] x, double[] y, NeighbourAffinities affinities, ParallelOptions parallel)
    {
        private readonly double _rate = Math.Max(200, x.Length / Exaggeration);
        private readonly double[] _repelX = new double[x.Length], _repelY = new double[x.Length], _sum = new double[x.Length];
        private readonly double[] _speedX = new double[x.Length], _speedY = new double[x.Length];
        private readonly double[] _gainX = Ones(x.Length), _gainY = Ones(x.Length);

        public void Step(double exaggeration, double momentum)
        {
            Parallel.For(0, x.Length, parallel, Repel);
            double total = 0;
            foreach (double sum in _sum)
            {
                total += sum;
            }

            double normaliser = 1 / Math.Max(total, double.Epsilon);
            Parallel.For(0, x.Length, parallel, i => Attract(i, exaggeration, normaliser));
            Move(x, _speedX, _repelX, _gainX, momentum);
            Move(y, _speedY, _repelY, _gainY, momentum);
        }

        // Four lanes whatever the processor has: the order of sums is the same everywhere.
        private void Repel(int i)
        {
            Vector256<double> sum = default, forceX = default, forceY = default;
            Vector256<double> xi = Vector256.Create(x[i]), yi = Vector256.Create(y[i]);
            ref double xs = ref MemoryMarshal.GetArrayDataReference(x), ys = ref MemoryMarshal.GetArrayDataReference(y);
            int j = 0;
            for (; j <= x.Length - Vector256<double>.Count; j += Vector256<double>.Count)
            {
                Vector256<double> dx = xi - Vector256.LoadUnsafe(ref xs, (nuint)j), dy = yi - Vector256.LoadUnsafe(ref ys, (nuint)j);
                Vector256<double> kernel = Vector256<double>.One / (Vector256<double>.One + (dx * dx) + (dy * dy));
                Vector256<double> squared = kernel * kernel;
                sum += kernel;
                forceX += squared * dx;
                forceY += squared * dy;
            }

            double s = Vector256.Sum(sum), fx = Vector256.Sum(forceX), fy = Vector256.Sum(forceY);
            for (; j < x.Length; j++)
            {
                double dx = x[i] - x[j], dy = y[i] - y[j], kernel = 1 / (1 + (dx * dx) + (dy * dy));
                (s, fx, fy) = (s + kernel, fx + (kernel * kernel * dx), fy + (kernel * kernel * dy));
            }

            // The row itself added a kernel of 1 and no force.
            (_sum[i], _repelX[i], _repelY[i]) = (s - 1, fx, fy);
        }

        private void Attract(int i, double exaggeration, double normaliser)
        {
            int[] neighbours = affinities.Neighbours[i];
            double[] weights = affinities.Weights[i];
            double forceX = -normaliser * _repelX[i], forceY = -normaliser * _repelY[i];
            for (int n = 0; n < neighbours.Length; n++)
            {
                double dx = x[i] - x[neighbours[n]], dy = y[i] - y[neighbours[n]];
                double pull = exaggeration * weights[n] / (1 + (dx * dx) + (dy * dy));
                (forceX, forceY) = (forceX + (pull * dx), forceY + (pull * dy));
            }

            (_repelX[i], _repelY[i]) = (4 * forceX, 4 * forceY);
        }

        // Jacobs' gains: a coordinate that keeps its direction speeds up, one that turns slows down.
        private void Move(double[] values, double[] speed, double[] gradient, double[] gain, double momentum)
        {
            double mean = 0;
            for (int i = 0; i < values.Length; i++)
            {
                bool turns = gradient[i] * speed[i] > 0;
                gain[i] = Math.Max(SmallestGain, turns ? gain[i] * 0.8 : gain[i] + 0.2);
                speed[i] = (momentum * speed[i]) - (_rate * gain[i] * gradient[i]);
                values[i] += speed[i];
                mean += values[i];
            }

            mean /= values.Length;
            for (int i = 0; i < values.Length; i++)
            {
                values[i] -= mean;
            }
        }

        private static double[] Ones(int count)
        {
            double[] ones = new double[count];
            Array.Fill(ones, 1);
            return ones;
        }
    }
}
