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
        new("cmmd", MetricDirection.Lower, "Distance between the two sets by a Gaussian kernel; meant for CLIP features."),
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
        PairSums<GaussianKernel> sums = new(new GaussianKernel(parameters.Real("sigma")), reference.Width, inputs.Products, Environment.ProcessorCount, cancellation);
        double n = reference.Count, m = candidate.Count;
        double distance = (sums.Sum(x, x) / (n * n)) + (sums.Sum(y, y) / (m * m)) - (2 * sums.Sum(x, y) / (n * m));

        // What lies below zero is rounding.
        return MetricOutcome.Of(Factor * Math.Max(distance, 0));
    }

    private static PairSide Side(FeatureMatrix rows, bool normalise, string role) => new(rows, normalise ? RowNorms.Inverses(rows, role) : null);
}
