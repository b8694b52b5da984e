using QualityGate.Features;
using QualityGate.Images;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>The metrics that gates hold in other modes of the masks than the run's own. Features come from the cache that audits fill; a time budget does not hold.</summary>
internal static class MaskedMetrics
{
    public static MeasuredMetrics Compute(FeatureSource source, MeasureRequest request, IMatrixProducts products, CancellationToken cancellation)
    {
        List<MetricValue> values = [];
        foreach (IGrouping<MaskMode, MaskedMetric> mode in request.Masked.GroupBy(m => m.Mode))
        {
            MetricValue[] computed = InMode(source, request, mode.Key, [.. mode], products, cancellation);
            values.AddRange(mode.Select(m => computed.First(v => v.Name == m.Metric) with { Name = m.Name, Influence = null }));
        }

        return new MeasuredMetrics(values, [], []);
    }

    private static MetricValue[] InMode(
        FeatureSource source, MeasureRequest request, MaskMode mode, MaskedMetric[] metrics, IMatrixProducts products, CancellationToken cancellation)
    {
        if (Lacking(request) is { } reason)
            return [.. metrics.Select(m => Unavailable(m, request, reason))];
        using FeatureSource masked = source.InMode(request.Masks! with { Mode = mode });
        FeatureSet Load(string location, string role) => masked.Load(location, role, $"{mode}: {role}", null, cancellation).Set;
        FeatureSet reference = Load(request.Reference, "reference"), candidate = Load(request.Candidate, "candidate");
        return [.. MetricRegistry.Compute(metrics.Select(m => m.Family), request.Parameters, new MetricInputs(reference, candidate, products) { Confidence = request.Confidence }, cancellation).Values];
    }

    private static string? Lacking(MeasureRequest request)
    {
        (string Role, string Location)[] sets = [("reference", request.Reference), ("candidate", request.Candidate)];
        string? role = sets.FirstOrDefault(s => !ImageSet.IsImageLocation(s.Location) || !FeatureSource.Exists(s.Location)).Role;
        return role is not null ? $"the images of the {role} are not here, and features of other modes cannot be made of features"
            : request.Masks is not { Reference: not null, Candidate: not null } ? "it needs masks of both sets" : null;
    }

    private static MetricValue Unavailable(MaskedMetric metric, MeasureRequest request, string reason) => MetricRegistry.Without(
        metric.Family, ParameterValues.Bind(metric.Family, request.Parameters), metric.Family.Metrics.ToList().FindIndex(m => m.Name == metric.Metric), reason);
}
