using QualityGate.Features;
using QualityGate.Specs;

namespace QualityGate.Metrics;

/// <summary>The metrics of one class: its reference images against its candidate images.</summary>
/// <param name="Name">The class.</param>
/// <param name="ReferenceCount">Its images in the reference.</param>
/// <param name="CandidateCount">Its images in the candidate.</param>
/// <param name="Values">Every metric that is computed by class, in the registry's order.</param>
public sealed record MeasuredClass(string Name, int ReferenceCount, int CandidateCount, IReadOnlyList<MetricValue> Values);

/// <summary>Computes metrics class by class. A class is a view on the rows of the sets, not a copy.</summary>
public static class ClassMetrics
{
    /// <summary>Every class of the two sets, in ordinal order of their names; none unless both sets have labels.</summary>
    /// <param name="families">Which metrics; those that make no sense inside a class are left out.</param>
    /// <param name="parameters">What was written for them.</param>
    /// <param name="whole">The whole sets.</param>
    /// <param name="cancellation">Stops between tiles.</param>
    public static IReadOnlyList<MeasuredClass> Compute(
        IEnumerable<IMetricFamily> families, IReadOnlyList<MetricParameter> parameters, MetricInputs whole, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(whole);
        if (whole.Reference.Labels is not { } reference || whole.Candidate.Labels is not { } candidate)
        {
            return [];
        }

        IMetricFamily[] wanted = [.. families.Where(f => f.IsPerClass)];
        Dictionary<string, int[]> referenceRows = RowsByClass(reference), candidateRows = RowsByClass(candidate);
        List<MeasuredClass> classes = [];
        foreach (string name in referenceRows.Keys.Union(candidateRows.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            cancellation.ThrowIfCancellationRequested();
            int[] inReference = referenceRows.GetValueOrDefault(name, []), inCandidate = candidateRows.GetValueOrDefault(name, []);
            IReadOnlyList<MetricValue> values = (inReference.Length, inCandidate.Length) switch
            {
                (0, _) => Missing(wanted, parameters, "reference", whole.Reference, whole),
                (_, 0) => Missing(wanted, parameters, "candidate", whole.Candidate, whole),
                _ => MetricRegistry.Compute(
                    wanted, parameters, whole.With(RowSubset.Of(whole.Reference, inReference), RowSubset.Of(whole.Candidate, inCandidate)), cancellation).Values,
            };
            classes.Add(new MeasuredClass(name, inReference.Length, inCandidate.Length, values));
        }

        return classes;
    }

    private static Dictionary<string, int[]> RowsByClass(IReadOnlyList<string> labels) => Enumerable.Range(0, labels.Count)
        .GroupBy(row => labels[row], StringComparer.Ordinal)
        .ToDictionary(rows => rows.Key, rows => rows.ToArray(), StringComparer.Ordinal);

    private static MetricValue[] Missing(IMetricFamily[] families, IReadOnlyList<MetricParameter> parameters, string role, FeatureSet set, MetricInputs whole)
    {
        string reason = $"the {role} ({set.Source}) has no image of this class";
        return
        [
            .. MetricRegistry.Families.Where(families.Contains).SelectMany(family =>
            {
                ParameterValues values = ParameterValues.Bind(family, parameters);
                return family.Metrics.Select((_, i) => MetricRegistry.Without(family, values, i, reason));
            }),
        ];
    }
}
