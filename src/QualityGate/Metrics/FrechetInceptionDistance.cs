using System.Globalization;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>
/// FID: the squared Frechet distance between Gaussians fitted to the two sets' features,
/// <c>|m_r - m_c|^2 + tr(S_r + S_c - 2 (S_r S_c)^1/2)</c>, covariances divided by N - 1. 0 is best, no upper bound. It sees faithfulness and
/// diversity at once and tells them apart in neither; it is biased upwards at small N.
/// Source: Heusel et al., "GANs Trained by a Two Time-Scale Update Rule", 2017; equal to pytorch-fid, torch-fidelity and clean-fid on the same features.
/// </summary>
/// <remarks>Needs features <c>[N, D]</c>, N at least 2, or a statistics file with mean and covariance, on each side.</remarks>
internal sealed class FrechetInceptionDistance : IMetricFamily
{
    // Two covariances of 8 GB.
    private const int WidestFeatures = 32_768;

    // Directions of more features at once would take some ten times the memory of the covariances.
    private const int MostDirections = 8_192;

    public string Name => "fid";

    public IReadOnlyList<MetricDefinition> Metrics { get; } =
    [
        new("fid", MetricDirection.Lower, "Distance between the two sets as a whole; sees both unfaithful and missing images."),
    ];

    public IReadOnlyList<ParameterDefinition> Parameters => [];

    public MetricNeeds Needs => MetricNeeds.None;

    public string Convention(ParameterValues parameters) => "heusel";

    public string? SizeWarning(MetricInputs inputs, ParameterValues parameters)
    {
        (string Role, FeatureMatrix? Rows)[] sets = [("reference", inputs.Reference.Features), ("candidate", inputs.Candidate.Features)];
        IEnumerable<string> warnings = sets.Where(s => s.Rows is { } rows && rows.Count <= rows.Width).Select(s => string.Create(
            CultureInfo.InvariantCulture,
            $"the covariance of {s.Rows!.Count} {s.Role} images of {s.Rows.Width} features has rank {s.Rows.Count - 1} at most"));
        string listed = string.Join(", ", warnings);
        return listed.Length == 0 ? null : $"FID: {listed}: it is biased upwards; compare only at equal sizes.";
    }

    public MetricOutcome Compute(MetricInputs inputs, ParameterValues parameters, CancellationToken cancellation)
    {
        FrechetSide reference = FrechetSide.Of(inputs, inputs.Reference, "reference");
        FrechetSide candidate = FrechetSide.Of(inputs, inputs.Candidate, "candidate");
        MetricInputs.RequireSameWidth(reference.Width, candidate.Width);
        if (reference.Width > WidestFeatures)
        {
            throw new MetricUnavailableException($"FID needs covariances of all pairs of features; {reference.Width} features are more than {WidestFeatures}");
        }

        double[] toReference = new double[reference.Width];
        for (int d = 0; d < reference.Width; d++)
        {
            toReference[d] = reference.Mean[d] - candidate.Mean[d];
        }

        double referenceTrace = reference.Trace(inputs, cancellation), candidateTrace = candidate.Trace(inputs, cancellation);
        double apart = VectorKernels.Dot(toReference, toReference) + (referenceTrace + candidateTrace);
        bool isCandidateFirst = candidate.Images < reference.Images;
        (FrechetSide first, FrechetSide second) = isCandidateFirst ? (candidate, reference) : (reference, candidate);
        if (!inputs.WithErrors || first.Rows is null || first.Images <= 2 || Math.Min(first.Images, first.Width) > MostDirections)
        {
            return MetricOutcome.Of(Distance(apart, Root(inputs, first, second, cancellation)));
        }

        // The changes of both sets without each image: those of the set that is the factor of the root, and those of the other, if it has images.
        CovarianceRoot root = Directions(inputs, first, second, cancellation);
        FrechetInfluence influence = new(root, inputs.Products, cancellation);
        double[] toSecond = isCandidateFirst ? toReference : Negative(toReference), toFirst = isCandidateFirst ? Negative(toReference) : toReference;
        (double firstTrace, double secondTrace) = isCandidateFirst ? (candidateTrace, referenceTrace) : (referenceTrace, candidateTrace);
        double[] ofFirst = influence.Changes(first, toSecond, firstTrace, first.Images <= first.Width ? null : root.MapOfFirst());
        double[] ofSecond = second.Rows is null ? [] : influence.Changes(second, toFirst, secondTrace, root.MapOfSecond());
        MetricInfluence images = isCandidateFirst
            ? new MetricInfluence(MetricInfluence.OfChanges(ofSecond), MetricInfluence.OfChanges(ofFirst))
            : new MetricInfluence(MetricInfluence.OfChanges(ofFirst), MetricInfluence.OfChanges(ofSecond));

        // Moments of which the images are gone have a noise that nobody knows.
        double? error = second.Rows is null ? null : FrechetNoise.StandardError(images, root.Roots);
        double bias = FrechetNoise.Bias(ofFirst) + FrechetNoise.Bias(ofSecond), distance = Distance(apart, root.Trace);
        return new MetricOutcome([new MetricNumber(distance, null) { Influence = images, StandardError = error }])
        {
            Tables = [FrechetNoise.BiasTable(distance, bias, error, (double)first.Images / first.Width, inputs.Confidence)],
        };
    }

    // What lies below zero is rounding: the distance of two Gaussians is never negative.
    private static double Distance(double apart, double root) => Math.Max(apart - (2 * root), 0);

    private static double[] Negative(double[] values) => Array.ConvertAll(values, v => -v);

    // A set of few images is its own factor of its covariance, of rank N - 1 at most: less work, and none of the
    // square roots of rounding errors that a covariance with D - N + 1 zero eigenvalues brings.
    private static double Root(MetricInputs inputs, FrechetSide small, FrechetSide large, CancellationToken cancellation)
    {
        double[] other = large.Covariance(inputs, cancellation);
        int mostRoots = small.Images - 1;
        return small.Images <= small.Width
            ? TraceOfRoot.FromFactor(small.CentredRows(), small.Images, other, small.Width, mostRoots, inputs.Products)
            : TraceOfRoot.FromCovariances(small.Covariance(inputs, cancellation), other, small.Width, mostRoots, inputs.Products);
    }

    private static CovarianceRoot Directions(MetricInputs inputs, FrechetSide small, FrechetSide large, CancellationToken cancellation)
    {
        double[] other = large.Covariance(inputs, cancellation);
        int mostRoots = small.Images - 1;
        return small.Images <= small.Width
            ? CovarianceRoot.FromFactor(small.CentredRows(), small.Images, other, small.Width, mostRoots, inputs.Products)
            : CovarianceRoot.FromCovariances(small.Covariance(inputs, cancellation), other, small.Width, mostRoots, inputs.Products);
    }
}
