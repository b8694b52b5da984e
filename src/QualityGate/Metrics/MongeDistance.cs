using QualityGate.Numerics;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// MIND: a sliced Wasserstein distance. Both sets are projected onto random unit directions; on each, sorted projections are compared rank by
/// rank. <c>3 D</c> times the mean squared difference. 0 for equal sets, lower is better.
/// Source: MIND, arXiv 2605.06797, as torch-fidelity computes it (<c>mind</c>): 1,000 directions; of sets of unequal size a sample of the larger.
/// </summary>
/// <remarks>Needs features <c>[N, D]</c>. Directions come from this tool's own seeded generator, not torch's, so numbers agree with torch-fidelity's statistically, not to the digit.</remarks>
internal sealed class MongeDistance : IMetricFamily
{
    private const int DirectionsAtOnce = 64;
    private const int BlockRows = 256;

    public string Name => "mind";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("mind", MetricDirection.Lower, "Distance between the two sets along random directions.") { Least = 0 },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "projections", Default = "1000", Minimum = 1, Maximum = 100_000, Summary = "Random directions." },
        new() { Name = "seed", Default = "2020", Minimum = 0, Summary = "Seed of the directions, and of the sample when sizes differ." },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => "mind";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = inputs.Features();
        NumpyRandomState random = new((uint)parameters.Number("seed"));
        double[] directions = UnitDirections(parameters.Number("projections"), reference.Width, random);
        int size = Math.Min(reference.Count, candidate.Count);
        int[]? ofReference = Sample(reference.Count, size, random), ofCandidate = Sample(candidate.Count, size, random);
        FeatureMatrix first = Chosen(reference, ofReference), second = Chosen(candidate, ofCandidate);
        if (!inputs.WithErrors)
        {
            return MetricOutcome.Of(Distance(first, second, directions, inputs.Products, cancellation));
        }

        MongePotentials potentials = new(size);
        MetricNumber value = Distance(first, second, directions, inputs.Products, cancellation, potentials);
        double scale = 3.0 * reference.Width / parameters.Number("projections");
        MetricInfluence influence = new(
            MongePotentials.Spread(potentials.First, ofReference, reference.Count, scale), MongePotentials.Spread(potentials.Second, ofCandidate, candidate.Count, scale));
        return MetricOutcome.Of(value with { Influence = influence, StandardError = influence.StandardError() });
    }

    /// <summary>The distance along given unit directions <c>[P, D]</c>, for sets of one size.</summary>
    internal static double Distance(
        FeatureMatrix first, FeatureMatrix second, double[] directions, IMatrixProducts products, CancellationToken cancellation, MongePotentials? potentials = null)
    {
        int width = first.Width, count = directions.Length / width;
        double[] squares = new double[count];
        for (int start = 0; start < count; start += DirectionsAtOnce)
        {
            int from = start, some = Math.Min(DirectionsAtOnce, count - start);
            double[] part = directions[(start * width)..((start + some) * width)];
            double[][] ours = Project(first, part, some, products, cancellation), theirs = Project(second, part, some, products, cancellation);
            int[][] ourOrder = new int[some][], theirOrder = new int[some][];
            Parallel.For(0, some, p =>
            {
                (ourOrder[p], theirOrder[p]) = (Sort(ours[p], potentials is not null), Sort(theirs[p], potentials is not null));
                double sum = 0;
                for (int i = 0; i < ours[p].Length; i++)
                {
                    sum += (ours[p][i] - theirs[p][i]) * (ours[p][i] - theirs[p][i]);
                }

                squares[from + p] = sum / ours[p].Length;
            });
            for (int p = 0; p < some && potentials is not null; p++)
            {
                potentials.Add(ours[p], ourOrder[p], theirs[p], theirOrder[p]);
            }
        }

        return 3.0 * width * squares.Sum() / count;
    }

    private static int[] Sort(double[] values, bool withOrder)
    {
        if (!withOrder)
        {
            Array.Sort(values);
            return [];
        }

        int[] order = [.. Enumerable.Range(0, values.Length)];
        Array.Sort(values, order);
        return order;
    }

    private static double[][] Project(FeatureMatrix rows, double[] directions, int count, IMatrixProducts products, CancellationToken cancellation)
    {
        double[][] projections = [.. Enumerable.Range(0, count).Select(_ => new double[rows.Count])];
        PairSide side = new(rows);
        Parallel.For(0, (rows.Count + BlockRows - 1) / BlockRows, new ParallelOptions { CancellationToken = cancellation }, b =>
        {
            int start = b * BlockRows, some = Math.Min(BlockRows, rows.Count - start);
            double[] block = new double[some * rows.Width], product = new double[some * count];
            side.Fill(start, some, block);
            products.MultiplyTile(block, directions, product, some, count, rows.Width);
            for (int i = 0; i < some; i++)
            {
                for (int p = 0; p < count; p++)
                {
                    projections[p][start + i] = product[(i * count) + p];
                }
            }
        });
        return projections;
    }

    private static int[]? Sample(int count, int size, NumpyRandomState random)
    {
        if (count == size)
        {
            return null;
        }

        int[] chosen = random.ChoiceWithoutReplacement(count, size);
        Array.Sort(chosen);
        return chosen;
    }

    private static FeatureMatrix Chosen(FeatureMatrix rows, int[]? chosen) => chosen is null ? rows : new SelectedRows(rows, chosen);

    // Normal values in every coordinate (Box and Muller), brought to length 1: every direction is as likely as any other.
    private static double[] UnitDirections(int count, int width, NumpyRandomState random)
    {
        double[] directions = new double[checked(count * width)];
        for (int p = 0; p < count; p++)
        {
            Span<double> direction = directions.AsSpan(p * width, width);
            double squares = 0;
            for (int d = 0; d < width; d++)
            {
                double radius = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble()));
                direction[d] = radius * Math.Cos(2 * Math.PI * random.NextDouble());
                squares += direction[d] * direction[d];
            }

            for (int d = 0; d < width; d++)
            {
                direction[d] /= Math.Sqrt(squares);
            }
        }

        return directions;
    }
}
