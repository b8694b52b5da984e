using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// FID without most of its bias at finite sizes: FID grows nearly linearly in 1/M, so it is measured at several candidate sizes M, a line is
/// fitted by least squares, and read where 1/M is 0. 0 is best; it can fall below by chance. Lower is better.
/// Source: Chong and Forsyth, "Effectively Unbiased FID and Inception Score", 2020, FID_IS_infinity (<c>fid-infinity</c>): 15 sizes from 5,000 to all, a fresh draw each.
/// </summary>
/// <remarks>Needs features <c>[M, D]</c> of the candidate with M above <c>min_size</c>, and features or statistics of the reference, which stays whole: its own bias remains.</remarks>
internal sealed class FrechetInfinity : IMetricFamily
{
    private static readonly FrechetInceptionDistance Distance = new();

    public string Name => "fid_infinity";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("fid_infinity", MetricDirection.Lower, "FID that a candidate set without end would have, by extrapolation."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "min_size", Default = "5000", Minimum = 2, Summary = "Smallest candidate size that FID is measured at." },
        new() { Name = "sizes", Default = "15", Minimum = 2, Maximum = 1000, Summary = "How many sizes, evenly from the smallest to all." },
        new() { Name = "seed", Default = "2020", Minimum = 0, Summary = "Seed of the draws." },
    ];

    public MetricNeeds Needs => MetricNeeds.CandidateFeatures;

    public bool LooksAtReference => true;

    public string Convention(ParameterValues parameters) => "fid-infinity";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        int smallest = parameters.Number("min_size"), count = inputs.Candidate.Count;
        if (count <= smallest)
        {
            throw new MetricUnavailableException(
                $"FID is measured at {smallest} candidate images and more; there are {count}. Set fid_infinity.min_size to less, at least to the number of features");
        }

        NumpyRandomState random = new((uint)parameters.Number("seed"));
        int[] sizes = Sizes(smallest, count, parameters.Number("sizes"));
        double[] distances = new double[sizes.Length];
        ParameterValues none = ParameterValues.Bind(Distance, []);
        for (int i = 0; i < sizes.Length; i++)
        {
            int[] rows = random.Permutation(count)[..sizes[i]];
            Array.Sort(rows);
            FeatureSet part = inputs.Candidate with { Count = rows.Length, Features = new SelectedRows(inputs.Candidate.Features!, rows), Ids = null, Hashes = null, Labels = null };
            distances[i] = Distance.Compute(inputs.With(inputs.Reference, part, withErrors: false), none, cancellation).Numbers[0].Value;
        }

        double[] inverses = Array.ConvertAll(sizes, size => 1.0 / size);
        MetricNumber value = Intercept(inverses, distances);
        return MetricOutcome.Of(inputs.WithErrors ? WithError(value, Distance.Compute(inputs, none, cancellation).Numbers[0], sizes, inverses) : value) with
        {
            Tables = [new MetricTable("fid_infinity.fit", ["size", "fid"], [.. sizes.Select((size, i) => (IReadOnlyList<double?>)[size, distances[i]])])],
        };
    }

    // The line is a sum of distances whose weights add up to 1, and each is, to first order, what the same images do to FID of the whole; to that comes what the draws of
    // subsets of a finite set add, M of N: a share N / M - 1 of the candidate's own variance.
    private static MetricNumber WithError(MetricNumber value, MetricNumber whole, int[] sizes, double[] inverses)
    {
        if (whole is not { StandardError: { } error, Influence: { } influence })
        {
            return value with { Influence = whole.Influence };
        }

        double drawn = sizes.Select((size, i) =>
        {
            double weight = Intercept(inverses, [.. sizes.Select((_, j) => j == i ? 1.0 : 0)]);
            return weight * weight * (((double)sizes[^1] / size) - 1);
        }).Sum();
        return value with { Influence = influence, StandardError = Math.Sqrt((error * error) + (drawn * MetricInfluence.Variance(influence.Candidate))) };
    }

    // numpy's linspace, cut to whole numbers.
    private static int[] Sizes(int first, int last, int count) =>
        [.. Enumerable.Range(0, count).Select(i => i == count - 1 ? last : (int)(first + (i * ((double)(last - first) / (count - 1)))))];

    /// <summary>Where the least-squares line through the points meets x = 0.</summary>
    internal static double Intercept(double[] x, double[] y)
    {
        double meanX = x.Average(), meanY = y.Average(), xy = 0, xx = 0;
        for (int i = 0; i < x.Length; i++)
        {
            xy += (x[i] - meanX) * (y[i] - meanY);
            xx += (x[i] - meanX) * (x[i] - meanX);
        }

        return xx == 0 ? meanY : meanY - (xy / xx * meanX);
    }
}
