using QualityGate.Numerics;

namespace QualityGate.Metrics;

/// <summary>
/// CMMD: <c>1000 (mean k(x, x') + mean k(y, y') - 2 mean k(x, y))</c> with the kernel <c>exp(-|a - b|^2 / (2 sigma^2))</c> on features of length 1,
/// all pairs counted, those of an image with itself too. 0 for equal sets, never negative, lower is better; biased upwards at small sizes. Meant for CLIP
/// features; on others it is a distance all the same, without the published numbers.
/// Source: Jayasumana et al., "Rethinking FID", 2024, google-research cmmd (<c>cmmd</c>).
/// </summary>
/// <remarks>Needs features <c>[N, D]</c>, without rows of zeros when they are normalised. Float64 throughout, in tiles.</remarks>
internal sealed class ClipMeanDiscrepancy : IMetricFamily
{
    private const double Factor = 1000;
    private const string Yes = "yes";

    public string Name => "cmmd";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("cmmd", MetricDirection.Lower, "Distance between the two sets by a Gaussian kernel; meant for CLIP features.") { Least = 0 },
    ];

    public IReadOnlyList<ParameterDefinition> Parameters { get; } =
    [
        new() { Name = "sigma", Default = "10", Minimum = 1e-6, Maximum = 1e6, IsReal = true, Summary = "Width of the kernel." },
        new() { Name = "normalise", Default = Yes, Choices = [Yes, "no"], Summary = "Whether features are brought to length 1." },
    ];

    public MetricNeeds Needs => MetricNeeds.Features;

    public string Convention(ParameterValues parameters) => "cmmd";

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        (FeatureMatrix reference, FeatureMatrix candidate) = inputs.Features();
        bool normalise = parameters.Word("normalise") == Yes;
        PairSide x = Side(reference, normalise, "reference"), y = Side(candidate, normalise, "candidate");
        GaussianKernel kernel = new(parameters.Real("sigma"));
        return inputs.WithErrors
            ? MetricOutcome.Of(WithError(x, y, new PairTotals<GaussianKernel>(kernel, inputs.Products, cancellation)))
            : MetricOutcome.Of(Value(x, y, new PairSums<GaussianKernel>(kernel, reference.Width, inputs.Products, Environment.ProcessorCount, cancellation)));
    }

    private static double Value(PairSide x, PairSide y, PairSums<GaussianKernel> sums)
    {
        double n = x.Rows.Count, m = y.Rows.Count;
        double distance = (sums.Sum(x, x) / (n * n)) + (sums.Sum(y, y) / (m * m)) - (2 * sums.Sum(x, y) / (n * m));

        // What lies below zero is rounding.
        return Factor * Math.Max(distance, 0);
    }

    private static MetricNumber WithError(PairSide x, PairSide y, PairTotals<GaussianKernel> totals)
    {
        KernelNoise noise = new(totals.Of(x, x), totals.Of(y, y), totals.Of(x, y), isUnbiased: false);
        MetricNumber value = Factor * Math.Max(noise.Value, 0);
        return noise.Variance() is { } variance
            ? value with
            {
                StandardError = Factor * Math.Sqrt(variance),
                Influence = new MetricInfluence(Array.ConvertAll(noise.First(), v => Factor * v), Array.ConvertAll(noise.Second(), v => Factor * v)),
            }
            : value;
    }

    private static PairSide Side(FeatureMatrix rows, bool normalise, string role) => new(rows, normalise ? RowNorms.Inverses(rows, role) : null);
}
