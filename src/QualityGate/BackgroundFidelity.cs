using QualityGate.Features;
using QualityGate.Metrics;
using QualityGate.Numerics;
using QualityGate.Specs;

namespace QualityGate;

/// <summary>Metrics between reference and candidate in every mode, so that a candidate's objects and its backgrounds can be told apart.</summary>
internal static class BackgroundFidelity
{
    private static readonly string[] DefaultFamilies = ["fid", "prdc"];

    public static (MetricTable? Table, IReadOnlyList<string> Notes) Compute(
        ModeFeatures modes, BackgroundRequest request, IMatrixProducts products, CancellationToken cancellation)
    {
        if (request.Other is null)
            return (null, []);
        bool isReference = request.Settings.Set == AuditedSet.Reference;
        string otherRole = isReference ? "candidate" : "reference";
        if (!SetMasks.AreAlike(request.Masks))
            return (null, [$"The {otherRole} has no masks of the same kind, so that metrics between the sets were not computed by mode."]);
        MeasuredMetrics[] measured = new MeasuredMetrics[modes.Count];
        for (int mode = 0; mode < modes.Count; mode++)
        {
            FeatureSet other = modes.Load(mode, request.Other, otherRole, cancellation);
            MetricInputs inputs = isReference ? new(modes.Set(mode), other, products) : new(other, modes.Set(mode), products);
            measured[mode] = MetricRegistry.Compute(Families(request), request.Parameters, inputs, cancellation);
        }

        return (TableOf(modes, measured), Reasons(measured));
    }

    // Metrics that come from elsewhere, or that look at one set's classes, say nothing of the two sets.
    private static IMetricFamily[] Families(BackgroundRequest request)
    {
        IMetricFamily[] asked = [.. request.Families.Where(f => f is not (AnomalyFamily or BackgroundFamily) && !f.Needs.HasFlag(MetricNeeds.CandidateLabels))];
        return asked.Length > 0 ? asked : [.. DefaultFamilies.Select(MetricRegistry.Find).OfType<IMetricFamily>()];
    }

    private static MetricTable TableOf(ModeFeatures modes, MeasuredMetrics[] measured) => new(
        "background.fidelity",
        [.. Enumerable.Range(0, modes.Count).Select(modes.Name)],
        [.. Enumerable.Range(0, measured[0].Values.Count).Select(row => (IReadOnlyList<double?>)[.. measured.Select(m => m.Values[row].Value)])])
    {
        RowNames = [.. measured[0].Values.Select(v => v.Name)],
        IsShown = true,
        Caption = "Metrics between reference and candidate by what is done to both sets' backgrounds.",
    };

    private static string[] Reasons(MeasuredMetrics[] measured) =>
        [.. measured.SelectMany(m => m.Values).Where(v => v.Value is null).Select(v => $"{v.Name} could not be computed: {v.Error}").Distinct()];
}
