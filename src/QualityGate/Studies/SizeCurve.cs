using QualityGate.Metrics;

namespace QualityGate.Studies;

/// <summary>What the draws of one size gave for one metric.</summary>
/// <param name="Mean">Mean over the draws, or null when one of them has no value.</param>
/// <param name="Deviation">Standard deviation over the draws (ddof 1), or null when there is no mean or the step is the whole set.</param>
public readonly record struct SizePoint(double? Mean, double? Deviation)
{
    internal static SizePoint Of(IReadOnlyList<double?> draws)
    {
        if (draws.Any(d => d is null))
        {
            return default;
        }

        double mean = draws.Average()!.Value;
        return new SizePoint(mean, draws.Count < 2 ? null : Math.Sqrt(draws.Sum(d => (d!.Value - mean) * (d.Value - mean)) / (draws.Count - 1)));
    }
}

/// <summary>All metrics over the sizes of one set while the other stays whole.</summary>
/// <param name="Role"><c>reference</c> or <c>candidate</c>: the set whose size changes.</param>
/// <param name="Metrics">Names of the metrics.</param>
/// <param name="Sizes">Ascending; the last is the whole set.</param>
/// <param name="Points">For each size a point for each metric.</param>
public sealed record SizeCurve(
    string Role, IReadOnlyList<string> Metrics, IReadOnlyList<int> Sizes, IReadOnlyList<IReadOnlyList<SizePoint>> Points)
{
    internal MetricTable Table() => new(
        $"sample_size_study.{Role}",
        ["size", .. Metrics.SelectMany(m => new[] { $"{m} mean", $"{m} sd" })],
        [.. Sizes.Zip(Points, (size, points) => (IReadOnlyList<double?>)[size, .. points.SelectMany(p => new[] { p.Mean, p.Deviation })])])
    {
        IsShown = true,
        Caption = $"Metrics over random subsets of the {Role}, the other set whole: mean and standard deviation of the draws.",
    };
}
