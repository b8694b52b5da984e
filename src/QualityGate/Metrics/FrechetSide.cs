using QualityGate.Features;
using QualityGate.Numerics;
using QualityGate.Numerics.Linear;

namespace QualityGate.Metrics;

/// <summary>One set as FID sees it: its rows, or only its moments.</summary>
internal sealed record FrechetSide(FeatureSet Set, FeatureMatrix? Rows, double[] Mean)
{
    public int Width => Mean.Length;

    /// <summary>Images, or as many as can be when only moments are known.</summary>
    public int Images => Rows?.Count ?? int.MaxValue;

    public static FrechetSide Of(MetricInputs inputs, FeatureSet set, string role)
    {
        if (set.Features is { } rows)
        {
            return rows.Count >= 2
                ? new FrechetSide(set, rows, inputs.MeanOf(set))
                : throw new MetricUnavailableException($"FID needs at least 2 images in each set; the {role} has {rows.Count}");
        }

        return set.Moments is { } moments
            ? new FrechetSide(set, null, moments.Mean)
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
