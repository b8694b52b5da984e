using System.Globalization;
using QualityGate.Features;
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
        Side reference = Side.Of(inputs, inputs.Reference, "reference");
        Side candidate = Side.Of(inputs, inputs.Candidate, "candidate");
        MetricInputs.RequireSameWidth(reference.Width, candidate.Width);
        if (reference.Width > WidestFeatures)
        {
            throw new MetricUnavailableException($"FID needs covariances of all pairs of features; {reference.Width} features are more than {WidestFeatures}");
        }

        double between = 0;
        for (int d = 0; d < reference.Width; d++)
        {
            double difference = reference.Mean[d] - candidate.Mean[d];
            between += difference * difference;
        }

        double traces = reference.Trace(inputs, cancellation) + candidate.Trace(inputs, cancellation);
        double distance = between + traces - (2 * Root(inputs, reference, candidate, cancellation));

        // What lies below zero is rounding: the distance of two Gaussians is never negative.
        return MetricOutcome.Of(Math.Max(distance, 0));
    }

    // A set of few images is its own factor of its covariance, of rank N - 1 at most: less work, and none of the
    // square roots of rounding errors that a covariance with D - N + 1 zero eigenvalues brings.
    private static double Root(MetricInputs inputs, Side reference, Side candidate, CancellationToken cancellation)
    {
        (Side small, Side large) = reference.Images <= candidate.Images ? (reference, candidate) : (candidate, reference);
        double[] other = large.Covariance(inputs, cancellation);
        int mostRoots = small.Images - 1;
        return small.Images <= small.Width
            ? TraceOfRoot.FromFactor(small.CentredRows(), small.Images, other, small.Width, mostRoots, inputs.Products)
            : TraceOfRoot.FromCovariances(small.Covariance(inputs, cancellation), other, small.Width, mostRoots, inputs.Products);
    }

    /// <summary>One set: its rows, or only its moments.</summary>
    private sealed record Side(FeatureSet Set, FeatureMatrix? Rows, double[] Mean)
    {
        public int Width => Mean.Length;

        /// <summary>Images, or as many as can be when only moments are known.</summary>
        public int Images => Rows?.Count ?? int.MaxValue;

        public static Side Of(MetricInputs inputs, FeatureSet set, string role)
        {
            if (set.Features is { } rows)
            {
                return rows.Count >= 2
                    ? new Side(set, rows, inputs.MeanOf(set))
                    : throw new MetricUnavailableException($"FID needs at least 2 images in each set; the {role} has {rows.Count}");
            }

            return set.Moments is { } moments
                ? new Side(set, null, moments.Mean)
                : throw new MetricUnavailableException($"the {role} ({set.Source}) holds neither features nor mean and covariance");
        }

        public double[] Covariance(MetricInputs inputs, CancellationToken cancellation) =>
            Rows is null ? Set.Moments!.Covariance : inputs.CovarianceOf(Set, cancellation);

        public double Trace(MetricInputs inputs, CancellationToken cancellation)
        {
            if (Rows is not null && Images <= Width)
            {
                double[] centred = CentredRows();
                return VectorKernels.Dot(centred, centred);
            }

            double[] covariance = Covariance(inputs, cancellation);
            double trace = 0;
            for (int d = 0; d < Width; d++)
            {
                trace += covariance[((long)d * Width) + d];
            }

            return trace;
        }

        /// <summary>Rows less the mean, over the root of N - 1: X with S = X^T X.</summary>
        public double[] CentredRows()
        {
            double[] rows = new double[(long)Rows!.Count * Width];
            MomentAccumulator.Centre(Rows, Mean, 0, Rows.Count, rows);
            double scale = 1 / Math.Sqrt(Rows.Count - 1);
            for (int i = 0; i < rows.Length; i++)
            {
                rows[i] *= scale;
            }

            return rows;
        }
    }
}
