using QualityGate.Metrics;
using QualityGate.Onnx;

namespace QualityGate.Baselines;

/// <summary>What a change of a metric means.</summary>
public enum DifferenceKind
{
    /// <summary>The same number.</summary>
    Same,

    /// <summary>Better, by more than the noise of both numbers where that is known.</summary>
    Better,

    /// <summary>Worse, by more than the noise.</summary>
    Worse,

    /// <summary>Another number, but no further apart than chance explains.</summary>
    Noise,

    /// <summary>Only in one of the two.</summary>
    OneSided,

    /// <summary>Both have it, but under other conventions, parameters, references or extractors.</summary>
    Incomparable,
}

/// <summary>One metric in two baselines.</summary>
/// <param name="Metric">Its name.</param>
/// <param name="Before">In the first, or null.</param>
/// <param name="After">In the second, or null.</param>
/// <param name="Kind">What the difference means.</param>
public sealed record MetricDifference(string Metric, AcceptedMetric? Before, AcceptedMetric? After, DifferenceKind Kind);

/// <summary>Two baselines beside each other.</summary>
/// <param name="Metrics">Every metric of either, the first one's order first.</param>
/// <param name="Remarks">What else differs: reference, extractor, candidate. One sentence each.</param>
public sealed record BaselineDifference(IReadOnlyList<MetricDifference> Metrics, IReadOnlyList<string> Remarks)
{
    private static readonly double Quantile = NormalQuantile.TwoSided(0.95);

    /// <summary>Metrics whose numbers are not the same.</summary>
    public IEnumerable<MetricDifference> Changed => Metrics.Where(m => m.Kind != DifferenceKind.Same);

    /// <summary>Compares.</summary>
    /// <param name="before">The one that was first.</param>
    /// <param name="after">The one that came after it.</param>
    public static BaselineDifference Between(Baseline before, Baseline after)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        BaselineProvenance first = before.Provenance, second = after.Provenance;
        bool isSameGround = first.ReferenceIdentity == second.ReferenceIdentity
            && first.ExtractorFingerprint == second.ExtractorFingerprint;
        string[] names = [.. before.Metrics.Concat(after.Metrics).Select(m => m.Name).Distinct(StringComparer.Ordinal)];
        return new BaselineDifference(
            [.. names.Select(name => Compare(name, before.Find(name), after.Find(name), isSameGround))], [.. RemarksOf(first, second)]);
    }

    private static MetricDifference Compare(string name, AcceptedMetric? before, AcceptedMetric? after, bool isSameGround)
    {
        DifferenceKind kind = (before, after) switch
        {
            (null, _) or (_, null) => DifferenceKind.OneSided,
            _ when !isSameGround || before.Convention != after.Convention || !BaselineCompatibility.Texts(before.Parameters).SequenceEqual(BaselineCompatibility.Texts(after.Parameters)) => DifferenceKind.Incomparable,
            _ => KindOf(before, after),
        };
        return new MetricDifference(name, before, after, kind);
    }

    private static DifferenceKind KindOf(AcceptedMetric before, AcceptedMetric after)
    {
        double change = after.Value - before.Value;
        if (change == 0)
        {
            return DifferenceKind.Same;
        }

        double a = before.StandardError ?? 0, b = after.StandardError ?? 0;
        return Math.Abs(change) <= Quantile * Math.Sqrt((a * a) + (b * b)) ? DifferenceKind.Noise
            : change > 0 == (after.Direction == MetricDirection.Higher) ? DifferenceKind.Better
            : DifferenceKind.Worse;
    }

    private static IEnumerable<string> RemarksOf(BaselineProvenance before, BaselineProvenance after)
    {
        if (before.ReferenceIdentity != after.ReferenceIdentity)
        {
            yield return $"The reference is another one: {before.ReferenceSource} of {before.ReferenceCount} images, then {after.ReferenceSource} of {after.ReferenceCount}. The numbers cannot be compared.";
        }

        if (before.ExtractorFingerprint != after.ExtractorFingerprint)
        {
            yield return $"The extractor is another one: {before.ExtractorName ?? "unknown"}, then {after.ExtractorName ?? "unknown"}. The numbers cannot be compared.";
        }

        yield return before.CandidateFingerprint == after.CandidateFingerprint
            ? "Both were measured on the same candidate."
            : $"The candidate had {before.CandidateCount} images, then {after.CandidateCount}.";
    }
}
