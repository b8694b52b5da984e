using QualityGate.Numerics;
using QualityGate.Numerics.Random;

namespace QualityGate.Metrics;

/// <summary>
/// KID: the unbiased squared maximum mean discrepancy with the kernel <c>(x.y / D + 1)^3</c>. 0 is the value of equal
/// distributions; it can fall below by chance. Unlike FID it has no bias at small N.
/// Source: Binkowski et al., "Demystifying MMD GANs", 2018. Conventions: <c>torch-fidelity</c> takes mean and standard deviation (ddof 0)
/// over random subsets drawn by numpy's RandomState(seed), the candidate's first; <c>full</c> is the U-statistic of the whole sets.
/// </summary>
/// <remarks>Needs features <c>[N, D]</c>; at least <c>subset_size</c> images a set, or 2 for <c>full</c>. Products in float64.</remarks>
internal sealed class KernelInceptionDistance : IMetricFamily
{
    private const int MostForInfluence = 20_000;

    public string Name => "kid";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("kid", MetricDirection.Lower, "Distance between the two sets without FID's bias at small sizes."),
        new("kid_std", MetricDirection.Lower, "Spread of KID over its subsets."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "subsets", Default = "100", Minimum = 1, Maximum = 100_000, Choices = ["all"], Summary = "Random subsets to average over; all: the whole sets once." },
        new() { Name = "subset_size", Default = "1000", Minimum = 2, Summary = "Images in each subset." },
        new() { Name = "seed", Default = "2020", Minimum = 0, Summary = "Seed of the draws." },
        new()
        {
            Name = "convention",
            Default = "torch-fidelity",
            Choices = ["torch-fidelity", "full"],
            Summary = "torch-fidelity: random subsets; full: the whole sets once (the same as subsets: all).",
        },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => parameters.Word("subsets") ?? parameters.Word("convention")! switch
    {
        "full" => "all",
        _ => "torch-fidelity",
    };

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = inputs.Features();
        bool whole = parameters.Word("subsets") == "all" || parameters.Word("convention") == "full";
        int size = whole ? 2 : parameters.Number("subset_size");
        RequireAtLeast(size, reference.Count, "reference", whole);
        RequireAtLeast(size, candidate.Count, "candidate", whole);
        double[] values = whole
            ? [SubsetDiscrepancies.Whole(candidate, reference, inputs.Products, Environment.ProcessorCount, cancellation)]
            : SubsetDiscrepancies.Compute(
                candidate,
                reference,
                DrawSubsets(candidate.Count, reference.Count, parameters.Number("subsets"), size, (uint)parameters.Number("seed")),
                inputs.Products,
                Environment.ProcessorCount,
                cancellation);
        double mean = values.Average(), spread = Math.Sqrt(values.Average(value => (value - mean) * (value - mean)));
        return MetricOutcome.Of(inputs.WithErrors ? WithError(reference, candidate, mean, spread, whole, parameters, inputs, cancellation) : mean, spread);
    }

    // A mean over subsets is, in the mean over their draws, the U-statistic of the whole sets; to its variance comes that of the draws.
    private static MetricNumber WithError(
        FeatureMatrix reference, FeatureMatrix candidate, double mean, double spread, bool whole, ParameterValues parameters, MetricInputs inputs, CancellationToken cancellation)
    {
        MetricNumber value = mean;
        int subsets = whole ? 1 : parameters.Number("subsets"), size = whole ? 0 : parameters.Number("subset_size"), fewest = Math.Min(reference.Count, candidate.Count);
        double drawn = subsets > 1 ? spread * spread / (subsets - 1) : 0;
        if (!whole && Math.Max(reference.Count, candidate.Count) > MostForInfluence)
        {
            // All pairs of so many images would take far longer than the value. What the subsets spread falls with their size, at least.
            return subsets > 1 ? value with { StandardError = Math.Sqrt((spread * spread * size / fewest) + drawn) } : value;
        }

        PairTotals<PolynomialKernel> totals = new(new PolynomialKernel(reference.Width), inputs.Products, cancellation);
        PairSide x = new(candidate), y = new(reference);
        KernelNoise noise = new(totals.Of(x, x), totals.Of(y, y), totals.Of(x, y), isUnbiased: true);
        return noise.Variance() is { } variance && (whole || subsets > 1 || size == fewest)
            ? value with { StandardError = Math.Sqrt(variance + drawn), Influence = new MetricInfluence(noise.Second(), noise.First()) }
            : value;
    }

    private static Draw[] DrawSubsets(int candidates, int references, int subsets, int size, uint seed)
    {
        NumpyRandomState random = new(seed);
        Draw[] draws = new Draw[subsets];
        for (int s = 0; s < subsets; s++)
        {
            draws[s] = new Draw(random.ChoiceWithoutReplacement(candidates, size), random.ChoiceWithoutReplacement(references, size));
        }

        return draws;
    }

    private static void RequireAtLeast(int size, int count, string role, bool whole)
    {
        if (count < size)
        {
            throw new MetricUnavailableException(
                whole
                    ? $"KID needs at least 2 images in each set; the {role} has {count}"
                    : $"KID draws subsets of {size} images; the {role} has {count}. Set kid.subset_size to {count} or less, or kid.subsets to all");
        }
    }

    /// <summary>The rows of one subset.</summary>
    internal sealed record Draw(int[] Candidate, int[] Reference);
}
